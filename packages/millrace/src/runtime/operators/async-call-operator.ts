// Calls async functions for rows: several at once, the rows in their order, watermarks between them.
//
//   rows, watermarks ─► queue ─► calls (bounded, retried, timed out) ─► front of the queue is answered ─► rows with values
//
// The queue is no state: an epoch is cut once it is empty (`settle`), so that what a crash loses is read again from the sources.

import { userCodeError } from '../../functions/user/call-user-code.ts'
import type { AsyncCall } from '../../functions/function-definition.ts'
import { MillraceError } from '../../types/errors.ts'
import { formatDuration } from '../../types/duration.ts'
import {
  MAX_WATERMARK,
  MIN_WATERMARK,
  type Row,
  type RowKindCode,
  type Value,
} from '../../types/value.ts'
import type { Clock } from '../../types/ports.ts'
import type { Operator, OperatorStats } from '../operator.ts'
import type { SourceClock, TimeSource, Timeline } from '../timeline.ts'
import type { EmitRow, RowOperator } from './row-operator.ts'

/** One call for each row; its value is appended. */
export interface RowCall {
  readonly name: string
  readonly call: AsyncCall
  readonly argsOf: (row: Row) => Row
}

export interface AsyncCallSettings {
  readonly id: string
  readonly calls: readonly RowCall[]
  readonly inputClock: TimeSource
  /** The clock of what is given out. */
  readonly outputClock: SourceClock
  readonly timeline: () => Timeline
  readonly sleep: Clock['sleep']
  /** The rows to give out for a row and its values; absent: the row with them behind it. */
  readonly rowsOf?: (row: Row, values: readonly Value[]) => readonly Row[]
  /** What is wrong when a call has failed or has not answered in time; absent: the program's own code. */
  readonly failureOf?: (name: string, args: Row, cause: unknown) => Error
  /** A row that has no answer; throws when the policy is to fail. */
  readonly rowFailed: (error: unknown, row: Row) => void
}

interface Waiting {
  readonly kind: RowKindCode
  readonly row: Row
  readonly values: Value[]
  open: number
  error: unknown
}

type Entry = Waiting | { readonly watermark: number }

/** Calls of one function: those beyond its bound wait their turn. */
interface Lane {
  readonly call: RowCall
  readonly position: number
  readonly waiting: Waiting[]
  inFlight: number
}

/** Rows in the queue before reading pauses, for each call that may be under way. */
const QUEUE_PER_CALL = 100

/** Whether an operator has rows that wait for answers. */
export function isAsync(operator: Operator): operator is AsyncCallOperator {
  return operator instanceof AsyncCallOperator
}

export class AsyncCallOperator implements RowOperator {
  readonly id: string
  readonly deadline = MAX_WATERMARK
  readonly #settings: AsyncCallSettings
  readonly #lanes: readonly Lane[]
  readonly #maxQueue: number
  readonly #closing = new AbortController()
  #queue: Entry[] = []
  /** Entries before it have gone on. */
  #head = 0
  #watermark = MIN_WATERMARK
  #emit: EmitRow = () => {}
  #failure: { readonly error: unknown } | undefined
  #progress: (() => void)[] = []
  #recordsIn = 0
  #recordsOut = 0

