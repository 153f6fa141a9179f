// Rewrites of bound expressions that derive types anew.

import type { BindingEnvironment } from '../../../plan/create-expression.ts'
import {
  createCall,
  createCase,
  createCast,
  createLogical,
} from '../../../plan/create-expression.ts'
import type { Expression } from '../../../plan/expression.ts'
import { mapChildren } from '../../../plan/map-children.ts'

/**
 * Replaces parts of an expression from the outside in; what `replace` gives for a part is not looked into again.
 *
 * Calls above a part whose NULLability changed are resolved anew.
 */
export function replaceParts(
  environment: BindingEnvironment,
  expression: Expression,
  replace: (part: Expression) => Expression | undefined,
): Expression {
  const replaced = replace(expression)
  if (replaced) return replaced
  let retyped = false
  const mapped = mapChildren(expression, child => {
    const next = replaceParts(environment, child, replace)
    if (next.type.nullable !== child.type.nullable) retyped = true
    return next
  })
  return retyped ? resolveAgain(environment, mapped) : mapped
}

function resolveAgain(environment: BindingEnvironment, e: Expression): Expression {
  switch (e.kind) {
    case 'call':
      return createCall(environment, e.name, e.args)
    case 'logical':
      return createLogical(e.op, e.args)
    case 'case':
      return createCase(environment, e.branches, e.otherwise)
    case 'cast':
      return createCast(environment, e.arg, e.type, { safe: e.safe })
    case 'field':
      return { ...e, type: { ...e.type, nullable: e.type.nullable || e.arg.type.nullable } }
    default:
      return e
  }
}
