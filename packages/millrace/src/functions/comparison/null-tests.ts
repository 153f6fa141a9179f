// `IS NULL`, `IS NOT NULL`: the only tests that NULL itself answers.

import { notNull, types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem, typesOf } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'

export const isNull = nullTest('IS NULL', true, ['NULL IS NULL', 'TRUE'])
export const isNotNull = nullTest('IS NOT NULL', false, ['1 IS NOT NULL', 'TRUE'])

function nullTest(
  name: string,
  wanted: boolean,
  example: readonly [string, string],
): ScalarFunction {
  return {
    kind: 'scalar',
    name,
    docs: {
      group: 'comparison',
      summary: `Whether the value ${wanted ? 'is' : 'is not'} NULL; never NULL itself.`,
      examples: [example],
    },
    resolve(args) {
      if (args.length !== 1) return problem('needs one operand')
      return {
        parameters: typesOf(args),
        returns: notNull(types.boolean),
        nulls: 'own',
        evaluate: (x: Value) => (x === null) === wanted,
        emit: (_, [x = '']) => `(${x} ${wanted ? '===' : '!=='} null)`,
      }
    },
  }
}
