// The sink's writer: changes are encoded into the commit's outbox, and applied after it, several epochs in one transaction.
//
//     write* ─► cut ─► prepare ─► [commit] ─► apply ──► queue ──every commit-interval──► one transaction: rows + epoch marker
//                                              └─ resolves here                          └─ appliedEpoch moves
//
// Outbox: (u8 row kind, row)*. State: JSON {run, applied}; `run` is drawn once per state, so that the marker of an older
// state, whose epochs were counted from 1 too, is never taken for ours.

import { resolve } from 'node:path'
import {
  BinaryReader,
  BinaryWriter,
  createRowCodec,
  createRowKey,
  DELETE,
  INSERT,
  InternalError,
  type MapKey,
  MillraceError,
  type PreparedEpoch,
  type RecoveredSink,
  type Row,
  type RowKindCode,
  type SinkContents,
  type SinkContext,
  type SinkWriter,
  UPDATE_BEFORE,
  type Value,
  type ValueCodec,
} from 'millrace'
import { readContents } from './read-contents.ts'
import type { DuckDbSinkOptions } from './duckdb-options.ts'
import { openWarehouse, type Warehouse } from './warehouse.ts'
import { WarehouseBehindError, WarehouseWriteError } from './warehouse-errors.ts'
import { type TableChanges, WarehouseTable } from './warehouse-table.ts'

interface Outbox {
  readonly epoch: number
  readonly bytes: Uint8Array
}

// A transaction this large gains nothing by waiting, and its rows take several times as much memory.
const MAX_QUEUED_BYTES = 4 * 2 ** 20

const NO_BYTES = new Uint8Array()

export class DuckDbSink implements SinkWriter {
  appliedEpoch = 0
  readonly #context: SinkContext
  readonly #options: DuckDbSinkOptions
  readonly #codec: ValueCodec
  readonly #key: readonly number[]
  readonly #keyOf: (row: Row) => MapKey
  #warehouse: Warehouse | undefined
  #table: WarehouseTable | undefined
  #run = ''
  readonly #written = new BinaryWriter(64 * 1024)
  /** Cut, not yet committed. */
  #prepared: Outbox[] = []
  /** Committed, not yet in the file. */
  #queue: Outbox[] = []
  #heldBytes = 0
  #queuedBytes = 0
  /** The newest epoch that the file is marked with; an epoch without rows leaves no mark. */
  #marked = 0
  /** The newest epoch that `apply` was called for. */
  #committed = 0
  #flushing: Promise<void> | undefined
  #failure: unknown
  readonly #stop = new AbortController()
  #wakeEarly = new AbortController()

  constructor(context: SinkContext, options: DuckDbSinkOptions) {
    this.#context = context
    this.#options = options
    const { schema, primaryKey } = context.table
    this.#codec = createRowCodec(schema.map(c => c.type))
    this.#key = context.upsertKey.length > 0 ? context.upsertKey : primaryKey
    const rowKey = createRowKey(this.#key.map(i => (schema[i] as (typeof schema)[number]).type))
    this.#keyOf = row => rowKey(this.#key.map(i => row[i] as Value))
  }

  async open(recovered: RecoveredSink): Promise<void> {
    const { table, baseFolder, sinkId } = this.#context
    const { path, limits } = this.#options
    this.#warehouse = await openWarehouse(resolve(baseFolder, path), limits)
    const name = this.#options.table
    this.#table = new WarehouseTable(this.#warehouse, name, table.schema, this.#key)
    await this.#table.open()
    await this.#recover(recovered, sinkId)
  }

  async #recover({ state, outboxes }: RecoveredSink, sinkId: string): Promise<void> {
    if (!state) {
      this.#run = this.#drawRun()
      return
    }
    const { run, applied } = JSON.parse(new TextDecoder().decode(state)) as SinkState
    this.#run = run
    const table = this.#table as WarehouseTable
    const found = await table.appliedEpoch(sinkId, run)
    if (applied > (found ?? 0)) {
      const { path } = this.#warehouse as Warehouse
      throw new WarehouseBehindError({ path, table: table.name, applied, found })
    }
    this.#marked = found ?? 0
    this.appliedEpoch = this.#marked
    this.#committed = this.#marked
    for (const { epoch, bytes } of outboxes) {
      this.#committed = Math.max(this.#committed, epoch)
      if (epoch > this.appliedEpoch) this.#enqueue({ epoch, bytes })
    }
    while (this.#queue.length > 0) await this.#flush()
  }

  #drawRun(): string {
    const { random } = this.#context.ports
    const word = () => Math.floor(random.next() * 2 ** 32).toString(36)
    return `${word()}-${word()}`
  }

  write(kind: RowKindCode, row: Row): void {
    if (this.#key.length === 0) {
      if (kind !== INSERT) throw new InternalError(`change of kind ${kind} in an append-only sink`)
    } else if (kind === UPDATE_BEFORE) return
    this.#written.u8(kind)
    this.#codec.write(this.#written, row)
  }

