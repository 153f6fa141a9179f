// `IS_ALPHA`, `IS_DIGIT`, `IS_DECIMAL`: what a text is made of; never NULL.

import { types } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { simpleFunction } from '../scalar-function.ts'

const JAVA_DOUBLE =
  /^[\s\0-\x20]*[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)[\s\0-\x20]*$/

export const isAlpha = testFunction(
  'IS_ALPHA',
  'Whether the text has letters only, and at least one.',
  value => typeof value === 'string' && /^\p{L}+$/u.test(value),
  false,
  ["IS_ALPHA('abc')", 'TRUE'],
)
export const isDigit = testFunction(
  'IS_DIGIT',
  'Whether the text has digits only, and at least one.',
  value => typeof value === 'string' && /^\p{Nd}+$/u.test(value),
  true,
  ["IS_DIGIT('12')", 'TRUE'],
)
export const isDecimal = testFunction(
  'IS_DECIMAL',
  'Whether the text is a number.',
  value => typeof value === 'string' && JAVA_DOUBLE.test(value),
  true,
  ["IS_DECIMAL('-1.5')", 'TRUE'],
)

function testFunction(
  name: string,
  summary: string,
  ofText: (value: Value) => boolean,
  ofNumber: boolean,
  example: readonly [string, string],
) {
  return simpleFunction({
    name,
    group: 'string',
    summary,
    examples: [example],
    takes: ['text-or-number'],
    nulls: 'own',
    neverNull: true,
    returns: types.boolean,
    evaluate: (value: Value) => {
      if (typeof value === 'number' || typeof value === 'bigint') return ofNumber
      return ofText(value)
    },
  })
}
