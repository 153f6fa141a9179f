// `REGEXP`, `REGEXP_REPLACE`, `REGEXP_EXTRACT`, `REGEXP_EXTRACT_ALL`, `REGEXP_COUNT`, `REGEXP_INSTR`, `REGEXP_SUBSTR`.

import { types } from '../../types/data-type.ts'
import type { ArgumentInfo } from '../function-definition.ts'
import { type SimpleFunction, simpleFunction } from '../scalar-function.ts'
import { type JavaRegex, regexOf } from './java-regex.ts'

/** A function of a text and a pattern (argument 2); a constant pattern is compiled once. */
function regexFunction<Rest extends unknown[]>(
  spec: Omit<SimpleFunction, 'evaluate' | 'prepare' | 'group'>,
  meaning: (regex: JavaRegex | undefined, text: string, ...rest: Rest) => unknown,
) {
  return simpleFunction({
    ...spec,
    group: 'string',
    prepare: ([, pattern]) => {
      const constant = pattern?.constant?.value
      if (typeof constant === 'string') {
        const regex = regexOf(constant)
        return ((text: string, _: string, ...rest: Rest) => meaning(regex, text, ...rest)) as never
      }
      return ((text: string, p: string, ...rest: Rest) =>
        meaning(regexOf(p), text, ...rest)) as never
    },
  })
}

/** Whether the pattern is not known to be a valid one. */
function mayBeInvalid([, pattern]: readonly ArgumentInfo[]): boolean {
  const constant = pattern?.constant?.value
  return typeof constant !== 'string' || regexOf(constant) === undefined
}

export const regexp = simpleFunction({
  name: 'REGEXP',
  group: 'string',
  summary:
    'Whether a part of the text matches the regular expression; FALSE for an empty or invalid one.',
  examples: [["REGEXP('abc123', '[0-9]+$')", 'TRUE']],
  takes: ['text', 'text'],
  returns: types.boolean,
  prepare: ([, pattern]) => {
    const constant = pattern?.constant?.value
    if (typeof constant !== 'string') {
      return (text: string, p: string) => p !== '' && (regexOf(p)?.test(text) ?? false)
    }
    const regex = constant === '' ? undefined : regexOf(constant)
    return (text: string) => regex?.test(text) ?? false
  },
})

export const regexpReplace = regexFunction(
  {
    name: 'REGEXP_REPLACE',
    summary: 'The text with every match replaced by a literal text.',
    examples: [["REGEXP_REPLACE('foobar', 'oo|ar', '')", "'fb'"]],
    takes: ['text', 'text', 'text'],
    returns: types.string,
    mayReturnNull: mayBeInvalid,
  },
  (regex, text, replacement: string) => regex?.replaceAll(text, replacement) ?? null,
)

export const regexpExtract = regexFunction(
  {
    name: 'REGEXP_EXTRACT',
    summary:
      'The text of a group (0, the whole, unless given) of the first match; NULL without one.',
    examples: [["REGEXP_EXTRACT('foothebar', 'foo(.*?)(bar)', 2)", "'bar'"]],
    takes: ['text', 'text', 'int'],
    optional: 1,
    returns: types.string,
    mayReturnNull: true,
  },
  (regex, text, group: number = 0) => regex?.find(text)?.groups[group] ?? null,
)

export const regexpExtractAll = regexFunction(
  {
    name: 'REGEXP_EXTRACT_ALL',
    summary: 'The texts of a group (1 unless given) of all matches.',
    examples: [["REGEXP_EXTRACT_ALL('a1b22', '([a-z])([0-9]+)', 2)", "ARRAY['1', '22']"]],
    takes: ['text', 'text', 'int'],
    optional: 1,
    returns: types.array(types.string),
    mayReturnNull: true,
  },
  (regex, text, group: number = 1) => {
    if (regex === undefined || group < 0 || group > regex.groupCount) return null
    return Array.from(regex.matches(text), match => match.groups[group] ?? null)
  },
)

export const regexpCount = regexFunction(
  {
    name: 'REGEXP_COUNT',
    summary: 'The number of matches.',
    examples: [["REGEXP_COUNT('a1b22', '[0-9]')", '3']],
    takes: ['text', 'text'],
    returns: types.int,
    mayReturnNull: true,
  },
  (regex, text) => {
    if (regex === undefined) return null
    let count = 0
    for (const _ of regex.matches(text)) count++
    return count
  },
)

export const regexpInstr = regexFunction(
  {
    name: 'REGEXP_INSTR',
    summary: 'The position of the first match, from 1; 0 without one.',
    examples: [["REGEXP_INSTR('a1b22', '[0-9]+')", '2']],
    takes: ['text', 'text'],
    returns: types.int,
    mayReturnNull: true,
  },
  (regex, text) => (regex === undefined ? null : (regex.find(text)?.start ?? -1) + 1),
)

export const regexpSubstr = regexFunction(
  {
    name: 'REGEXP_SUBSTR',
    summary: 'The first match; NULL without one.',
    examples: [["REGEXP_SUBSTR('a1b22', '[0-9]+')", "'1'"]],
    takes: ['text', 'text'],
    returns: types.string,
    mayReturnNull: true,
  },
  (regex, text) => regex?.find(text)?.groups[0] ?? null,
)