  cut(epoch: number): void {
    const bytes = this.#written.length === 0 ? NO_BYTES : this.#written.take()
    this.#heldBytes += bytes.length
    this.#prepared.push({ epoch, bytes })
  }

  async prepare(epoch: number): Promise<PreparedEpoch> {
    this.#throwFailure()
    const outbox = this.#prepared.find(one => one.epoch === epoch)
    if (!outbox || outbox.bytes.length === 0) return {}
    const state: SinkState = { run: this.#run, applied: this.#marked }
    return { state: new TextEncoder().encode(JSON.stringify(state)), outbox: outbox.bytes }
  }

  async apply(epoch: number): Promise<void> {
    this.#throwFailure()
    this.#committed = epoch
    while (this.#prepared.length > 0 && (this.#prepared[0] as Outbox).epoch <= epoch) {
      const outbox = this.#prepared.shift() as Outbox
      this.#heldBytes -= outbox.bytes.length
      if (outbox.bytes.length > 0) this.#enqueue(outbox)
    }
    if (this.#queue.length === 0 && !this.#flushing) this.appliedEpoch = epoch
    else this.#flushing ??= this.#flushLater()
    if (this.#queuedBytes >= MAX_QUEUED_BYTES) this.#wakeEarly.abort()
  }

  #enqueue(outbox: Outbox): void {
    this.#queue.push(outbox)
    this.#queuedBytes += outbox.bytes.length
  }

  async #flushLater(): Promise<void> {
    const { clock } = this.#context.ports
    try {
      while (this.#queue.length > 0 && !this.#stop.signal.aborted) {
        this.#wakeEarly = new AbortController()
        const early = AbortSignal.any([this.#stop.signal, this.#wakeEarly.signal])
        if (this.#queuedBytes < MAX_QUEUED_BYTES)
          await clock.sleep(this.#options.commitIntervalMs, early)
        if (!this.#stop.signal.aborted) await this.#flush()
      }
    } catch (error) {
      this.#failure = error
    } finally {
      this.#flushing = undefined
    }
  }

  /** The oldest queued epochs, of which at least one, up to {@link MAX_QUEUED_BYTES} together. */
  #takeBatch(): Outbox[] {
    let count = 0
    let bytes = 0
    do bytes += this.#queue[count++]?.bytes.length ?? 0
    while (count < this.#queue.length && bytes < MAX_QUEUED_BYTES)
    return this.#queue.splice(0, count)
  }

  /** Writes what is queued, up to a bound, in one transaction. */
  async #flush(): Promise<void> {
    const batch = this.#takeBatch()
    const last = batch.at(-1)
    if (!last) return
    const { sinkId, ports } = this.#context
    const table = this.#table as WarehouseTable
    const bytes = batch.reduce((sum, one) => sum + one.bytes.length, 0)
    ports.failpoint?.('duckdb.apply.before-write')
    try {
      const marker = { sinkId, run: this.#run, epoch: last.epoch }
      await table.apply(this.#decode(batch), marker, () =>
        ports.failpoint?.('duckdb.apply.before-commit'),
      )
    } catch (cause) {
      this.#queue = [...batch, ...this.#queue]
      if (cause instanceof MillraceError) throw cause
      const { path } = this.#warehouse as Warehouse
      throw new WarehouseWriteError({ path, table: table.name, cause })
    }
    ports.failpoint?.('duckdb.apply.after-commit')
    this.#queuedBytes -= bytes
    this.#marked = last.epoch
    this.appliedEpoch =
      this.#queue.length === 0 ? Math.max(last.epoch, this.#committed) : last.epoch
  }

  /** The rows of several outboxes; with a key, the last change of each key. */
  #decode(batch: readonly Outbox[]): TableChanges {
    const rows: Row[] = []
    const last = new Map<MapKey, { kind: RowKindCode; row: Row }>()
    for (const { bytes } of batch) {
      const input = new BinaryReader(bytes)
      while (input.remaining > 0) {
        const kind = input.u8() as RowKindCode
        const row = this.#codec.read(input) as Row
        if (this.#key.length === 0) rows.push(row)
        else last.set(this.#keyOf(row), { kind, row })
      }
    }
    const deletions: Row[] = []
    for (const { kind, row } of last.values()) (kind === DELETE ? deletions : rows).push(row)
    return { rows, deletions }
  }

  async finish(): Promise<void> {
    this.#stop.abort()
    await this.#flushing
    this.#throwFailure()
    while (this.#queue.length > 0) await this.#flush()
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await this.#flushing
    await this.#warehouse?.close()
  }

  read({ limit }: { readonly limit: number }): Promise<SinkContents> {
    const { table } = this.#context
    return readContents(this.#warehouse as Warehouse, this.#options.table, table.schema, limit)
  }

  get bufferedBytes(): number {
    return this.#written.length + this.#heldBytes + this.#queuedBytes
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure
  }
}

interface SinkState {
  readonly run: string
  /** The newest epoch that the file was marked with when this was committed. */
  readonly applied: number
}
