// The physical plan: how each part is executed. Immutable; `kind` discriminates; a node may feed several others.

import type { MatchDefinition, MatchExpressions } from '../plan/match.ts'
import type {
  AggregateCall,
  CallExpression,
  Expression,
  NamedExpression,
  PositionCall,
  SortKey,
} from '../plan/expression.ts'
import type { ConflictAction, JoinKind, OverFrame, PlanNode, WindowSpec } from '../plan/node.ts'
import type { ProcessFunction } from '../plan/process-function.ts'
import type { TimeLine } from '../runtime/operators/state-ttl.ts'
import type { ChangelogMode } from '../types/changelog-mode.ts'
import type { Schema } from '../types/schema.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import type { Row } from '../types/value.ts'

/** How long idle state of a node lives, and by what that is measured. */
export interface StateTtl {
  /** Per input; 0: for ever. */
  readonly ms: readonly number[]
  readonly line: TimeLine
}

interface Exec {
  /** Stable over restarts: from kind, keys, functions and what is upstream. Stateful nodes are found again by it. */
  readonly id: string
  readonly inputs: readonly ExecNode[]
  readonly schema: Schema
  /** What leaves the node. */
  readonly output: ChangelogMode
  /** Unique keys of the output rows (column positions), as far as known; an upsert edge applies to the first. */
  readonly keys: readonly (readonly number[])[]
  /** Of nodes whose state expires. */
  readonly ttl?: StateTtl
  /** What a hint says of it, per input; undefined: nothing. */
  readonly ttlHintMs?: readonly (number | undefined)[]
}

/** Reads a table's splits and decodes the columns that are read; `reads` are field paths, `[]` the whole column. */
export interface SourceExec extends Exec {
  readonly kind: 'source'
  readonly table: TableDescriptor
  /** Per physical column: `undefined` when nothing of it is read. */
  readonly reads: readonly (readonly (readonly string[])[] | undefined)[]
}

export interface ValuesExec extends Exec {
  readonly kind: 'values'
  readonly rows: readonly Row[]
}

/** Completes the changelog of a source: rows that replace each other by key become retractions and rows. */
export interface NormalizeExec extends Exec {
  readonly kind: 'normalize'
  readonly key: readonly number[]
}

/** Makes upserts by a sink's key of a changelog by another: the row that came last counts. */
export interface MaterializeExec extends Exec {
  readonly kind: 'materialize'
  readonly sinkKey: readonly number[]
  /** What tells the stream's rows apart; undefined: only all their columns. */
  readonly upsertKey: readonly number[] | undefined
  readonly onConflict: ConflictAction
  /** The sink's name, for messages. */
  readonly table: string
}

/** Filters, then projects: stateless, melted into the pipeline. */
export interface CalcExec extends Exec {
  readonly kind: 'calc'
  readonly condition?: Expression
  readonly columns: readonly NamedExpression[]
}

/** Re-evaluates its source split's watermark after every record. */
export interface WatermarkExec extends Exec {
  readonly kind: 'watermark'
  readonly column: number
  readonly watermark: Expression
}

/** Appends the values of async calls: rows wait for them, in their order. Drives a clock of its own. */
export interface AsyncCallExec extends Exec {
  readonly kind: 'async-call'
  readonly calls: readonly CallExpression[]
}

export interface UnionExec extends Exec {
  readonly kind: 'union'
}

/** INTERSECT ALL and EXCEPT ALL of two inputs of the same column types. */
export interface SetOperationExec extends Exec {
  readonly kind: 'set-operation'
  readonly operation: 'intersect' | 'except'
}

/** Each row once per window it is in, with window_start, window_end, window_time. Late rows are dropped and counted. */
export interface WindowAssignExec extends Exec {
  readonly kind: 'window-assign'
  /** How long after a window's end its rows are still taken, ms. */
  readonly latenessMs: number
  readonly timeColumn: number
  readonly window: Exclude<WindowSpec, { kind: 'session' }>
}

/** Each row with the session it is in, once that is closed. Late rows are dropped and counted. */
export interface SessionWindowExec extends Exec {
  readonly kind: 'session-window'
  readonly timeColumn: number
  readonly gapMs: number
  /** Columns of the input: sessions are those of each of their values. */
  readonly partition: readonly number[]
  /** Rows with their sessions, or those that were too late for one, as they are. */
  readonly gives: 'windows' | 'late'
}

/** The rows that come too late for any window that they are in. */
export interface LateRowsExec extends Exec {
  readonly kind: 'late-rows'
  readonly latenessMs: number
  readonly timeColumn: number
  readonly window: Exclude<WindowSpec, { kind: 'session' }>
}

/** Unwindowed GROUP BY. Output: keys, aggregates. */
export interface GroupAggregateExec extends Exec {
  readonly kind: 'group-aggregate'
  readonly groupKeys: readonly NamedExpression[]
  readonly aggregates: readonly AggregateCall[]
  readonly groupingSets: readonly (readonly number[])[] | undefined
  /** The node below takes back whole rows, so -U must be sent. */
  readonly emitsUpdateBefore: boolean
}

/** What a windowed aggregation gives out: its keys, the aggregates, or a property of the window, by position. */
export type WindowOutput =
  | { readonly kind: 'key' | 'aggregate'; readonly index: number }
  | { readonly kind: 'window_start' | 'window_end' | 'window_time' | 'grouping' }

