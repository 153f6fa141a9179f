// What the compiler makes of a plan, as the task loop drives it.

import type { SourceBatch } from '../connector/source.ts'
import type { Operator } from './operator.ts'
import type { Row } from '../types/value.ts'
import type { SplitState } from './split-state.ts'
import type { SourceClock, Timeline } from './timeline.ts'

/**
 * Processes a batch from offset `from` (bytes, or rows): until its end, `max` records, or the split's watermark passing `limit`.
 * Returns the offset where it stopped.
 */
export type BatchFunction = (
  batch: SourceBatch,
  from: number,
  limit: number,
  max: number,
  split: SplitState,
) => number

/** A source of the task. */
export interface CompiledSource {
  /** Stable over restarts. */
  readonly id: string
  readonly process: BatchFunction
  /** Whether rows of a split with these shared values are of use; absent: of all. */
  readonly selects?: (shared: Row) => boolean
  /** Whether anything can still come of its rows; absent: always. */
  readonly isNeeded?: () => boolean
  /** The source's own clock, which only its end moves. */
  readonly clock: SourceClock
  /** The clocks of the watermarks defined over it; indexes are those of `SplitState.clocks`. */
  readonly watermarks: readonly SourceClock[]
}

export interface CompiledTask {
  readonly sources: readonly CompiledSource[]
  /** Upstream first. */
  readonly operators: readonly Operator[]
  readonly timeline: Timeline
  /** The generated source text. */
  readonly code: () => string
}
