// `TRIM`, `LTRIM`, `RTRIM`, `BTRIM`: take characters of a set off the ends.

import { types } from '../../types/data-type.ts'
import { simpleFunction } from '../scalar-function.ts'
import { varcharOf, varcharOfFirst } from './text-types.ts'

type Side = 'LEADING' | 'TRAILING' | 'BOTH'

/** `TRIM(side, characters, text)`. */
export const trim = simpleFunction({
  name: 'TRIM',
  group: 'string',
  summary: 'The text without the given characters at its ends.',
  examples: [["TRIM(LEADING 'x' FROM 'xxaxx')", "'axx'"]],
  takes: ['text', 'text', 'text'],
  returns: args => varcharOf(args, 2),
  evaluate: (side: Side, characters: string, text: string) => strip(text, characters, side),
})

export const ltrim = trimFunction('LTRIM', 'LEADING', 'start', ["LTRIM('  a ')", "'a '"])
export const rtrim = trimFunction('RTRIM', 'TRAILING', 'end', ["RTRIM('abyx', 'xy')", "'ab'"])
export const btrim = trimFunction('BTRIM', 'BOTH', 'ends', ["BTRIM('xax', 'x')", "'a'"])

function trimFunction(name: string, side: Side, where: string, example: readonly [string, string]) {
  return simpleFunction({
    name,
    group: 'string',
    summary: `The text without spaces, or the given characters, at its ${where}.`,
    examples: [example],
    takes: ['text', 'text'],
    optional: 1,
    returns: side === 'BOTH' ? types.string : varcharOfFirst,
    evaluate: (text: string, characters = ' ') => strip(text, characters, side),
  })
}

function strip(text: string, characters: string, side: Side): string {
  const set = new Set(characters)
  const points = [...text]
  let start = 0
  let end = points.length
  if (side !== 'TRAILING') while (start < end && set.has(points[start] as string)) start++
  if (side !== 'LEADING') while (end > start && set.has(points[end - 1] as string)) end--
  return start === 0 && end === points.length ? text : points.slice(start, end).join('')
}
