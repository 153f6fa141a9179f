// What generated code and the operators under it reach of the running task.

import type { KeyLookup } from '../connector/lookup.ts'
import type { EvaluationContext } from '../functions/function-definition.ts'
import type { RowOperator } from '../runtime/operators/row-operator.ts'
import type { TtlTime } from '../runtime/operators/state-ttl.ts'
import type { SplitState } from '../runtime/split-state.ts'
import type { SourceClock, TimeSource, Timeline } from '../runtime/timeline.ts'
import type { Clock } from '../types/ports.ts'
import type { DataType } from '../types/data-type.ts'
import type { Row, RowKindCode } from '../types/value.ts'
import type { ExecNode } from './exec-node.ts'
import type { SinkExec } from './nodes/changelog-exec.ts'
import type { WatermarkExec } from './nodes/row-exec.ts'

/** A running sink as the pipeline sees it. */
export interface RowSink {
  write(kind: RowKindCode, row: Row): void
}

/** An operator that runs elsewhere: rows are handed to it, and come back through what `bind` is given. */
export type BuiltRemote = RowOperator

export interface TaskServices {
  /** The stand-in of a node that runs on worker threads. */
  remoteOf(node: ExecNode): BuiltRemote | undefined
  /** Time, randomness and the watermark that rows entering `node` are judged by. */
  contextOf(node: ExecNode): EvaluationContext
  readonly timeline: () => Timeline
  /** The clock by which rows that enter `node` are judged. */
  clockOf(node: ExecNode): TimeSource
  /** By what the state kept for an input of the node expires; undefined: it does not. */
  ttlOf(node: ExecNode, input?: number): TtlTime | undefined
  /** The clock that a watermark node drives, or that of a source without one. */
  sourceClockOf(node: ExecNode): SourceClock
  /** Position of a watermark node among those of its source: index in `SplitState.clocks`. */
  watermarkIndexOf(node: WatermarkExec): number
  /** A split's watermark has moved and something may be due, or other splits of its source count too. */
  readonly splitAdvanced: (clock: SourceClock, split: SplitState, watermark: number) => void
  sinkOf(node: SinkExec): RowSink
  /** A record that could not be decoded: bytes `[start, end)`. Throws when the policy is to fail. */
  readonly malformed: (
    split: SplitState,
    bytes: Uint8Array,
    start: number,
    end: number,
    reason: string,
    /** Of the record in its batch, where that is not the offset of its bytes. */
    index?: number,
  ) => void
  /** An error while a source record was processed; same policy. */
  readonly recordFailed: (
    split: SplitState,
    bytes: Uint8Array | undefined,
    start: number,
    end: number,
    error: unknown,
    row: Row | undefined,
    index?: number,
  ) => void
  /** An error in the pipeline below an operator, of the row that it gave out; same policy. */
  readonly rowFailed: (nodeId: string, error: unknown, row: Row) => void
  readonly sleep: Clock['sleep']
  /** An operator needs no more rows: reading pauses, for sources that feed nothing else to be left. */
  readonly satisfied: () => void
  readonly mode: 'streaming' | 'batch'
  /** The session time zone when values of the type are to be seen in it: TIMESTAMP_LTZ outside UTC. */
  timeZoneOf(type: DataType | undefined): string | undefined
  /** Says how far the watermark of a node's output stays behind its input's. */
  delayOutput(node: ExecNode, delayMs: number): void
  /** Row arrays of tables that look-up joins hold in memory. */
  lookupRows(node: ExecNode): readonly Row[]
  /** The table that a look-up join asks, once the job has opened it. */
  keyLookup(node: ExecNode): KeyLookup
}