/** The windows that rows already are in, by columns: a further aggregation over window_start, window_end. */
export interface AttachedWindow {
  readonly kind: 'attached'
  readonly startColumn: number
  readonly endColumn: number
}

/** GROUP BY with window_start, window_end of a window TVF; emits once per window and key, when the window closes. */
export interface WindowAggregateExec extends Exec {
  readonly kind: 'window-aggregate'
  /** How long after its end a window takes rows, ms; each then gives its result anew. */
  readonly latenessMs: number
  /** The input's time attribute; unused when the window is attached. */
  readonly timeColumn: number
  readonly window: Exclude<WindowSpec, { kind: 'session' }> | AttachedWindow
  readonly groupKeys: readonly NamedExpression[]
  readonly aggregates: readonly AggregateCall[]
  readonly groupingSets: readonly (readonly number[])[] | undefined
  /** The value of `$grouping` for each set: its bits count the window's columns among the keys, which `groupKeys` do not hold. */
  readonly groupingIds: readonly number[] | undefined
  readonly outputs: readonly WindowOutput[]
}

/** Columns that both sides of a join must have equal; NULL-safe where `nullSafe`. */
export interface EquiKey {
  readonly left: Expression
  /** Over the right side's own columns. */
  readonly right: Expression
  readonly nullSafe: boolean
}

/** Regular join: both sides in state. */
export interface JoinExec extends Exec {
  readonly kind: 'join'
  readonly join: JoinKind
  readonly equi: readonly EquiKey[]
  /** What else must hold, over the columns of left then right. */
  readonly residual: Expression | undefined
}

/** Rows of both sides whose times are within `[lower, upper]` ms of each other: left time + lower <= right time <= left time + upper. */
export interface IntervalJoinExec extends Exec {
  readonly kind: 'interval-join'
  readonly join: 'inner' | 'left' | 'right' | 'full'
  readonly equi: readonly EquiKey[]
  readonly residual: Expression | undefined
  readonly leftTime: number
  readonly rightTime: number
  readonly lowerMs: number
  readonly upperMs: number
}

/** A join of two windowed inputs on equal windows (among `equi`); state is dropped when the window closes. */
export interface WindowJoinExec extends Exec {
  readonly kind: 'window-join'
  readonly join: JoinKind
  readonly equi: readonly EquiKey[]
  readonly residual: Expression | undefined
  readonly leftWindowEnd: number
  readonly rightWindowEnd: number
}

export interface TemporalJoinExec extends Exec {
  readonly kind: 'temporal-join'
  readonly join: 'inner' | 'left'
  readonly equi: readonly EquiKey[]
  readonly residual: Expression | undefined
  readonly leftTime: number
  readonly rightTime: number
}

/** Joins each row with a table held in memory: the final rows of `right`, computed before the job starts. */
export interface LookupJoinExec extends Exec {
  readonly kind: 'lookup-join'
  readonly join: 'inner' | 'left'
  readonly right: PlanNode
  readonly equi: readonly EquiKey[]
  readonly residual: Expression | undefined
}

export interface UnnestExec extends Exec {
  readonly kind: 'unnest'
  readonly join: 'inner' | 'left'
  readonly collection: Expression
  readonly withOrdinality: boolean
}

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

/** ORDER BY / LIMIT of a bounded result, emitted at the end; or of the event-time column in streaming, emitted with the watermark. */
export interface SortExec extends Exec {
  readonly kind: 'sort'
  readonly order: readonly SortKey[]
  readonly offset: number
  readonly limit: number | undefined
  /** The event-time column by which a streaming sort goes; -1: at the end of the input. */
  readonly timeColumn: number
}

/** Batch mode: takes in all changes and emits what is left as +I at the end of the input. */
export interface FinalizeExec extends Exec {
  readonly kind: 'finalize'
}

export interface ProcessExec extends Exec {
  readonly kind: 'process'
  readonly groupKeys: readonly Expression[]
  readonly process: ProcessFunction
  /** Outputs that are read: this node's own schema is `main`'s. */
  readonly sideOutputs: readonly { readonly name: string; readonly schema: Schema }[]
  readonly timeColumn: number
}

/** Picks a side output of the process node below. */
export interface SideOutputExec extends Exec {
  readonly kind: 'side-output'
  readonly name: string
}

export interface SinkExec extends Exec {
  readonly kind: 'sink'
  readonly table: TableDescriptor
  readonly mode: ChangelogMode
  readonly upsertKey: readonly number[]
  /** Of upserts: each -U is followed by the row that replaces it; otherwise it is a deletion. */
  readonly dropsUpdateBefore: boolean
}

export type ExecNode =
  | SourceExec
  | ValuesExec
  | NormalizeExec
  | MaterializeExec
  | CalcExec
  | WatermarkExec
  | UnionExec
  | SetOperationExec
  | AsyncCallExec
  | WindowAssignExec
  | SessionWindowExec
  | LateRowsExec
  | GroupAggregateExec
  | WindowAggregateExec
  | JoinExec
  | IntervalJoinExec
  | WindowJoinExec
  | TemporalJoinExec
  | LookupJoinExec
  | UnnestExec
  | RankExec
  | DeduplicateExec
  | WindowRankExec
  | OverExec
  | MatchExec
  | SortExec
  | FinalizeExec
  | ProcessExec
  | SideOutputExec
  | SinkExec

export type ExecKind = ExecNode['kind']
export type ExecOf<K extends ExecKind> = Extract<ExecNode, { readonly kind: K }>
