// `IS DISTINCT FROM`, `IS NOT DISTINCT FROM`: equality that takes NULL as a value.

import { notNull, types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { keepNullability, problem, typesOf } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'
import { resolveOperands } from './operands.ts'

export const isDistinctFrom = distinctTest('IS DISTINCT FROM', true, [
  '1 IS DISTINCT FROM CAST(NULL AS INT)',
  'TRUE',
])
export const isNotDistinctFrom = distinctTest('IS NOT DISTINCT FROM', false, [
  'CAST(NULL AS INT) IS NOT DISTINCT FROM CAST(NULL AS INT)',
  'TRUE',
])

function distinctTest(
  name: string,
  wanted: boolean,
  example: readonly [string, string],
): ScalarFunction {
  return {
    kind: 'scalar',
    name,
    docs: {
      group: 'comparison',
      summary: `Whether two values are ${wanted ? 'distinct' : 'the same'}, two NULLs being the same; never NULL.`,
      examples: [example],
    },
    resolve(args) {
      const [a, b] = typesOf(args)
      if (a === undefined || b === undefined || args.length !== 2)
        return problem('needs two operands')
      const operands = resolveOperands(a, b)
      if (isProblem(operands)) return operands
      return {
        parameters: keepNullability([operands.left, operands.right], args),
        returns: notNull(types.boolean),
        nulls: 'own',
        evaluate: (x: Value, y: Value) =>
          (x === null || y === null ? x === y : operands.equal(x, y)) !== wanted,
        emit: (scope, [x = '', y = '']) =>
          `${wanted ? '!' : ''}(${x} === null || ${y} === null ? ${x} === ${y} : ${operands.emitEqual(scope, x, y)})`,
      }
    },
  }
}
