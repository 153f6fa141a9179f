// IS_ALPHA, IS_DECIMAL, IS_DIGIT: what a text consists of; FALSE for NULL.

import { isCharacter, isNumeric, notNull, types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { problem, typesOf } from '../binding.ts'
import type { ScalarFunction } from '../function-definition.ts'

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

export const isAlpha = textTest('IS_ALPHA', 'only letters', ["IS_ALPHA('abc')", 'TRUE'], s =>
  /^\p{L}+$/u.test(s),
)
export const isDecimal = textTest('IS_DECIMAL', 'a number', ["IS_DECIMAL('1.5')", 'TRUE'], s =>
  DECIMAL.test(s),
)
export const isDigit = textTest('IS_DIGIT', 'only digits', ["IS_DIGIT('12')", 'TRUE'], s =>
  /^\p{Nd}+$/u.test(s),
)

function textTest(
  name: string,
  words: string,
  example: readonly [string, string],
  test: (text: string) => boolean,
): ScalarFunction {
  return {
    kind: 'scalar',
    name,
    docs: {
      group: 'string',
      summary: `Whether a text is ${words}; FALSE for NULL and for the empty text.`,
      examples: [example],
    },
    resolve(args) {
      const [arg] = args
      if (arg === undefined || args.length !== 1) return problem('needs one argument')
      const number = isNumeric(arg.type)
      const text = isCharacter(arg.type)
      return {
        parameters: typesOf(args),
        returns: notNull(types.boolean),
        nulls: 'own',
        evaluate: (x: Value) => {
          if (x === null) return false
          // A number is a decimal, and its digits are: Flink never asks for letters of it.
          return text ? test(x as string) : number && name !== 'IS_ALPHA'
        },
      }
    },
  }
}