  constructor(settings: AsyncCallSettings) {
    this.id = settings.id
    this.#settings = settings
    this.#lanes = settings.calls.map((call, position) => ({
      call,
      position,
      waiting: [],
      inFlight: 0,
    }))
    const atOnce = settings.calls.map(c => c.call.maxInFlight)
    this.#maxQueue = QUEUE_PER_CALL * Math.max(...atOnce)
  }

  bind(emit: EmitRow): void {
    this.#emit = emit
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    const args = this.#lanes.map(({ call }) => call.argsOf(row))
    this.#recordsIn++
    this.flush()
    const entry: Waiting = {
      kind,
      row,
      values: new Array<Value>(this.#lanes.length).fill(null),
      open: this.#lanes.length,
      error: undefined,
    }
    this.#queue.push(entry)
    for (const [i, lane] of this.#lanes.entries()) {
      // Until its turn comes a call's arguments stand where its value will.
      entry.values[lane.position] = args[i] as unknown as Value
      lane.waiting.push(entry)
      this.#startNext(lane)
    }
  }

  /** Lets the watermark follow the rows before it. */
  flush(): void {
    const { watermark } = this.#settings.inputClock
    if (watermark <= this.#watermark) return
    this.#watermark = watermark
    this.#queue.push({ watermark })
    if (this.#size === 1) this.#release()
  }

  /** Whether reading should pause. */
  get isPressed(): boolean {
    return this.#size > this.#maxQueue
  }

  get #size(): number {
    return this.#queue.length - this.#head
  }

  /** Resolves once at most `rows` wait. @throws what made the job fail */
  async settle(rows = 0): Promise<void> {
    this.flush()
    while (!this.#failure && this.#size > rows)
      await new Promise<void>(resolve => this.#progress.push(resolve))
    if (this.#failure) throw this.#failure.error
  }

  relieve(): Promise<void> {
    return this.settle(this.#maxQueue / 2)
  }

  /** Gives up what is under way. */
  close(): void {
    this.#closing.abort()
  }

  #startNext(lane: Lane): void {
    if (lane.inFlight >= lane.call.call.maxInFlight) return
    const entry = lane.waiting.shift()
    if (!entry) return
    lane.inFlight++
    const args = entry.values[lane.position] as unknown as Row
    this.#answer(lane.call, args)
      .then(
        value => {
          entry.values[lane.position] = value
        },
        error => {
          entry.error ??= error
        },
      )
      .then(() => {
        lane.inFlight--
        entry.open--
        if (this.#closing.signal.aborted) return
        this.#startNext(lane)
        this.#release()
      })
  }

  async #answer({ name, call }: RowCall, args: Row): Promise<Value> {
    for (let attempt = 1; ; attempt++)
      try {
        return await this.#attempt(name, call, args)
      } catch (error) {
        if (attempt >= call.maxAttempts || this.#closing.signal.aborted)
          throw this.#settings.failureOf?.(name, args, error) ?? error
        await this.#settings.sleep(call.retryDelayMs, this.#closing.signal)
      }
  }

  async #attempt(name: string, call: AsyncCall, args: Row): Promise<Value> {
    const done = new AbortController()
    const late = this.#settings.sleep(call.timeoutMs, done.signal).then((): never => {
      const after = new Error(`no answer within ${formatDuration(call.timeoutMs)}`)
      throw this.#settings.failureOf ? after : userCodeError(name, args, after)
    })
    late.catch(() => {})
    try {
      const signal = AbortSignal.any([done.signal, this.#closing.signal])
      return await Promise.race([call.call(args, signal), late])
    } finally {
      done.abort()
    }
  }

  /** Gives out what is answered at the front of the queue; nothing more once that has failed. */
  #release(): void {
    try {
      while (!this.#failure && this.#head < this.#queue.length) {
        const entry = this.#queue[this.#head] as Entry
        if ('watermark' in entry) this.#advanceOutput(entry.watermark)
        else if (entry.open > 0) break
        else this.#give(entry)
        this.#head++
      }
    } catch (error) {
      this.#failure ??= { error }
    }
    if (this.#head * 2 >= this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head)
      this.#head = 0
    }
    for (const resolve of this.#progress.splice(0)) resolve()
  }

  #give({ kind, row, values, error }: Waiting): void {
    if (error !== undefined) {
      // Only what concerns one record is survived.
      if (!(error instanceof MillraceError) || error.domain === 'external') throw error
      this.#settings.rowFailed(error, row)
      return
    }
    for (const one of this.#settings.rowsOf?.(row, values) ?? [[...row, ...values]]) {
      this.#recordsOut++
      this.#emit(kind, one)
    }
  }

  #advanceOutput(watermark: number): void {
    const { outputClock, timeline } = this.#settings
    if (watermark <= outputClock.watermark) return
    if (watermark >= outputClock.deadline) timeline().advance(outputClock, watermark)
    else outputClock.watermark = watermark
  }

  advance(): void {}

  collect(): void {}

  restore(): void {}

  /** What is given out goes on from the watermark of the recovered input. */
  restored(): void {
    const { inputClock, outputClock } = this.#settings
    this.#watermark = inputClock.watermark
    if (this.#watermark > outputClock.watermark) outputClock.watermark = this.#watermark
  }

  stats(): OperatorStats {
    return {
      id: this.id,
      recordsIn: this.#recordsIn,
      recordsOut: this.#recordsOut,
      late: 0,
      expired: 0,
      stateEntries: 0,
      stateBytes: 0,
    }
  }
}
