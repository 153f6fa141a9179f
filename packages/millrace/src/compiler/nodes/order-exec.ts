// Physical nodes in which the order of rows counts.

import type { AggregateCall, Expression, PositionCall, SortKey } from '../../plan/expression.ts'
import type { MatchDefinition, MatchExpressions } from '../../plan/match.ts'
import type { Origin } from '../../plan/origin.ts'
import type { OverFrame } from '../../plan/node.ts'
import type { Exec } from './exec.ts'

/** Top-N per partition, with retraction. */
export interface RankExec extends Exec {
  readonly kind: 'rank'
  readonly function: 'row_number' | 'rank' | 'dense_rank'
  readonly partition: readonly Expression[]
  readonly order: readonly SortKey[]
  readonly from: number
  readonly to: number
  readonly withRank: boolean
}

/** ROW_NUMBER() = 1 by time: keeps the first or last row of each key. */
export interface DeduplicateExec extends Exec {
  readonly kind: 'deduplicate'
  readonly partition: readonly Expression[]
  readonly keep: 'first' | 'last'
  /** The time attribute that orders; -1: arrival. */
  readonly timeColumn: number
  readonly withRank: boolean
}

/** Top-N within each window over windowed append-only input; emits when the window closes. */
export interface WindowRankExec extends Exec {
  readonly kind: 'window-rank'
  readonly windowEnd: number
  readonly partition: readonly Expression[]
  readonly order: readonly SortKey[]
  readonly function: 'row_number' | 'rank' | 'dense_rank'
  readonly from: number
  readonly to: number
  readonly withRank: boolean
}

export interface OverExec extends Exec {
  readonly kind: 'over'
  readonly origin?: Origin
  /**
   * By what a stream is ordered: its event time, its processing time, or other values, whose later rows change earlier results. In
   * batch mode all rows are there.
   */
  readonly by: 'event-time' | 'processing-time' | 'values' | 'whole-result'
  readonly partition: readonly Expression[]
  readonly order: readonly SortKey[]
  readonly timeColumn: number
  readonly frame: OverFrame
  readonly calls: readonly AggregateCall[]
  readonly positions: readonly PositionCall[]
}

/** MATCH_RECOGNIZE: rows in the order of time, one row out per match. */
export interface MatchExec extends Exec {
  readonly kind: 'match'
  readonly partition: readonly Expression[]
  readonly order: readonly SortKey[]
  /** By what the first key orders: in batch mode always `event`, for all rows wait for the end. */
  readonly time: 'event' | 'processing'
  readonly definition: MatchDefinition
  readonly measures: MatchExpressions
}

/** LIMIT without an order over rows that are never taken back: the first that come, at once. */
export interface LimitExec extends Exec {
  readonly kind: 'limit'
  readonly offset: number
  readonly limit: number
}

/** ORDER BY / LIMIT of a bounded result, emitted at the end; or of the event-time column in streaming, emitted with the watermark. */
export interface SortExec extends Exec {
  readonly kind: 'sort'
  readonly order: readonly SortKey[]
  readonly offset: number
  readonly limit: number | undefined
  /** The event-time column by which a streaming sort goes; -1: at the end of the input. */
  readonly timeColumn: number
}
