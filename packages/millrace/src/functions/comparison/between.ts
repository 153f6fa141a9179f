// `[NOT] BETWEEN [SYMMETRIC]`: two order tests joined by a three-valued AND.

import { formatType, types, withNullable } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { anyNullable, keepNullability, problem, typesOf } from '../binding.ts'
import type { CodeScope, ScalarBinding, ScalarFunction } from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'
import type { Truth } from '../logical/three-valued.ts'
import { and, not, or } from '../logical/three-valued.ts'
import type { Operands, OrderOperator } from './operands.ts'
import { commonOperandType, isOrdered, resolveOperands } from './operands.ts'
import { testOrder } from './order.ts'

export const between = betweenFunction(true, false)
export const notBetween = betweenFunction(false, false)
export const betweenSymmetric = betweenFunction(true, true)
export const notBetweenSymmetric = betweenFunction(false, true)

function betweenFunction(wanted: boolean, symmetric: boolean): ScalarFunction {
  const name = `${wanted ? '' : 'NOT '}BETWEEN${symmetric ? ' SYMMETRIC' : ''}`
  return {
    kind: 'scalar',
    name,
    docs: {
      group: 'comparison',
      summary: `Whether the first value is ${wanted ? '' : 'not '}within the two bounds, both included${symmetric ? ', given in any order' : ''}.`,
      examples: [[`2 ${name} 1 AND 3`, wanted ? 'TRUE' : 'FALSE']],
    },
    resolve(args) {
      if (args.length !== 3) return problem('needs a value and two bounds')
      const common = commonOperandType(typesOf(args))
      if (isProblem(common)) return common
      if (!isOrdered(common)) return problem(`values of ${formatType(common)} have no order`)
      const operands = resolveOperands(common, common)
      if (isProblem(operands)) return operands
      const nullable = anyNullable(args)
      const parameters = keepNullability([common, common, common], args)
      return {
        parameters,
        returns: withNullable(types.boolean, nullable),
        nulls: nullable ? 'own' : 'strict',
        evaluate: evaluateBetween(operands, wanted, symmetric),
        ...(nullable ? {} : { emit: emitBetween(operands, wanted, symmetric) }),
      }
    },
  }
}

/** Without NULLs in sight the test is one expression; with them generated code calls `evaluate`. */
function emitBetween(
  operands: Operands,
  wanted: boolean,
  symmetric: boolean,
): NonNullable<ScalarBinding['emit']> {
  return (scope: CodeScope, [x = '', low = '', high = '']) => {
    const within = (from: string, to: string) =>
      `(${operands.emitOrder(scope, '>=', x, from)} && ${operands.emitOrder(scope, '<=', x, to)})`
    const test = symmetric ? `(${within(low, high)} || ${within(high, low)})` : within(low, high)
    return wanted ? test : `!${test}`
  }
}

function evaluateBetween(
  operands: Operands,
  wanted: boolean,
  symmetric: boolean,
): (x: Value, low: Value, high: Value) => Truth {
  const order = (op: OrderOperator) => {
    const test = testOrder(op, operands)
    return (a: Value, b: Value): Truth => (a === null || b === null ? null : test(a, b))
  }
  const atLeast = order('>=')
  const atMost = order('<=')
  const within = (x: Value, low: Value, high: Value) => and(atLeast(x, low), atMost(x, high))
  return (x, low, high) => {
    const found = symmetric ? or(within(x, low, high), within(x, high, low)) : within(x, low, high)
    return wanted ? found : not(found)
  }
}
