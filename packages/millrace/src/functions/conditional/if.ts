// IF.

import { formatType, types, withNullable } from '../../types/data-type.ts'
import { leastRestrictive } from '../../types/type-rules.ts'
import type { Value } from '../../types/value.ts'
import { anyNullable, keepNullability, problem } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'

/** Evaluates all its arguments, as Flink does; CASE evaluates only the branch that it takes. */
export const ifFunction: ScalarFunction = {
  kind: 'scalar',
  name: 'IF',
  docs: {
    group: 'conditional',
    summary: 'The second argument when the first is TRUE, else the third.',
    examples: [["IF(5 > 3, 'yes', 'no')", "'yes'"]],
  },
  resolve(args) {
    const [condition, then, otherwise] = args
    if (!condition || !then || !otherwise || args.length !== 3)
      return problem('needs a condition and two values')
    if (condition.type.kind !== 'boolean' && condition.type.kind !== 'null')
      return problem(`needs a BOOLEAN as argument 1, not ${formatType(condition.type)}`)
    const common = leastRestrictive([then.type, otherwise.type])
    if (common === undefined)
      return problem(
        `has no common type for ${formatType(then.type)} and ${formatType(otherwise.type)}`,
      )
    return {
      parameters: keepNullability([types.boolean, common, common], args),
      returns: withNullable(common, anyNullable(args)),
      nulls: 'own',
      evaluate: (test: boolean | null, a: Value, b: Value) => (test === true ? a : b),
      emit: (_, [test = '', a = '', b = '']) => `(${test} === true ? ${a} : ${b})`,
    }
  },
}
