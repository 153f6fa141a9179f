// `<`, `<=`, `>`, `>=`.

import { formatType, isApproximate, types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem, strict, typesOf } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'
import type { Operands, OrderOperator } from './operands.ts'
import { isOrdered, numberOfText, resolveOperands, resolveOrderedOperands } from './operands.ts'

export const lessThan = orderFunction('<', 'less than', ["'abc' < 'abd'", 'TRUE'])
export const lessOrEqual = orderFunction('<=', 'at most', ['2 <= 1.5', 'FALSE'])
export const greaterThan = orderFunction('>', 'greater than', [
  "DATE '2024-01-02' > DATE '2024-01-01'",
  'TRUE',
])
export const greaterOrEqual = orderFunction('>=', 'at least', ['2 >= 2', 'TRUE'])

function orderFunction(
  op: OrderOperator,
  words: string,
  example: readonly [string, string],
): ScalarFunction {
  return {
    kind: 'scalar',
    name: op,
    docs: {
      group: 'comparison',
      summary: `Whether the left value is ${words} the right one; NULL if either is NULL.`,
      examples: [example],
    },
    resolve(args) {
      const [a, b] = typesOf(args)
      if (a === undefined || b === undefined || args.length !== 2)
        return problem('needs two operands')
      const number = numberOfText(a, b)
      const operands = number ? resolveOperands(number, number) : resolveOrderedOperands(a, b)
      if (isProblem(operands)) return operands
      if (!isOrdered(operands.left))
        return problem(`values of ${formatType(operands.left)} have no order`)
      return strict(args, {
        parameters: [operands.left, operands.right],
        returns: types.boolean,
        evaluate: testOrder(op, operands),
        emit: (scope, [x = '', y = '']) => operands.emitOrder(scope, op, x, y),
      })
    },
  }
}

/** The order test over values; with NaN it is false, as in Java and JavaScript. */
export function testOrder(op: OrderOperator, operands: Operands): (a: Value, b: Value) => boolean {
  if (isApproximate(operands.left)) {
    const compare = NUMBER_TESTS[op]
    return (a, b) => compare(a as number, b as number)
  }
  const { compare } = operands
  switch (op) {
    case '<':
      return (a, b) => compare(a, b) < 0
    case '<=':
      return (a, b) => compare(a, b) <= 0
    case '>':
      return (a, b) => compare(a, b) > 0
    case '>=':
      return (a, b) => compare(a, b) >= 0
  }
}

const NUMBER_TESTS: Record<OrderOperator, (a: number, b: number) => boolean> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}
