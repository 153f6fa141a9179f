// What a running stateful operator is to the task that drives it.

import type { DeltaWriter } from '../state/delta-format.ts'
import type { StateEntry } from '../state/state-backend.ts'

export interface OperatorStats {
  readonly id: string
  /** Rows taken in, given out, and dropped as late since the start of the process. */
  readonly recordsIn: number
  readonly recordsOut: number
  readonly late: number
  /** Entries of state dropped because their time to live was over. */
  readonly expired: number
  readonly stateEntries: number
  /** An estimate from sampled encoded sizes. */
  readonly stateBytes: number
}

/**
 * A stateful operator. Rows reach it through methods that generated code calls; this is the rest.
 *
 * Law: `advance` is called between two records, upstream operators first; it fires timers in the order of their times.
 */
export interface Operator {
  readonly id: string
  /** The earliest event time at which it has something to do; `+Infinity`: nothing. Due once `watermark >= deadline`. */
  readonly deadline: number
  /** Fires everything that is due at `watermark` (epoch ms; `+Infinity` at the end of the input). */
  advance(watermark: number): void
  /** Writes what has changed since the last call. */
  collect(writer: DeltaWriter): void
  /** Puts back one entry of the recovered state. */
  restore(entry: StateEntry): void
  /** Called once all entries are back. */
  restored(): void
  /** The earliest processing time (epoch ms) at which it has something to do; absent or `+Infinity`: nothing. */
  readonly processingDeadline?: number
  advanceProcessingTime?(nowMs: number): void
  stats(): OperatorStats
}
