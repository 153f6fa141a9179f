// The sink's writer: rows move the book at the cut, the commit holds the book, and what it has decided on is sent after it.
//
//     write* ─► cut: book, decisions ─► prepare: state ─► [commit] ─► apply: send ─► answers ─► the next cut
//
// State: the book as JSON, notifications that are on their way among it. A crash before the commit takes a decision back before anybody
// was told; one after it repeats at most what had not been acknowledged, under the same idempotency key.

import {
  createRowCells,
  DELETE,
  type JsonValue,
  type PreparedEpoch,
  type RecoveredSink,
  type Row,
  type RowKindCode,
  type SinkContext,
  type SinkWriter,
  UPDATE_BEFORE,
} from 'millrace'
import type { AlertFields, Notification } from './alert.ts'
import { AlertBook, type StoredBook } from './alert-book.ts'
import { Delivery, type Outcome } from './delivery.ts'
import type { AlertSinkOptions } from './read-options.ts'
import { consoleReceiver } from './receivers/console-receiver.ts'
import { emailReceiver } from './receivers/email-receiver.ts'
import type { Receiver } from './receivers/receiver.ts'
import { webhookReceiver } from './receivers/webhook-receiver.ts'
import { fieldText } from './silence.ts'

const DEFAULT_RESOLVE_AFTER_MS = 300_000
/** What a row that waits for the cut takes, about. */
const ROW_BYTES = 200

interface Change {
  readonly cells: readonly JsonValue[]
  readonly isRaised: boolean
}

interface CutEpoch {
  readonly epoch: number
  readonly decided: readonly Notification[]
  readonly state: Uint8Array | undefined
}

export class AlertWriter implements SinkWriter {
  appliedEpoch = 0
  readonly #context: SinkContext
  readonly #options: AlertSinkOptions
  readonly #cells: ReturnType<typeof createRowCells>
  readonly #key: readonly number[]
  readonly #deliveries: ReadonlyMap<string, Delivery>
  #book: AlertBook | undefined
  /** By key: the last change since the cut. What comes and goes within an epoch is told to nobody. */
  #changes = new Map<string, Change>()
  #answers: (readonly [Notification, Outcome])[] = []
  readonly #cuts: CutEpoch[] = []
  #isFinished = false

  constructor(context: SinkContext, options: AlertSinkOptions) {
    this.#context = context
    this.#options = options
    const { schema, primaryKey } = context.table
    this.#cells = createRowCells(schema)
    const key = context.upsertKey.length > 0 ? context.upsertKey : (options.key ?? primaryKey)
    this.#key = key.length > 0 ? key : schema.flatMap((_, i) => (this.#isState(i) ? [] : [i]))
    this.#deliveries = new Map(
      receiversOf(options, context).map(receiver => [receiver.name, this.#deliveryTo(receiver)]),
    )
  }

  readonly #isState = (column: number): boolean => this.#options.state?.column === column

  #deliveryTo(receiver: Receiver): Delivery {
    return new Delivery({
      receiver,
      retry: this.#options.retry,
      ports: this.#context.ports,
      settled: (notification, outcome) => this.#answers.push([notification, outcome]),
    })
  }

