// overloads(): several functions under one name, told apart by their arguments.

import type { FunctionDefinition } from '../../functions/function-definition.ts'
import { overloadedFunction } from '../../functions/user/overloaded-function.ts'
import { createUserFunction, definitionOf, type UserFunction } from './user-function.ts'
import { createCallOf } from '../../plan/create-expression.ts'
import { ExpressionBuilder, builderOf } from '../columns/expression-builder.ts'

type Both<F> = (F extends unknown ? (f: F) => void : never) extends (f: infer I) => void ? I : never

/**
 * Scalar functions of one name. The one with the most arguments of exactly the declared types is called, else the first that
 * takes them; arguments are by position.
 */
export function overloads<const F extends readonly [UserFunction, ...UserFunction[]]>(
  ...functions: F
): Both<F[number]> & UserFunction {
  const define = (name: string): FunctionDefinition =>
    overloadedFunction(
      functions.map(f => definitionOf(f, name)) as [FunctionDefinition, ...FunctionDefinition[]],
    )
  return createUserFunction(
    'function',
    define,
    definitionIn =>
      (...args: readonly unknown[]) =>
        new ExpressionBuilder(context =>
          createCallOf(
            context,
            definitionIn(context.functions) as never,
            args.map(a => builderOf(a).build(context)),
          ),
        ),
  ) as unknown as Both<F[number]> & UserFunction
}
