// Reads local times by Java's date patterns.

import { daysFromCivil, MS_PER_DAY } from '../../types/calendar.ts'
import { smartLocalMs } from '../../types/temporal-text.ts'
import { memoize } from '../scalar-function.ts'
import {
  DAYS,
  MONTHS,
  type PatternDialect,
  type PatternPart,
  parsePattern,
} from './date-pattern.ts'

/** A local time: ms since a local 1970-01-01, and the zone's offset where the text has one. */
export interface ParsedTime {
  readonly localMs: number
  readonly offsetMs: number | undefined
}

/** Reads a text; `null` when it does not fit. Digits below ms are cut off. */
export type PatternReader = (text: string) => ParsedTime | null

const readers: Readonly<Record<PatternDialect, (pattern: string) => PatternReader | undefined>> = {
  'java.time': memoize(pattern => compile(pattern, 'java.time')),
  simple: memoize(pattern => compile(pattern, 'simple')),
}

/**
 * The reader of a pattern; `undefined` when the pattern is malformed.
 *
 * `java.time` wants the whole text and its fields in range (the 31st of a shorter month is its last day). `simple` ignores what follows,
 * takes numbers of any width unless another number follows at once, and carries over what is out of range.
 */
export function patternReader(pattern: string, dialect: PatternDialect): PatternReader | undefined {
  return readers[dialect](pattern)
}

type Found = Map<string, number>

function compile(pattern: string, dialect: PatternDialect): PatternReader | undefined {
  const parts = parsePattern(pattern, dialect)
  if (parts === undefined) return undefined
  return text => {
    const found: Found = new Map()
    const end = readParts(parts, text, 0, found, dialect)
    if (end < 0 || (dialect === 'java.time' && end !== text.length)) return null
    const localMs = dialect === 'java.time' ? resolveSmart(found) : resolveLenient(found)
    return localMs === null ? null : { localMs, offsetMs: found.get('X') }
  }
}

/** The offset after the parts, or -1. */
function readParts(
  parts: readonly PatternPart[],
  text: string,
  from: number,
  found: Found,
  dialect: PatternDialect,
): number {
  let at = from
  for (const [i, part] of parts.entries()) {
    if (part.kind === 'optional') {
      const trial: Found = new Map(found)
      const end = readParts(part.parts, text, at, trial, dialect)
      if (end < 0) continue
      for (const [letter, value] of trial) found.set(letter, value)
      at = end
    } else if (part.kind === 'literal') {
      if (!text.startsWith(part.text, at)) return -1
      at += part.text.length
    } else {
      at = readField(part, parts.slice(i + 1), text, at, found, dialect)
      if (at < 0) return -1
    }
  }
  return at
}

type FieldPart = Extract<PatternPart, { kind: 'field' }>

function readField(
  part: FieldPart,
  rest: readonly PatternPart[],
  text: string,
  start: number,
  found: Found,
  dialect: PatternDialect,
): number {
  const { letter, count } = part
  const at =
    dialect === 'simple' ? start + (/^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0) : start
  if (isText(part)) return readName(letter, count, text, at, found, dialect)
  if ('XxZz'.includes(letter)) return readOffset(text, at, found)
  const digits = /^-?\d+/.exec(text.slice(at, at + 19))?.[0] ?? ''
  const width = widthOf(part, rest, digits.length, dialect)
  const number = digits.slice(0, width)
  if (number === '' || number === '-' || (dialect === 'java.time' && !isFixedEnough(part, number)))
    return -1
  if (letter === 'S' && dialect === 'java.time') {
    found.set('ms', Number(number.slice(0, 3).padEnd(3, '0')))
  } else if (letter === 'S') found.set('ms', Number(number))
  else found.set(letter, yearOf(part, number, dialect))
  return at + number.length
}

const isText = ({ letter, count }: FieldPart): boolean =>
  letter === 'a' || letter === 'E' || letter === 'G' || ('MLec'.includes(letter) && count >= 3)

