// Physical nodes of joins.

import type { Expression } from '../../plan/expression.ts'
import type { JoinKind, PlanNode } from '../../plan/node.ts'
import type { PartialCache } from '../../connector/lookup-options.ts'
import type { NamedExpression } from '../../plan/expression.ts'
import type { LookupRetry } from '../../plan/lookup-hint.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { Exec } from './exec.ts'

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

/** How a table is asked for the rows of keys. */
export interface LookupPolicy {
  /** Keys that are asked for at once, at most. */
  readonly atOnce: number
  /** For one row, with all attempts. */
  readonly timeoutMs: number
  /** Keys without a row are asked for again. */
  readonly retry?: LookupRetry
}

/** Joins each row with the rows that a table has for its key, which is asked when the row comes. Rows stay in their order. */
export interface KeyLookupJoinExec extends Exec {
  readonly kind: 'key-lookup-join'
  readonly join: 'inner' | 'left'
  readonly table: TableDescriptor
  /** The table's columns that make the key, ascending, and their values over the left row. */
  readonly keyColumns: readonly number[]
  readonly keyValues: readonly Expression[]
  /** The right side's columns, and which rows it has, over the table's columns. */
  readonly right: readonly NamedExpression[]
  readonly condition: Expression | undefined
  /** Further equalities, and what else must hold, over the right side's columns. */
  readonly equi: readonly EquiKey[]
  readonly residual: Expression | undefined
  readonly policy: LookupPolicy
  readonly cache: PartialCache | undefined
  /** How often a question that fails is asked in all. */
  readonly attempts: number
}
