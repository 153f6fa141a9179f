// What an aggregation of no rows gives, where its group is missing from a join.

import { createCall, createCase } from '../../plan/create-expression.ts'
import type { Expression } from '../../plan/expression.ts'
import type { Call, Expression as SqlExpression } from '../ast/expression.ts'
import type { BinderContext } from './binder-context.ts'
import { UnsupportedSqlError } from './binder-errors.ts'
import { functionName, isAggregate } from './expressions/bind-call.ts'
import { bindExpression } from './expressions/bind-expression.ts'
import { someCall } from './expressions/contains-aggregate.ts'
import { Scope } from './scope.ts'

/**
 * The value where there is a group, else what its expression is of no rows: COUNT is 0, other aggregates are NULL.
 *
 * @param key of the group, which is not NULL where there is one
 * @throws {UnsupportedSqlError} `MR_SQL_UNSUPPORTED` when it computes with COUNT and other aggregates
 */
export function orValueOfNone(
  { environment }: BinderContext,
  expression: SqlExpression,
  value: Expression,
  key: Expression,
): Expression {
  const isCount = (call: Call) => functionName(call) === 'COUNT'
  if (!someCall(expression, isCount)) return value
  if (someCall(expression, call => !isCount(call) && isAggregate({ environment }, call)))
    throw new UnsupportedSqlError({
      what: 'COUNT beside another aggregate in an expression that a correlated sub-query selects',
      remedy: 'Select each alone, and compute with the sub-queries.',
      at: expression.span,
    })
  const none = bindExpression(
    { environment, scope: new Scope([], []), clause: 'a sub-query' },
    withZeroes(expression),
  )
  return createCase(
    environment,
    [branch(createCall(environment, 'IS NOT NULL', [key]), value)],
    none,
  )
}

/** The expression with 0 in place of each COUNT. */
function withZeroes<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withZeroes) as T
  if (typeof value !== 'object' || value === null) return value
  if (
    'kind' in value &&
    value.kind === 'call' &&
    functionName(value as unknown as Call) === 'COUNT'
  )
    return {
      kind: 'literal',
      type: 'number',
      text: '0',
      span: (value as unknown as Call).span,
    } as T
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, withZeroes(v)])) as T
}

const branch = (when: Expression, then: Expression) => ({ when, then })
