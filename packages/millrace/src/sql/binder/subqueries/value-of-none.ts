// What an aggregation of no rows gives, where its group is missing from a join.

import { createCall, createCase, createLiteral } from '../../../plan/create-expression.ts'
import type { AggregateCall, Expression } from '../../../plan/expression.ts'
import type { PlanNode } from '../../../plan/node.ts'
import { notNull, types } from '../../../types/data-type.ts'
import type { BinderContext } from '../binder-context.ts'
import { replaceParts } from '../expressions/replace-parts.ts'

/**
 * The value where there is a group, else what its expression gives of no rows: COUNT is 0, other aggregates are NULL.
 *
 * @param grouped gives the value as its first column
 * @param key of the group, which is not NULL where there is one
 */
export function orValueOfNone(
  { environment }: BinderContext,
  grouped: PlanNode,
  value: Expression,
  key: Expression,
): Expression {
  if (grouped.kind !== 'project' || grouped.input.kind !== 'aggregate') return value
  const { keys, aggregates } = grouped.input
  const [item] = grouped.columns
  if (!item || isNullOfNone(item.expression, aggregates, keys.length)) return value
  const none = replaceParts(environment, item.expression, part => {
    const call = part.kind === 'column' ? aggregates[part.index - keys.length] : undefined
    return call && ofNone(call)
  })
  return createCase(
    environment,
    [branch(createCall(environment, 'IS NOT NULL', [key]), value)],
    none,
  )
}

const ofNone = (call: AggregateCall): Expression =>
  isCount(call) ? createLiteral(0, notNull(types.bigint)) : createLiteral(null, call.type)

const isCount = (call: AggregateCall): boolean => call.function === 'COUNT'

/** Whether it is an aggregate as it is, and none that counts. */
function isNullOfNone(
  e: Expression,
  aggregates: readonly AggregateCall[],
  firstCall: number,
): boolean {
  const call = e.kind === 'column' ? aggregates[e.index - firstCall] : undefined
  return call !== undefined && !isCount(call)
}

const branch = (when: Expression, then: Expression) => ({ when, then })
