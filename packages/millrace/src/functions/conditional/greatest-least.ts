// GREATEST and LEAST.

import { compareNumbers } from '../../types/compare.ts'
import type { DataType } from '../../types/data-type.ts'
import { formatType, isApproximate, types } from '../../types/data-type.ts'
import { leastRestrictive } from '../../types/type-rules.ts'
import type { Value } from '../../types/value.ts'
import { problem, strict, typesOf } from '../binding.ts'
import { isOrdered, resolveOperands } from '../comparison/operands.ts'
import type { ScalarFunction } from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'

export const greatest = extremeFunction('GREATEST', '>', ['GREATEST(1, 2.5)', '2.5'])
export const least = extremeFunction('LEAST', '<', ["LEAST('b', 'a')", "'a'"])

function extremeFunction(
  name: string,
  op: '<' | '>',
  example: readonly [string, string],
): ScalarFunction {
  const sign = op === '>' ? 1 : -1
  return {
    kind: 'scalar',
    name,
    docs: {
      group: 'conditional',
      summary: `The ${name.toLowerCase()} of its arguments; NULL when one is NULL.`,
      examples: [example],
    },
    resolve(args) {
      if (args.length === 0) return problem('needs at least one argument')
      const common = commonType(typesOf(args))
      if (common === undefined || !isOrdered(common))
        return problem(`cannot compare ${args.map(a => formatType(a.type)).join(', ')}`)
      const operands = resolveOperands(common, common)
      if (isProblem(operands)) return operands
      return strict(args, {
        parameters: args.map(() => common),
        returns: common,
        evaluate: (...values: Value[]) =>
          values.reduce((best, x) => (sign * operands.compare(x, best) > 0 ? x : best)),
        emit: (scope, [first = '', ...rest]) => {
          const best = scope.local('best')
          scope.statement(`let ${best} = ${first}`)
          // NaN is the greatest number here, which JavaScript's `<` does not know.
          const isBetter = (x: string) =>
            isApproximate(common)
              ? `${scope.constant(compareNumbers, 'compareNumbers')}(${x}, ${best}) ${op} 0`
              : operands.emitOrder(scope, op, x, best)
          for (const x of rest) scope.statement(`if (${isBetter(x)}) ${best} = ${x}`)
          return best
        },
      })
    },
  }
}

/** Unlike in CASE, FLOAT and DOUBLE give DOUBLE in either order, TIMESTAMP and TIMESTAMP_LTZ TIMESTAMP_LTZ. */
function commonType(list: readonly DataType[]): DataType | undefined {
  const common = leastRestrictive(list)
  if (common?.kind === 'timestamp' && list.some(t => t.kind === 'timestamp_ltz'))
    return types.timestampLtz(common.precision)
  return common?.kind === 'float' && list.some(t => t.kind === 'double')
    ? { ...types.double, nullable: common.nullable }
    : common
}
