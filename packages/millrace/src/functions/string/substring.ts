// `SUBSTRING`, `LEFT`, `RIGHT`.

import type { Hybrid } from '../../types/value.ts'
import { simpleFunction } from '../scalar-function.ts'
import { codePointLength, sliceCodePoints } from './code-points.ts'
import { varcharOfFirst } from './text-types.ts'

export const substring = simpleFunction({
  name: 'SUBSTRING',
  aliases: ['SUBSTR'],
  group: 'string',
  summary: 'A part of the text: from a position (from 1; negative: from the end), of a length.',
  examples: [
    ["SUBSTRING('abcdef', 2, 3)", "'bcd'"],
    ["SUBSTRING('abcdef', -2)", "'ef'"],
  ],
  takes: ['text', 'bigint', 'bigint'],
  optional: 1,
  returns: varcharOfFirst,
  mayReturnNull: true,
  evaluate: (text: string, position: Hybrid, length: Hybrid = Number.MAX_SAFE_INTEGER) =>
    partOf(text, Number(position), Number(length)),
})

function partOf(text: string, position: number, length: number): string | null {
  if (length < 0) return null
  const start = position > 0 ? position - 1 : position < 0 ? codePointLength(text) + position : 0
  return start < 0 ? '' : sliceCodePoints(text, start, start + length)
}

export const left = simpleFunction({
  name: 'LEFT',
  group: 'string',
  summary: 'The first characters of the text.',
  examples: [["LEFT('abc', 2)", "'ab'"]],
  takes: ['text', 'int'],
  returns: varcharOfFirst,
  mayReturnNull: true,
  evaluate: (text: string, length: number) => sliceCodePoints(text, 0, Math.max(length, 0)),
})

export const right = simpleFunction({
  name: 'RIGHT',
  group: 'string',
  summary: 'The last characters of the text.',
  examples: [["RIGHT('abc', 2)", "'bc'"]],
  takes: ['text', 'int'],
  returns: varcharOfFirst,
  mayReturnNull: true,
  evaluate: (text: string, length: number) => {
    const end = codePointLength(text)
    return sliceCodePoints(text, Math.max(end - Math.max(length, 0), 0), end)
  },
})
