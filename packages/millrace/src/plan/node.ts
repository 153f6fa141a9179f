// Logical plan nodes: what is computed, not how. Immutable; each knows its output schema. `kind` discriminates.

import type { Schema } from '../types/schema.ts'
import type { Row } from '../types/value.ts'
import type {
  AggregateCall,
  Expression,
  NamedExpression,
  PositionCall,
  SortKey,
} from './expression.ts'
import type { LookupHint } from './lookup-hint.ts'
import type { Origin } from './origin.ts'
import type { MatchDefinition, MatchExpressions } from './match.ts'
import type { ProcessFunction } from './process-function.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'

interface Node {
  readonly schema: Schema
  /** Of nodes that SQL made. */
  readonly origin?: Origin
}

/** Reads a table. `schema` is the subset `columns` of the table's; `reads` narrows nested columns further (set by the optimizer). */
export interface ScanNode extends Node {
  readonly kind: 'scan'
  readonly table: TableDescriptor
  readonly columns: readonly number[]
  /** For each column the field paths that are read, `[]` meaning the whole; absent: everything. */
  readonly reads?: readonly (readonly (readonly string[])[])[]
  /**
   * Over the partition columns of the table's schema (set by the optimizer): rows of partitions that do not meet it are not asked
   * for. They may come nevertheless, so that the filter above stays.
   */
  readonly partitions?: Expression
}

export interface ValuesNode extends Node {
  readonly kind: 'values'
  readonly rows: readonly Row[]
}

/** Keeps rows whose `condition` is TRUE. */
export interface FilterNode extends Node {
  readonly kind: 'filter'
  readonly input: PlanNode
  readonly condition: Expression
}

export interface ProjectNode extends Node {
  readonly kind: 'project'
  readonly input: PlanNode
  readonly columns: readonly NamedExpression[]
}

/** Makes `column` the event-time attribute; `watermark` is re-evaluated after every record, per source split. */
export interface WatermarkNode extends Node {
  readonly kind: 'watermark'
  readonly input: PlanNode
  readonly column: number
  readonly watermark: Expression
}

export type WindowSpec =
  | { readonly kind: 'tumble'; readonly sizeMs: number; readonly offsetMs: number }
  | {
      readonly kind: 'hop'
      readonly sizeMs: number
      readonly slideMs: number
      readonly offsetMs: number
    }
  | {
      readonly kind: 'cumulate'
      readonly maxSizeMs: number
      readonly stepMs: number
      readonly offsetMs: number
    }
  | { readonly kind: 'session'; readonly gapMs: number; readonly partition: readonly number[] }

/** A window table function: each row once per window it is in, with `window_start`, `window_end`, `window_time` appended. */
export interface WindowNode extends Node {
  readonly kind: 'window'
  readonly input: PlanNode
  readonly timeColumn: number
  readonly window: WindowSpec
}

/** The rows of the input that come too late for any window that they are in. */
export interface LateRowsNode extends Node {
  readonly kind: 'late-rows'
  readonly input: PlanNode
  readonly timeColumn: number
  readonly window: WindowSpec
}

/**
 * Groups and aggregates. Output: keys, then aggregates. A windowed aggregation is one whose `window` names the positions among
 * `keys` of `window_start` / `window_end` of the WindowNode below (set by the analyzer); it emits once, when the window closes.
 */
export interface AggregateNode extends Node {
  readonly kind: 'aggregate'
  readonly input: PlanNode
  readonly keys: readonly NamedExpression[]
  readonly aggregates: readonly AggregateCall[]
  /** GROUPING SETS as sets of positions in `keys`; absent: one set of all keys. */
  readonly groupingSets?: readonly (readonly number[])[]
  /** How long idle keys are kept, ms; 0: for ever. Absent: as the program says. */
  readonly stateTtlMs?: number
}

export type JoinKind = 'inner' | 'left' | 'right' | 'full' | 'semi' | 'anti'

/** A regular join; interval, window and other special joins are recognised in it by the physical planner. Columns: left then right. */
export interface JoinNode extends Node {
  readonly kind: 'join'
  readonly join: JoinKind
  readonly left: PlanNode
  readonly right: PlanNode
  /** Over the columns of left then right. */
  readonly condition: Expression
  /** How long rows of the left and the right are kept, ms; 0: for ever. Undefined: as the program says. */
  readonly stateTtlMs?: readonly [number | undefined, number | undefined]
}

