// LATERAL sub-queries that aggregate, or that read nothing of the outer row: equalities with it become grouping keys.

import { createCall } from '../../../plan/create-expression.ts'
import { columnAt } from '../../../plan/create-node.ts'
import { shiftColumns } from '../../../plan/transform.ts'
import type { BinderContext } from '../binder-context.ts'
import { bindQuery } from '../bind-query.ts'
import { withoutOuter } from '../bind-where.ts'
import { selectWithKeys, takeCorrelations } from '../subqueries/correlated-query.ts'
import { dropOrder } from '../drop-order.ts'
import { bindExpression } from '../expressions/bind-expression.ts'
import type { BoundFrom } from './bind-from.ts'
import type { Derived, LateralQuery } from './bind-lateral.ts'

/** As in Flink, an outer row without a match has no group: only a value that stands alone is what it is of no rows. */
export function bindLateralGroups(
  context: BinderContext,
  left: BoundFrom,
  ref: Derived,
): LateralQuery {
  const { environment } = context
  const correlated = takeCorrelations(context, left, ref.query)
  const query = correlated ? selectWithKeys(correlated, correlated.select.items) : ref.query
  const within = withoutOuter(correlated?.context ?? context, left.scope)
  const right = dropOrder(bindQuery(within, query))
  const correlations = correlated?.correlations ?? []
  const selected = right.schema.length - correlations.length
  const width = left.plan.schema.length
  const scope = { environment, scope: left.scope, clause: 'a LATERAL sub-query' }
  const conditions = correlations.map(({ outer }, i) => {
    const key = shiftColumns(columnAt(right, selected + i), width)
    return createCall(environment, '=', [bindExpression(scope, outer), key], ref.span)
  })
  const isValue = correlated?.isGlobalAggregate === true && selected === 1
  return { right, selected, conditions, isValue }
}
