// Top-N and deduplication: ROW_NUMBER() with its rank bounded.

import { createRank } from '../../plan/create-node.ts'
import type { SortKey } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import type { AnyExpr, ExprsOf, Ordering } from '../columns/expr.ts'
import { type BuildContext, builderOf, OrderingBuilder } from '../columns/expression-builder.ts'
import type { Columns, NameOf } from '../columns/sql-type.ts'
import type { OrderBy } from './table.ts'

export interface TopNOptions<C extends Columns, R extends string = never> {
  /** Apart for each value of these columns; absent: over the whole table. */
  readonly partitionBy?: readonly NameOf<C>[]
  readonly orderBy: OrderBy<C>
  /** How many rows are kept of each partition. */
  readonly limit: number
  /** How many are left out before them. Default: 0. */
  readonly offset?: number
  /** Appends the position, from 1, as a column of this name. */
  readonly rank?: R
}

export interface DeduplicateOptions<C extends Columns> {
  readonly by: readonly NameOf<C>[]
  readonly orderBy: NameOf<C>
  readonly keep: 'first' | 'last'
}

/** Bounds the rows of each partition in an order. */
export function rankRows<C extends Columns>(
  input: PlanNode,
  columns: ExprsOf<C>,
  context: BuildContext,
  options: TopNOptions<C, string>,
): PlanNode {
  const partition = (options.partitionBy ?? []).map(name => builderOf(columns[name]).build(context))
  const { offset = 0 } = options
  const order = sortKeys([options.orderBy], columns, context)
  return createRank(
    {
      input,
      function: 'row_number',
      partition,
      order,
      from: offset + 1,
      to: offset + options.limit,
    },
    options.rank,
  )
}

/** Names and functions as sort keys. */
export function sortKeys<C extends Columns>(
  order: readonly OrderBy<C>[],
  columns: ExprsOf<C>,
  context: BuildContext,
): readonly SortKey[] {
  return order
    .flatMap((by): readonly (AnyExpr | Ordering)[] => {
      const given = typeof by === 'function' ? by(columns) : (columns[by] as AnyExpr)
      return Array.isArray(given) ? given : [given as AnyExpr | Ordering]
    })
    .map(key => (key instanceof OrderingBuilder ? key : builderOf(key).asc()).build(context))
}
