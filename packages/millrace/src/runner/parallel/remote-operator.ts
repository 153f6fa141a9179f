// The main thread's side of an operator that runs on workers: sends rows to the owner of their key, takes results back.

import type { BuiltRemote } from '../../compiler/task-services.ts'
import type { DeltaWriter } from '../../state/delta-format.ts'
import { DeltaWriter as Delta } from '../../state/delta-format.ts'
import { createKeyCodec, type KeyCodec } from '../../state/key-codec.ts'
import { keyGroupOf } from '../../state/key-group.ts'
import type { StateEntry } from '../../state/state-backend.ts'
import { createRowCodec, type ValueCodec } from '../../state/value-codec.ts'
import { BinaryWriter } from '../../state/binary-writer.ts'
import type { OperatorStats } from '../../runtime/operator.ts'
import type { EmitRow } from '../../runtime/operators/row-operator.ts'
import type { SourceClock, TimeSource, Timeline } from '../../runtime/timeline.ts'
import { MAX_WATERMARK, MIN_WATERMARK, type Row, type RowKindCode } from '../../types/value.ts'
import { ownerOf, type ParallelNode } from './parallel-nodes.ts'
import { readRowStream, RowStreamWriter } from './row-stream.ts'
import type { WorkerStats } from './worker-protocol.ts'

/** Rows per worker are handed over when they fill this much. */
const FLUSH_BYTES = 64 * 1024

export interface RemoteSettings {
  readonly node: ParallelNode
  readonly workers: number
  /** The grouping keys of an input row. */
  readonly keysOf: (row: Row) => Row
  readonly inputClock: TimeSource
  /** The clock of what comes back. */
  readonly outputClock: SourceClock
  readonly timeline: () => Timeline
  readonly send: (worker: number, batch: Uint8Array) => void
}

export class RemoteOperator implements BuiltRemote {
  readonly id: string
  readonly deadline = MAX_WATERMARK
  readonly node: ParallelNode
  readonly #settings: RemoteSettings
  readonly #writers: readonly RowStreamWriter[]
  readonly #outputCodec: ValueCodec
  readonly #keyCodec: KeyCodec
  readonly #key = new BinaryWriter(64)
  readonly #watermarks: number[]
  readonly #restored: Delta[]
  #deltas: Uint8Array[] = []
  #stats: (WorkerStats | undefined)[] = []
  #emit: EmitRow = () => {}

  constructor(settings: RemoteSettings) {
    const { node, workers } = settings
    this.id = node.id
    this.node = node
    this.#settings = settings
    const inputCodec = createRowCodec((node.inputs[0]?.schema ?? []).map(c => c.type))
    this.#writers = Array.from({ length: workers }, () => new RowStreamWriter(inputCodec))
    this.#restored = Array.from({ length: workers }, () => new Delta())
    this.#watermarks = Array.from({ length: workers }, () => MIN_WATERMARK)
    this.#outputCodec = createRowCodec(node.schema.map(c => c.type))
    this.#keyCodec = createKeyCodec(node.groupKeys.map(k => k.expression.type))
  }

  bind(emit: EmitRow): void {
    this.#emit = emit
  }

  /** Called by generated code. The row is judged by the watermark before it. */
  process(_input: number, kind: RowKindCode, row: Row): void {
    const { keysOf, workers, inputClock, send } = this.#settings
    this.#key.reset()
    this.#keyCodec.write(this.#key, keysOf(row))
    const worker = ownerOf(keyGroupOf(this.#key.bytes, 0, this.#key.length), workers)
    const writer = this.#writers[worker] as RowStreamWriter
    writer.watermark(inputClock.watermark)
    writer.change(kind, row)
    if (writer.byteLength >= FLUSH_BYTES) send(worker, writer.take())
  }

  /** Hands everything over, with the watermark as it stands now. */
  flush(): void {
    const { inputClock, send } = this.#settings
    this.#writers.forEach((writer, worker) => {
      writer.watermark(inputClock.watermark)
      if (writer.byteLength > 0) send(worker, writer.take())
    })
  }

  /** Takes rows and watermarks that a worker has sent. */
  receive(worker: number, batch: Uint8Array): void {
    readRowStream(
      batch,
      this.#outputCodec,
      watermark => {
        this.#watermarks[worker] = watermark
        this.#advanceOutput()
      },
      (kind, row) => this.#emit(kind, row),
    )
  }

  #advanceOutput(): void {
    const { outputClock, timeline } = this.#settings
    const watermark = Math.min(...this.#watermarks)
    if (watermark <= outputClock.watermark) return
    if (watermark >= outputClock.deadline) timeline().advance(outputClock, watermark)
    else outputClock.watermark = watermark
  }

  takeDelta(delta: Uint8Array): void {
    if (delta.length > 0) this.#deltas.push(delta)
  }

  takeStats(worker: number, stats: WorkerStats): void {
    this.#stats[worker] = stats
  }

  advance(): void {}

  /** What the workers have given at the last barrier. */
  collect(writer: DeltaWriter): void {
    for (const delta of this.#deltas.splice(0)) writer.append(delta)
  }

  restore(entry: StateEntry): void {
    const worker = ownerOf(entry.keyGroup, this.#settings.workers)
    this.#restored[worker]?.putBytes(entry, entry.value)
  }

  restored(): void {}

  /** The state to put back, per worker; the watermark that it was committed at is the input clock's. */
  takeRestored(): readonly Uint8Array[] {
    return this.#restored.map(d => d.take())
  }

  /** The watermark of the recovered input: workers and the output go on from it. */
  get restoredWatermark(): number {
    return this.#settings.inputClock.watermark
  }

  startFrom(watermark: number): void {
    this.#watermarks.fill(watermark)
    if (watermark > this.#settings.outputClock.watermark)
      this.#settings.outputClock.watermark = watermark
  }

  stats(): OperatorStats {
    const sum = (read: (s: WorkerStats) => number) =>
      this.#stats.reduce((total, s) => total + (s ? read(s) : 0), 0)
    return {
      id: this.id,
      recordsIn: sum(s => s.recordsIn),
      recordsOut: sum(s => s.recordsOut),
      late: sum(s => s.late),
      expired: sum(s => s.expired),
      stateEntries: sum(s => s.stateEntries),
      stateBytes: sum(s => s.stateBytes),
    }
  }
}
