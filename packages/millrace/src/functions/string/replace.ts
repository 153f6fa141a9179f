// `REPLACE`, `OVERLAY`, `TRANSLATE`.

import { MAX_LENGTH, types } from '../../types/data-type.ts'
import { simpleFunction } from '../scalar-function.ts'
import { wellFormed } from './code-points.ts'
import { varcharOf, varcharOfFirst } from './text-types.ts'

export const replace = simpleFunction({
  name: 'REPLACE',
  group: 'string',
  summary: 'The text with every appearance of the second replaced by the third.',
  examples: [["REPLACE('banana', 'an', 'AN')", "'bANANa'"]],
  takes: ['text', 'text', 'text'],
  returns: types.string,
  evaluate: (text: string, from: string, to: string) => wellFormed(text.replaceAll(from, () => to)),
})

export const overlay = simpleFunction({
  name: 'OVERLAY',
  group: 'string',
  summary: 'The text with a part, from a position and of a length, replaced.',
  examples: [["OVERLAY('abcdef' PLACING 'XY' FROM 2)", "'aXYdef'"]],
  takes: ['text', 'text', 'int', 'int'],
  optional: 1,
  returns: args => {
    const lengths = [varcharOfFirst(args), varcharOf(args, 1)].map(t =>
      t.kind === 'varchar' ? t.length : MAX_LENGTH,
    )
    return types.varchar(Math.min(MAX_LENGTH, (lengths[0] ?? 0) + (lengths[1] ?? 0)))
  },
  evaluate: (text: string, placed: string, start: number, length = placed.length) => {
    if (start <= 0 || start > text.length) return text
    const rest = start + length <= text.length && length > 0 ? text.slice(start - 1 + length) : ''
    return wellFormed(text.slice(0, start - 1) + placed + rest)
  },
})

export const translate = simpleFunction({
  name: 'TRANSLATE',
  aliases: ['TRANSLATE3'],
  group: 'string',
  summary:
    'The text with each character of the second replaced by that at the same place in the third, or dropped.',
  examples: [["TRANSLATE('abcab', 'abc', 'xy')", "'xyxy'"]],
  takes: ['text', 'text', 'text'],
  returns: types.string,
  nulls: 'own',
  evaluate: (text: string | null, from: string | null, to: string | null) => {
    if (text === null || from === null) return text
    const replacements = [...(to ?? '')]
    const map = new Map<string, string>()
    for (const [i, point] of [...from].entries()) {
      if (!map.has(point)) map.set(point, replacements[i] ?? '')
    }
    let result = ''
    for (const point of text) result += map.get(point) ?? point
    return result
  },
})
