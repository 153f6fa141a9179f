// Whether an expression aggregates, told before it is bound.

import type { BindingEnvironment } from '../../../plan/create-expression.ts'
import type { Call, Expression as SqlExpression } from '../../ast/expression.ts'
import { isAggregate } from './bind-call.ts'

/** Whether a call of an aggregate function (without OVER) or any call with OVER is in the expression, sub-queries aside. */
export function containsAggregate(environment: BindingEnvironment, e: SqlExpression): boolean {
  return someCall(e, call => call.over !== undefined || isAggregate({ environment }, call))
}

/** Whether a call in the expression, sub-queries aside, passes the test. */
export function someCall(e: SqlExpression, test: (call: Call) => boolean): boolean {
  if (e.kind === 'call' && test(e)) return true
  return Object.values(e).some(value => within(value, test))
}

function within(value: unknown, test: (call: Call) => boolean): boolean {
  if (Array.isArray(value)) return value.some(v => within(v, test))
  if (typeof value !== 'object' || value === null) return false
  if ('kind' in value && value.kind === 'query') return false
  return 'span' in value && 'kind' in value
    ? someCall(value as SqlExpression, test)
    : Object.values(value).some(v => within(v, test))
}
