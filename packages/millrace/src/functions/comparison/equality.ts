// `=` and `<>`.

import { types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem, strict, typesOf } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'
import { resolveEqualOperands } from './operands.ts'

/** `a = b`: NaN equals NaN; arrays, maps and rows are compared deeply. */
export const equals: ScalarFunction = {
  kind: 'scalar',
  name: '=',
  docs: {
    group: 'comparison',
    summary: 'Whether two values are equal; NULL if either is NULL.',
    examples: [
      ['1 = 1.0', 'TRUE'],
      ["'a' = 'a '", 'FALSE'],
    ],
  },
  resolve: args => resolveEquality(args, true),
}

/** `a <> b` */
export const notEquals: ScalarFunction = {
  kind: 'scalar',
  name: '<>',
  aliases: ['!='],
  docs: {
    group: 'comparison',
    summary: 'Whether two values differ; NULL if either is NULL.',
    examples: [['1 <> 2', 'TRUE']],
  },
  resolve: args => resolveEquality(args, false),
}

function resolveEquality(
  args: Parameters<ScalarFunction['resolve']>[0],
  wanted: boolean,
): ReturnType<ScalarFunction['resolve']> {
  const [a, b] = typesOf(args)
  if (a === undefined || b === undefined || args.length !== 2) return problem('needs two operands')
  const operands = resolveEqualOperands(a, b)
  if (isProblem(operands)) return operands
  return strict(args, {
    parameters: [operands.left, operands.right],
    returns: types.boolean,
    evaluate: (x: Value, y: Value) => operands.equal(x, y) === wanted,
    emit: (scope, [x = '', y = '']) => (wanted ? '' : '!') + operands.emitEqual(scope, x, y),
  })
}
