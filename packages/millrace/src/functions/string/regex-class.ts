// The sets of code points that a regular expression writes: classes in brackets, and what follows a backslash.

import {
  type CodePointSet,
  complement,
  ESCAPE_CLASSES,
  ignoringCase,
  intersection,
  NAMED_CLASSES,
  setOf,
  unicodeClass,
  union,
} from './code-point-set.ts'
import { RegexSyntaxError } from './regex-node.ts'
import type { RegexReader } from './regex-reader.ts'

/**
 * After `[`: members, ranges, nested classes, `&&` intersections, up to the `]`.
 *
 * @throws {RegexSyntaxError}
 */
export function readCharacterClass(reader: RegexReader, ignoreCase: boolean): CodePointSet {
  const negative = reader.take('^')
  let total: CodePointSet | undefined
  let set: CodePointSet = []
  let isFirst = true
  for (;;) {
    if (reader.isAtEnd) throw new RegexSyntaxError('unclosed character class')
    if (!isFirst && reader.take(']')) break
    if (reader.take('&&')) {
      total = total === undefined ? set : intersection(total, set)
      set = []
      continue
    }
    if (reader.take('[')) set = union(set, readCharacterClass(reader, ignoreCase))
    else if (reader.take('\\Q')) {
      for (const point of reader.quoted()) set = union(set, withCase(single(point), ignoreCase))
    } else set = union(set, readMember(reader))
    isFirst = false
  }
  const found = total === undefined ? set : intersection(total, set)
  const folded = withCase(found, ignoreCase)
  return negative ? complement(folded) : folded
}

/** A code point, a range, or an escaped set. */
function readMember(reader: RegexReader): CodePointSet {
  const first = readPoint(reader)
  const from = first[0]
  const isSingle = first.length === 1 && from !== undefined && from[0] === from[1]
  const next = reader.peek(1)
  if (!isSingle || reader.peek() !== '-' || next === ']' || next === '[' || next === '')
    return first
  reader.skip()
  const to = readPoint(reader)[0]?.[1]
  if (to === undefined || to < from[0]) throw new RegexSyntaxError('illegal character range')
  return setOf([from[0], to])
}

const readPoint = (reader: RegexReader): CodePointSet =>
  reader.take('\\') ? readEscapedSet(reader) : single(reader.point())

/**
 * What follows a backslash, in or out of a class.
 *
 * @throws {RegexSyntaxError}
 */
export function readEscapedSet(reader: RegexReader): CodePointSet {
  const point = reader.point()
  const c = String.fromCodePoint(point)
  const known = ESCAPE_CLASSES[c] ?? ESCAPE_CLASSES[c.toLowerCase()]
  if (known !== undefined && /[a-zA-Z]/.test(c))
    return c === c.toLowerCase() ? known : complement(known)
  if (c === 'p' || c === 'P') {
    const set = readProperty(reader)
    return c === 'p' ? set : complement(set)
  }
  const code = CONTROLS[c] ?? readCode(reader, c)
  if (code !== undefined) return single(code)
  if (/[a-zA-Z]/.test(c)) throw new RegexSyntaxError(`illegal escape \\${c}`)
  return single(point)
}

function readProperty(reader: RegexReader): CodePointSet {
  const match = reader.match(/^(?:\{([^}]+)\}|([A-Z]))/)
  if (match === null) throw new RegexSyntaxError('unknown property')
  const name = match[1] ?? match[2] ?? ''
  const set = NAMED_CLASSES[name] ?? unicodeClass(name)
  if (set === undefined) throw new RegexSyntaxError(`unknown property ${name}`)
  return set
}

/** The code point that is written by its number, or by its control letter. */
function readCode(reader: RegexReader, letter: string): number | undefined {
  const pattern = CODES[letter]
  const match = pattern ? reader.match(pattern) : null
  if (match === null) return undefined
  const digits = match[1] ?? match[2] ?? ''
  if (letter === 'c') return digits.charCodeAt(0) ^ 64
  return Number.parseInt(digits, letter === '0' ? 8 : 16)
}

/** What follows the letter of an escape that gives a number. */
const CODES: Readonly<Record<string, RegExp>> = {
  x: /^(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))/,
  u: /^([0-9a-fA-F]{4})/,
  '0': /^([0-3]?[0-7]{1,2})/,
  c: /^(.)/,
}

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13, f: 12, a: 7, e: 27 }

export const single = (point: number): CodePointSet => [[point, point]]

const withCase = (set: CodePointSet, ignoreCase: boolean): CodePointSet =>
  ignoreCase ? ignoringCase(set) : set