/** `left JOIN right FOR SYSTEM_TIME AS OF time`: the version of `right` valid at `time`, or a look-up when `time` is processing time. */
export interface TemporalJoinNode extends Node {
  readonly kind: 'temporal-join'
  readonly join: 'inner' | 'left'
  readonly left: PlanNode
  readonly right: PlanNode
  /** The left column that holds the time; of a look-up it may be -1: processing time. */
  readonly timeColumn: number
  readonly condition: Expression
  /** Unique key of the right side (columns of `right`): its primary key, or the partition of its ROW_NUMBER() = 1 view. */
  readonly rightKey: readonly number[]
  /** The right side's event-time column; -1 for a look-up. */
  readonly rightTimeColumn: number
  /** Of a look-up: how the table is asked. */
  readonly lookup?: LookupHint
}

/** `input CROSS|LEFT JOIN UNNEST(expression)`; the element's fields (or the element; map: key, value) are appended. */
export interface UnnestNode extends Node {
  readonly kind: 'unnest'
  readonly input: PlanNode
  readonly join: 'inner' | 'left'
  readonly collection: Expression
  readonly withOrdinality: boolean
}

/** ROW_NUMBER() OVER (PARTITION BY … ORDER BY …), with its rank bounded by a filter above: Top-N and deduplication. */
export interface RankNode extends Node {
  readonly kind: 'rank'
  readonly input: PlanNode
  readonly function: 'row_number' | 'rank' | 'dense_rank'
  readonly partition: readonly Expression[]
  readonly order: readonly SortKey[]
  /** Ranks kept, 1-based, both inclusive. */
  readonly from: number
  readonly to: number
  /** Appends the rank as the last column (BIGINT NOT NULL). */
  readonly withRank: boolean
}

/** OVER: appends a column per aggregate over the frame, then one per function of the row's position. */
export interface OverNode extends Node {
  readonly kind: 'over'
  readonly input: PlanNode
  readonly partition: readonly Expression[]
  readonly order: readonly SortKey[]
  readonly frame: OverFrame
  readonly calls: readonly AggregateCall[]
  readonly positions: readonly PositionCall[]
}

export interface OverFrame {
  readonly unit: 'rows' | 'range'
  readonly from: FrameBound
  readonly to: FrameBound
}

export type FrameBound =
  | { readonly kind: 'unbounded-preceding' | 'current-row' | 'unbounded-following' }
  | { readonly kind: 'preceding' | 'following'; readonly offset: number }

/** MATCH_RECOGNIZE, one row per match: the partition's columns, then the measures. Rows are searched in the order of `order`. */
export interface MatchNode extends Node {
  readonly kind: 'match'
  readonly input: PlanNode
  readonly partition: readonly Expression[]
  /** The first key is a time, ascending. */
  readonly order: readonly SortKey[]
  readonly definition: MatchDefinition
  readonly measures: MatchExpressions
}

/** ORDER BY, LIMIT, OFFSET over the whole result. */
export interface SortNode extends Node {
  readonly kind: 'sort'
  readonly input: PlanNode
  readonly order: readonly SortKey[]
  readonly offset: number
  /** Absent: no limit. */
  readonly limit?: number
}

/** UNION ALL of two or more inputs of the same column types. UNION is an AggregateNode above it. */
export interface UnionNode extends Node {
  readonly kind: 'union'
  readonly inputs: readonly PlanNode[]
}

export interface SetOperationNode extends Node {
  readonly kind: 'set-operation'
  readonly operation: 'intersect' | 'except'
  readonly all: boolean
  readonly left: PlanNode
  readonly right: PlanNode
}

/** A user's TypeScript function over events, with keyed state and timers where it has keys. */
export interface ProcessNode extends Node {
  readonly kind: 'process'
  readonly input: PlanNode
  readonly keys: readonly Expression[]
  readonly process: ProcessFunction
  /** Which of the process function's outputs this node reads: `main` or a side output's name. */
  readonly output: string
}

/** Writes to a table; the root of each statement of a program. */
/** What becomes of rows that share a sink's primary key, but not the query's own: FLIP-558. */
export type ConflictAction = 'deduplicate' | 'nothing' | 'error'

export interface SinkNode extends Node {
  readonly kind: 'sink'
  readonly input: PlanNode
  readonly table: TableDescriptor
  /** Of `INSERT … ON CONFLICT DO`; absent: not said. */
  readonly onConflict?: ConflictAction
  /** INSERT OVERWRITE: what the table holds is replaced. */
  readonly overwrite?: boolean
}

export type PlanNode =
  | ScanNode
  | ValuesNode
  | FilterNode
  | ProjectNode
  | WatermarkNode
  | WindowNode
  | LateRowsNode
  | AggregateNode
  | JoinNode
  | TemporalJoinNode
  | UnnestNode
  | RankNode
  | OverNode
  | MatchNode
  | SortNode
  | UnionNode
  | SetOperationNode
  | ProcessNode
  | SinkNode

export type PlanNodeKind = PlanNode['kind']
export type PlanNodeOf<K extends PlanNodeKind> = Extract<PlanNode, { readonly kind: K }>
