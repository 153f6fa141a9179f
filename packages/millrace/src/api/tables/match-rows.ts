// matchRecognize(): sequences of rows that fit a pattern.

import { checkCondition } from '../../plan/create-expression.ts'
import { createMatch } from '../../plan/create-node.ts'
import type { MatchVariable } from '../../plan/match.ts'
import type { PlanNode } from '../../plan/node.ts'
import { type Duration, durationMs } from '../../types/duration.ts'
import type { AppContext } from '../app-context.ts'
import type { Aggregate, AggregateType } from '../columns/aggregates.ts'
import type {
  AnyExpr,
  BooleanExpr,
  ColumnsOf,
  ExprOf,
  ExprsOf,
  Projection,
  TimestampExpr,
} from '../columns/expr.ts'
import type { Columns, NameOf, NullableColumns } from '../columns/sql-type.ts'
import { planPattern, type SkipTo } from '../sql-adapter.ts'
import { bindColumns } from './bind-columns.ts'
import { MatchExpressionError, MatchLambdas } from './match-expressions.ts'
import { sortKeys } from './rank-rows.ts'
import type { OrderBy } from './table.ts'

/** A word of a pattern without its quantifier. */
type Unquantified<S extends string> = S extends `${infer A}+${string}`
  ? Unquantified<A>
  : S extends `${infer A}*${string}`
    ? Unquantified<A>
    : S extends `${infer A}?${string}`
      ? Unquantified<A>
      : S extends `${infer A}{${string}`
        ? Unquantified<A>
        : S

/** The variables of a pattern such as `A B+? C{2,3}`. */
export type VariablesOf<P extends string> = string extends P
  ? string
  : P extends `${infer A} ${infer B}`
    ? VariablesOf<A> | VariablesOf<B>
    : P extends ''
      ? never
      : Unquantified<P>

/** The columns of the last row that a match has of each variable: NULL while it has none. */
export type MatchVariables<C extends Columns, V extends string> = {
  readonly [N in V]: ExprsOf<NullableColumns<C>>
}

/** What can be asked of a match beside the last row of a variable. */
export interface MatchFunctions<C extends Columns> {
  /** The columns of the last row of the match, of whatever variable. */
  readonly any: ExprsOf<NullableColumns<C>>
  /** The value in the first row of its variable, or so many rows on. */
  first<E extends AnyExpr>(value: E, offset?: number): E
  /** The value in the last row of its variable, or so many rows back. */
  last<E extends AnyExpr>(value: E, offset?: number): E
  /** An aggregate of all rows of a variable: `aggregate(avg(v.A.price))`. */
  aggregate<G extends Aggregate>(of: G): ExprOf<AggregateType<NullableColumns<C>, G>>
  /** The event time of the match's last row: SQL's MATCH_ROWTIME. In measures only. */
  rowtime(): TimestampExpr<number>
  /** The time at which the match is found: SQL's MATCH_PROCTIME. In measures only. */
  proctime(): TimestampExpr<number>
}

export interface MatchOptions<
  C extends Columns,
  P extends string,
  M extends Projection,
  K extends NameOf<C>,
> {
  /** Apart for each value of these columns. */
  readonly partitionBy?: readonly K[]
  /** The event time, ascending, first. */
  readonly orderBy: OrderBy<C> | readonly OrderBy<C>[]
  /** Variables in a row, each with a quantifier (`+ * ? {n} {n,} {n,m}`, reluctant with a `?` behind): `'A B+ C'`. */
  readonly pattern: P
  /** Conditions for the rows of variables; a variable without one takes any row. */
  readonly define?: {
    readonly [V in VariablesOf<P>]?: (
      variables: MatchVariables<C, VariablesOf<P>>,
      match: MatchFunctions<C>,
    ) => BooleanExpr
  }
  /** The columns of a match, behind those of the partition. */
  readonly measures: (variables: MatchVariables<C, VariablesOf<P>>, match: MatchFunctions<C>) => M
  /** Where the search goes on after a match. Default: at the row behind its first, as in Flink. */
  readonly afterMatch?:
    | 'next row'
    | 'past last row'
    | { readonly first: VariablesOf<P> }
    | { readonly last: VariablesOf<P> }
  /** A match must end less than this long after it began; bounds the state. */
  readonly within?: Duration
}

/** The partition's columns, then the measures. */
export type MatchedColumns<C extends Columns, M extends Projection, K extends NameOf<C>> = Pick<
  C,
  K
> &
  ColumnsOf<M>

type AnyOptions = MatchOptions<Columns, string, Projection, string> & {
  readonly afterMatch?: SkipTo
}

/** One row for each match. */
export function matchRows(app: AppContext, input: PlanNode, options: AnyOptions): PlanNode {
  const { partitionBy = [], orderBy, define = {}, measures, afterMatch = 'next row' } = options
  const { scope, columns, context } = bindColumns<Columns>(app, input)
  const { variables: names, pattern, skip } = planPattern(options.pattern, afterMatch)
  const lambdas = new MatchLambdas(app, input, names)
  checkNames(Object.keys(define), names)
  const variables = names.map((name): MatchVariable => {
    const condition = define[name]
    if (!condition) return { name }
    const bound = lambdas.bind((v, m) => ({ [name]: condition(v as never, m as never) }))
    for (const { expression } of bound.columns) checkCondition(expression, `define.${name}`)
    return { name, condition: bound }
  })
  const by = Array.isArray(orderBy) ? orderBy : [orderBy]
  return createMatch({
    input,
    partition: partitionBy.map(name => scope.column(name).build(context)),
    order: sortKeys(by as readonly OrderBy<Columns>[], columns, context),
    definition: {
      variables,
      pattern,
      skip,
      withinMs: options.within === undefined ? 0 : durationMs(options.within, 'within'),
    },
    measures: lambdas.bind((v, m) => measures(v as never, m as never)),
  })
}

function checkNames(given: readonly string[], names: readonly string[]): void {
  for (const name of given)
    if (!names.includes(name))
      throw new MatchExpressionError({
        problem: `The pattern has no variable "${name}"`,
        remedy: `Its variables are ${names.join(', ')}.`,
      })
}