  async open({ state }: RecoveredSink): Promise<void> {
    const { table, sinkId, changelogMode } = this.#context
    const { rules, resolveAfterMs, state: column } = this.#options
    const canClear = changelogMode !== 'append' || column !== undefined
    const settings = {
      name: table.name,
      sinkId,
      receivers: [...this.#deliveries.keys()],
      rules: {
        ...rules,
        resolveAfterMs: resolveAfterMs ?? (canClear ? 0 : DEFAULT_RESOLVE_AFTER_MS),
      },
    }
    const stored = state && (JSON.parse(new TextDecoder().decode(state)) as StoredBook)
    this.#book = new AlertBook(settings, stored ?? { run: this.#drawRun() })
    for (const notification of this.#book.pending) this.#send(notification)
  }

  #drawRun(): string {
    const { random } = this.#context.ports
    const word = () => Math.floor(random.next() * 2 ** 32).toString(36)
    return `${word()}-${word()}`
  }

  write(kind: RowKindCode, row: Row): void {
    if (kind === UPDATE_BEFORE) return
    const cells = this.#cells(row)
    const key = JSON.stringify(this.#key.map(i => cells[i]))
    const state = this.#options.state
    const said = state && fieldText(cells[state.column] ?? null).toLowerCase()
    const isCleared = kind === DELETE || (said !== undefined && state?.clear.has(said))
    this.#changes.set(key, { cells, isRaised: !isCleared })
  }

  cut(epoch: number, final: boolean): void {
    const book = this.#book as AlertBook
    const nowMs = this.#context.ports.clock.now()
    const isMoved = this.#changes.size > 0 || this.#answers.length > 0 || book.dueMs <= nowMs
    for (const [notification, outcome] of this.#answers) book.settle(notification, outcome, nowMs)
    this.#answers = []
    for (const [key, { cells, isRaised }] of this.#changes) {
      if (isRaised) this.#raise(book, key, cells, nowMs)
      else book.clear(key, nowMs)
    }
    this.#changes = new Map()
    const decided = (isMoved || final) && !this.#isFinished ? book.tick(nowMs, final) : []
    const state = isMoved || final ? encoded(book.store()) : undefined
    this.#cuts.push({ epoch, decided, state })
  }

  #raise(book: AlertBook, key: string, cells: Change['cells'], nowMs: number): void {
    const { schema } = this.#context.table
    const { groupBy } = this.#options
    const pick = (columns: readonly number[]): AlertFields =>
      Object.fromEntries(columns.map(i => [schema[i]?.name ?? '', cells[i] ?? null]))
    const group = pick(groupBy === 'each' ? this.#key : groupBy)
    book.raise(key, pick(schema.map((_, i) => i)), group, nowMs)
  }

  async prepare(epoch: number): Promise<PreparedEpoch> {
    const state = this.#cuts.find(c => c.epoch === epoch)?.state
    return state ? { state } : {}
  }

  /** Receivers are told from here on; nothing waits for them. */
  async apply(epoch: number): Promise<void> {
    while ((this.#cuts[0]?.epoch ?? Number.POSITIVE_INFINITY) <= epoch)
      for (const notification of this.#cuts.shift()?.decided ?? []) this.#send(notification)
    this.appliedEpoch = epoch
  }

  #send(notification: Notification): void {
    this.#deliveries.get(notification.receiver)?.add(notification)
  }

  /** Waits for receivers, for a bounded time; what they have not taken then is in the state. The runtime commits once more. */
  async finish(): Promise<void> {
    this.#isFinished = true
    const over = new AbortController()
    const drained = Promise.all([...this.#deliveries.values()].map(d => d.drained()))
    const { clock } = this.#context.ports
    await Promise.race([drained, clock.sleep(this.#options.finishTimeoutMs, over.signal)])
    over.abort('over')
  }

  async close(): Promise<void> {
    for (const delivery of this.#deliveries.values()) await delivery.close()
  }

  get cutDueMs(): number | undefined {
    if (this.#answers.length > 0) return 0
    const dueMs = this.#book?.dueMs
    return dueMs === Number.POSITIVE_INFINITY ? undefined : dueMs
  }

  get troubles(): readonly string[] {
    const { name } = this.#context.table
    const { refused = 0, givenUp = 0, isFull = false } = this.#book ?? {}
    return [
      ...[...this.#deliveries.values()].flatMap(d => d.trouble ?? []),
      ...(refused > 0 ? [`rows not taken in, beyond 'max-alerts': ${refused}`] : []),
      ...(givenUp > 0 ? [`notifications given up: ${givenUp}`] : []),
      ...(isFull ? ["groups wait for room, beyond 'max-notifications'"] : []),
    ].map(trouble => `Alerts "${name}": ${trouble}.`)
  }

  get bufferedBytes(): number {
    return this.#changes.size * ROW_BYTES
  }
}

const encoded = (book: StoredBook): Uint8Array => new TextEncoder().encode(JSON.stringify(book))

function receiversOf(
  options: AlertSinkOptions,
  { ports, print }: SinkContext,
): readonly Receiver[] {
  const { console, webhook, email, retry } = options
  return [
    ...(console ? [consoleReceiver(print)] : []),
    ...(webhook ? [webhookReceiver(webhook, ports.clock)] : []),
    ...(email ? [emailReceiver(email, retry.timeoutMs)] : []),
  ]
}
