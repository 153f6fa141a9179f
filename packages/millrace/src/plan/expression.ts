// Typed expressions over the columns of one row: immutable, `kind`-discriminated, bound (types known, functions resolved).

import type {
  AggregateBinding,
  PositionBinding,
  ScalarBinding,
} from '../functions/function-definition.ts'
import type { DataType } from '../types/data-type.ts'
import type { Value } from '../types/value.ts'

/** A constant. */
export interface LiteralExpression {
  readonly kind: 'literal'
  readonly type: DataType
  readonly value: Value
}

/** The input's column at `index`; `name` is for printing only. */
export interface ColumnExpression {
  readonly kind: 'column'
  readonly type: DataType
  readonly index: number
  readonly name: string
}

/** A scalar function; `args` already have the binding's parameter types. */
export interface CallExpression {
  readonly kind: 'call'
  readonly type: DataType
  readonly name: string
  readonly args: readonly Expression[]
  readonly binding: ScalarBinding
}

/** AND, OR over BOOLEANs, three-valued, evaluated left to right and only as far as needed. */
export interface LogicalExpression {
  readonly kind: 'logical'
  readonly type: DataType
  readonly op: 'and' | 'or'
  readonly args: readonly Expression[]
}

/** The first branch whose condition is TRUE, else `otherwise`; the others are not evaluated. */
export interface CaseExpression {
  readonly kind: 'case'
  readonly type: DataType
  readonly branches: readonly { readonly when: Expression; readonly then: Expression }[]
  readonly otherwise: Expression
}

/** CAST / TRY_CAST; `binding` converts from the argument's type. */
export interface CastExpression {
  readonly kind: 'cast'
  readonly type: DataType
  readonly arg: Expression
  readonly safe: boolean
  readonly binding: ScalarBinding
}

/** A field of a ROW by position; NULL when the ROW is NULL. */
export interface FieldExpression {
  readonly kind: 'field'
  readonly type: DataType
  readonly arg: Expression
  readonly index: number
  readonly name: string
}

export type Expression =
  | LiteralExpression
  | ColumnExpression
  | CallExpression
  | LogicalExpression
  | CaseExpression
  | CastExpression
  | FieldExpression

export type ExpressionKind = Expression['kind']

/** An output column of a projection or a grouping key. */
export interface NamedExpression {
  readonly name: string
  readonly expression: Expression
}

/** An aggregate over the rows of a group. */
export interface AggregateCall {
  readonly name: string
  readonly function: string
  readonly args: readonly Expression[]
  readonly distinct: boolean
  /** FILTER (WHERE …). */
  readonly filter?: Expression
  readonly type: DataType
  /** Resolved for insert-only input; the compiler resolves it again through `resolve` when rows can be taken back. */
  readonly binding: AggregateBinding
  readonly resolve: (demands: { readonly retract: boolean }) => AggregateBinding
}

/** A function of where a row stands in its ordered partition: LAG, NTILE and the like. */
export interface PositionCall {
  readonly name: string
  readonly function: string
  readonly args: readonly Expression[]
  readonly type: DataType
  readonly binding: PositionBinding
}

/** A column or expression to order by. */
export interface SortKey {
  readonly expression: Expression
  readonly descending: boolean
  /** Flink: NULLs are the smallest values (first ascending, last descending) unless said otherwise. */
  readonly nullsFirst: boolean
}
