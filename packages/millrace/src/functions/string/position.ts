// `POSITION`, `LOCATE`, `INSTR`: where a text is in another, from 1; 0 without it.

import { types } from '../../types/data-type.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { simpleFunction } from '../scalar-function.ts'
import { codePointLength, indexOfCodePoints, reverseCodePoints } from './code-points.ts'

const find = (wanted: string, text: string, from = 1): number =>
  indexOfCodePoints(text, wanted, from - 1) + 1

export const position = simpleFunction({
  name: 'POSITION',
  group: 'string',
  summary: 'The position of the first text in the second, from 1; 0 without it.',
  examples: [["POSITION('b' IN 'abcb' FROM 3)", '4']],
  takes: ['text', 'text', 'int'],
  optional: 1,
  returns: types.int,
  evaluate: find,
})

export const locate = simpleFunction({
  name: 'LOCATE',
  group: 'string',
  summary: 'The position of the first text in the second, from 1; 0 without it.',
  examples: [["LOCATE('an', 'banana', 3)", '4']],
  takes: ['text', 'text', 'int'],
  optional: 1,
  returns: types.int,
  evaluate: find,
})

export const instr = simpleFunction({
  name: 'INSTR',
  group: 'string',
  summary:
    'The position of the n-th appearance of the second text in the first, from a start position (negative: backwards from the end).',
  examples: [["INSTR('banana', 'an', 1, 2)", '4']],
  takes: ['text', 'text', 'int', 'int'],
  optional: 2,
  returns: types.int,
  evaluate: instrOf,
})

function instrOf(text: string, wanted: string, start = 1, appearance = 1): number {
  if (appearance <= 0) {
    throw new EvaluationError(`INSTR cannot find appearance ${appearance}`, 'Count from 1.')
  }
  if (start === 0) return 0
  if (start < 0) {
    const found = instrOf(reverseCodePoints(text), reverseCodePoints(wanted), -start, appearance)
    return found === 0 ? 0 : codePointLength(text) + 2 - found - codePointLength(wanted)
  }
  let from = start
  let found = 0
  for (let i = 0; i < appearance; i++) {
    found = find(wanted, text, from)
    if (found === 0) return 0
    from = found + 1
  }
  return found
}
