// `LPAD`, `RPAD`, `REPEAT`, `REVERSE`.

import { types } from '../../types/data-type.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { ArgumentInfo } from '../function-definition.ts'
import { simpleFunction } from '../scalar-function.ts'
import { reverseCodePoints, wellFormed } from './code-points.ts'

/** A record cannot ask for more characters than this of one call. */
const MAX_CHARACTERS = 1 << 28

export const lpad = padFunction('LPAD', 'front', (text, padding) => padding + text, [
  "LPAD('hi', 4, '?')",
  "'??hi'",
])
export const rpad = padFunction('RPAD', 'end', (text, padding) => text + padding, [
  "RPAD('hi', 4, '?')",
  "'hi??'",
])

/** Lengths are UTF-16 units, as in Flink. */
function padFunction(
  name: string,
  where: string,
  join: (text: string, padding: string) => string,
  example: readonly [string, string],
) {
  return simpleFunction({
    name,
    group: 'string',
    summary: `The text padded at its ${where} to a length, or cut to it; NULL for a negative length or an empty padding.`,
    examples: [example],
    takes: ['text', 'int', 'text'],
    returns: types.string,
    mayReturnNull: ([, length, padding]) => !isPositive(length) || !isPadding(padding),
    evaluate: (text: string, length: number, padding: string) => {
      if (length < 0 || padding === '') return null
      if (length <= text.length) return wellFormed(text.slice(0, length))
      checkSize(name, length)
      const missing = length - text.length
      const filling = padding.repeat(Math.ceil(missing / padding.length)).slice(0, missing)
      return wellFormed(join(text, filling))
    },
  })
}

function isPositive(arg: ArgumentInfo | undefined): boolean {
  const value = arg?.constant?.value
  return typeof value === 'number' && value >= 0
}

function isPadding(arg: ArgumentInfo | undefined): boolean {
  const value = arg?.constant?.value
  return typeof value === 'string' && value !== ''
}

function checkSize(name: string, length: number): void {
  if (length > MAX_CHARACTERS) {
    throw new EvaluationError(
      `${name} would make a text of ${length} characters`,
      'Ask for a shorter one.',
    )
  }
}

export const repeat = simpleFunction({
  name: 'REPEAT',
  group: 'string',
  summary: 'The text repeated; empty when the count is not positive.',
  examples: [["REPEAT('ab', 3)", "'ababab'"]],
  takes: ['text', 'int'],
  returns: types.string,
  evaluate: (text: string, count: number) => {
    if (count <= 0) return ''
    checkSize('REPEAT', text.length * count)
    return text.repeat(count)
  },
})

export const reverse = simpleFunction({
  name: 'REVERSE',
  group: 'string',
  summary: 'The characters of the text from last to first.',
  examples: [["REVERSE('abc')", "'cba'"]],
  takes: ['text'],
  returns: types.string,
  mayReturnNull: true,
  evaluate: reverseCodePoints,
})