/** How many of the digits at hand belong to the field. */
function widthOf(
  { letter, count }: FieldPart,
  rest: readonly PatternPart[],
  available: number,
  dialect: PatternDialect,
): number {
  const next = rest[0]
  const isAdjacent = next?.kind === 'field' && !isText(next) && !'XxZz'.includes(next.letter)
  if (dialect === 'simple') return isAdjacent ? count : available
  if (letter === 'S' || count === 2 || (count === 3 && letter === 'D')) return count
  if (!isAdjacent) return available
  let reserved = 0
  for (const part of rest) {
    if (part.kind !== 'field' || isText(part) || part.count === 1) break
    reserved += part.count
  }
  return Math.max(count, available - reserved)
}

function isFixedEnough({ letter, count }: FieldPart, number: string): boolean {
  if (number.startsWith('-')) return letter === 'u' && number.length > count
  return number.length >= count || count === 1
}

/** Two digits of a year: from 2000 in java.time; in the older class the nearest, 80 years back and 20 ahead (of 2020). */
function yearOf({ letter, count }: FieldPart, number: string, dialect: PatternDialect): number {
  const value = Number(number)
  if ((letter !== 'y' && letter !== 'u') || count !== 2 || number.length !== 2) return value
  return dialect === 'java.time' || value <= 40 ? 2000 + value : 1900 + value
}

function readName(
  letter: string,
  count: number,
  text: string,
  at: number,
  found: Found,
  dialect: PatternDialect,
): number {
  const names: readonly string[] =
    letter === 'a'
      ? ['AM', 'PM']
      : letter === 'G'
        ? ['BC', 'AD']
        : 'ML'.includes(letter)
          ? MONTHS
          : DAYS
  const isShort = count <= 3
  const fold = (s: string) => (dialect === 'simple' ? s.toLowerCase() : s)
  const rest = fold(text.slice(at, at + 12))
  for (const full of dialect === 'simple' ? [true, false] : [!isShort]) {
    for (const [i, name] of names.entries()) {
      const wanted = full ? name : name.slice(0, 3)
      if (!rest.startsWith(fold(wanted))) continue
      found.set('ML'.includes(letter) ? 'M' : letter, 'ML'.includes(letter) ? i + 1 : i)
      return at + wanted.length
    }
  }
  return -1
}

function readOffset(text: string, at: number, found: Found): number {
  const match = /^(?:Z|(?:GMT|UTC)?([+-])(\d{2}):?(\d{2})?|GMT|UTC)/.exec(text.slice(at))
  if (match === null) return -1
  const minutes = Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0)
  found.set('X', (match[1] === '-' ? 0 - minutes : minutes) * 60_000)
  return at + match[0].length
}

function hourOf(found: Found): number {
  const hour = found.get('H')
  if (hour !== undefined) return hour
  const k = found.get('k')
  if (k !== undefined) return k % 24
  const half = found.get('K') ?? found.get('h')
  const isHalf = found.has('a') || !found.has('h')
  return half === undefined ? 0 : (isHalf ? half % 12 : half) + 12 * (found.get('a') ?? 0)
}

function resolveSmart(found: Found): number | null {
  const year = found.get('y') ?? found.get('u') ?? 1970
  const dayOfYear = found.get('D')
  const halfHour = found.get('h') ?? found.get('K')
  if (halfHour !== undefined && halfHour > 12) return null
  const hour = found.has('h') && !found.has('a') && !found.has('H') ? 0 : hourOf(found)
  const month = found.get('M') ?? found.get('L') ?? 1
  const day = found.get('d') ?? 1
  const ms = smartLocalMs(year, month, day, hour, found.get('m') ?? 0, found.get('s') ?? 0)
  if (ms === null) return null
  const shift = dayOfYear === undefined ? 0 : (dayOfYear - 1) * MS_PER_DAY
  return ms + shift + (found.get('ms') ?? 0)
}

function resolveLenient(found: Found): number {
  const year = found.get('y') ?? found.get('Y') ?? 1970
  const month = found.get('M') ?? found.get('L') ?? 1
  const day = found.get('D') ?? found.get('d') ?? 1
  const days = daysFromCivil(year, found.has('D') ? 1 : month, day)
  const seconds = hourOf(found) * 3600 + (found.get('m') ?? 0) * 60 + (found.get('s') ?? 0)
  return days * MS_PER_DAY + seconds * 1000 + (found.get('ms') ?? 0)
}
