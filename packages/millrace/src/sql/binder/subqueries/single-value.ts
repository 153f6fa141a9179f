// Sub-queries that stand for a value: their one row is joined to all rows.

import { createAggregateCall } from '../../../plan/create-expression.ts'
import { columnAt, createAggregate } from '../../../plan/create-node.ts'
import type { PlanNode } from '../../../plan/node.ts'
import type { Query } from '../../ast/query.ts'
import { bindQuery } from '../bind-query.ts'
import { withoutOuter } from '../bind-where.ts'
import type { BinderContext } from '../binder-context.ts'
import { InvalidSqlError } from '../binder-errors.ts'
import { projectColumns } from '../project-columns.ts'
import type { Scope } from '../scope.ts'

/**
 * The plan of a sub-query that gives one row of one column, or none; more rows fail when it runs.
 *
 * @throws {InvalidSqlError} `MR_SQL_INVALID` when it selects more columns
 */
export function bindSingleValue(context: BinderContext, scope: Scope, query: Query): PlanNode {
  const bound = bindQuery(withoutOuter(context, scope), query)
  if (bound.schema.length !== 1)
    throw new InvalidSqlError({
      problem: `A sub-query that stands for a value selects ${bound.schema.length} columns`,
      remedy: 'Select one.',
      at: query.span,
    })
  return singleRow(context, bound)
}

/** The rows with one for each key (all columns but the first); several values of a key fail when it runs. */
export function singleRowPerKey({ environment }: BinderContext, plan: PlanNode): PlanNode {
  const call = createAggregateCall(environment, {
    name: plan.schema[0]?.name ?? 'EXPR$0',
    function: 'SINGLE_VALUE',
    args: [columnAt(plan, 0)],
  })
  const keys = plan.schema.slice(1).map(({ name }, i) => ({
    name,
    expression: columnAt(plan, i + 1),
  }))
  const single = createAggregate(plan, keys, [call])
  const order = [keys.length, ...keys.keys()]
  return projectColumns(
    single,
    order.map(i => ({ name: single.schema[i]?.name ?? '', expression: columnAt(single, i) })),
  )
}

function singleRow({ environment }: BinderContext, plan: PlanNode): PlanNode {
  if (isSingleRow(plan)) return plan
  const call = createAggregateCall(environment, {
    name: plan.schema[0]?.name ?? 'EXPR$0',
    function: 'SINGLE_VALUE',
    args: [columnAt(plan, 0)],
  })
  return createAggregate(plan, [], [call])
}

/** Whether the plan gives one row at most. */
function isSingleRow(plan: PlanNode): boolean {
  if (plan.kind === 'project') return isSingleRow(plan.input)
  if (plan.kind === 'aggregate') return plan.keys.length === 0 && !plan.groupingSets
  return plan.kind === 'values' && plan.rows.length <= 1
}
