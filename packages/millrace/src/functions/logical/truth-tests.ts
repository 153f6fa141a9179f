// `IS [NOT] TRUE`, `IS [NOT] FALSE`, `IS [NOT] UNKNOWN`: tests of a truth value that are never UNKNOWN themselves.

import { formatType, notNull, types } from '../../types/data-type.ts'
import { keepNullability, problem } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'
import type { Truth } from './three-valued.ts'

export const isTrue = truthTest('TRUE', true, true)
export const isNotTrue = truthTest('TRUE', true, false)
export const isFalse = truthTest('FALSE', false, true)
export const isNotFalse = truthTest('FALSE', false, false)
export const isUnknown = truthTest('UNKNOWN', null, true)
export const isNotUnknown = truthTest('UNKNOWN', null, false)

function truthTest(word: string, tested: Truth, wanted: boolean): ScalarFunction {
  const name = `IS ${wanted ? '' : 'NOT '}${word}`
  return {
    kind: 'scalar',
    name,
    docs: {
      group: 'logical',
      summary: `Whether the truth value ${wanted ? 'is' : 'is not'} ${word}; never UNKNOWN itself.`,
      examples: [[`TRUE ${name}`, (tested === true) === wanted ? 'TRUE' : 'FALSE']],
    },
    resolve(args) {
      const [arg] = args
      if (arg === undefined || args.length !== 1) return problem('needs one operand')
      if (arg.type.kind !== 'boolean' && arg.type.kind !== 'null')
        return problem(`needs a BOOLEAN, not ${formatType(arg.type)}`)
      return {
        parameters: keepNullability([types.boolean], args),
        returns: notNull(types.boolean),
        nulls: 'own',
        evaluate: (x: Truth) => (x === tested) === wanted,
        emit: (_, [x = '']) => `(${x} ${wanted ? '===' : '!=='} ${tested})`,
      }
    },
  }
}
