// `SPLIT`, `SPLIT_INDEX`, `STR_TO_MAP`.

import { types } from '../../types/data-type.ts'
import { simpleFunction } from '../scalar-function.ts'
import { wellFormed } from './code-points.ts'
import { regexOf } from './java-regex.ts'

export const split = simpleFunction({
  name: 'SPLIT',
  group: 'collection',
  summary:
    'The parts of the text between the delimiters; its characters when the delimiter is empty.',
  examples: [["SPLIT('a,b', ',')", "ARRAY['a', 'b']"]],
  takes: ['text', 'text'],
  returns: types.array(types.string),
  evaluate: (text: string, delimiter: string) =>
    delimiter === '' ? text.split('').map(wellFormed) : text === '' ? [] : text.split(delimiter),
})

export const splitIndex = simpleFunction({
  name: 'SPLIT_INDEX',
  group: 'string',
  summary: 'The part at an index (from 0) of the text split at the delimiter; NULL without one.',
  examples: [["SPLIT_INDEX('a,b', ',', 1)", "'b'"]],
  takes: ['text', 'any', 'int'],
  returns: types.string,
  mayReturnNull: true,
  evaluate: (text: string, delimiter: string | number, index: number) => {
    if (index < 0 || text === '') return null
    if (typeof delimiter === 'string') {
      return text.split(delimiter === '' ? /\s/ : delimiter)[index] ?? null
    }
    if (delimiter > 255 || delimiter < 1) return null
    return text.split(String.fromCharCode(delimiter))[index] ?? null
  },
})

export const strToMap = simpleFunction({
  name: 'STR_TO_MAP',
  group: 'string',
  summary:
    'The map that the text writes as pairs; the delimiters (`,` and `=` unless given) are regular expressions.',
  examples: [["STR_TO_MAP('k1=v1,k2=v2')", "MAP['k1', 'v1', 'k2', 'v2']"]],
  takes: ['text', 'text', 'text'],
  optional: 2,
  returns: types.map(types.string, types.string),
  mayReturnNull: true,
  evaluate: (text: string, pairDelimiter = ',', keyDelimiter = '=') => {
    const map = new Map<string, string | null>()
    if (text === '') return map
    for (const pair of splitByRegex(text, pairDelimiter, 0)) {
      const [key = '', value = null] = splitByRegex(pair, keyDelimiter, 2)
      map.set(key, value)
    }
    return map
  },
})

/** Java's `String.split`: `limit` parts at most; of 0, all, without the empty ones at the end. */
function splitByRegex(text: string, pattern: string, limit: number): string[] {
  const regex = regexOf(pattern)
  if (regex === undefined) return [text]
  const parts: string[] = []
  let last = 0
  for (const match of regex.matches(text)) {
    if (limit > 0 && parts.length === limit - 1) break
    // An empty match at the very start gives no leading empty part.
    if (match.end === 0) continue
    if (match.start === text.length && match.end === match.start) break
    parts.push(text.slice(last, match.start))
    last = match.end
  }
  if (last === 0) return [text]
  parts.push(text.slice(last))
  if (limit === 0) while (parts.at(-1) === '') parts.pop()
  return parts
}
