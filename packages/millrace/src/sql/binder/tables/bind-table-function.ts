// `LATERAL TABLE(f(x))`: the rows that a user's table function gives for each row, unnested beside it.

import { createTableCall } from '../../../plan/create-expression.ts'
import type { TableRef } from '../../ast/query.ts'
import type { BinderContext } from '../binder-context.ts'
import { functionName, scalarArguments } from '../expressions/bind-call.ts'
import type { ExpressionContext } from '../expressions/expression-context.ts'
import { type BoundFrom, unnested } from './bind-from.ts'

type FunctionRef = Extract<TableRef, { readonly kind: 'table-function' }>

/** Whether the call is of a table function of the program. */
export function isTableFunction(context: BinderContext, { call }: FunctionRef): boolean {
  return context.environment.functions.table(functionName(call)) !== undefined
}

/** Columns of `left`, then those of the function; with `left`, rows for which it gives none are kept. */
export function bindTableFunction(
  context: BinderContext,
  left: BoundFrom,
  ref: FunctionRef,
  join: 'inner' | 'left',
): BoundFrom {
  const { environment, outer } = context
  const name = functionName(ref.call)
  const expressions: ExpressionContext = {
    environment,
    scope: left.scope,
    clause: `the arguments of ${name}`,
    ...(outer ? { outer } : {}),
  }
  const args = scalarArguments(expressions, ref.call, name)
  const rows = createTableCall(environment, name, args, ref.call.span)
  return unnested(left, rows, { join, withOrdinality: false }, ref.alias)
}
