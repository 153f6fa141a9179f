// Writes local times by Java's date patterns.

import {
  civilFromDays,
  dayOfYear,
  daysFromCivil,
  isoDayOfWeek,
  MS_PER_DAY,
} from '../../types/calendar.ts'
import { memoize } from '../scalar-function.ts'
import {
  DAYS,
  MONTHS,
  type PatternDialect,
  type PatternPart,
  parsePattern,
} from './date-pattern.ts'

/** Writes a local time: ms since a local 1970-01-01, nanoseconds below them, the zone's offset in ms. */
export type PatternWriter = (localMs: number, nanos: number, offsetMs: number) => string

const writers: Readonly<Record<PatternDialect, (pattern: string) => PatternWriter | undefined>> = {
  'java.time': memoize(pattern => compile(pattern, 'java.time')),
  simple: memoize(pattern => compile(pattern, 'simple')),
}

/** The writer of a pattern; `undefined` when the pattern is malformed. */
export function patternWriter(pattern: string, dialect: PatternDialect): PatternWriter | undefined {
  return writers[dialect](pattern)
}

interface Fields {
  readonly days: number
  readonly year: number
  readonly month: number
  readonly day: number
  /** Ms of the day. */
  readonly time: number
  /** Nanoseconds of the second. */
  readonly nano: number
  readonly offsetMs: number
}

type FieldWriter = (f: Fields) => string

function compile(pattern: string, dialect: PatternDialect): PatternWriter | undefined {
  const parts = parsePattern(pattern, dialect)
  if (parts === undefined) return undefined
  const fields = flatten(parts).map(part =>
    part.kind === 'literal' ? () => part.text : fieldWriter(part.letter, part.count, dialect),
  )
  return (localMs, nanos, offsetMs) => {
    const days = Math.floor(localMs / MS_PER_DAY)
    const time = localMs - days * MS_PER_DAY
    const nano = (time % 1000) * 1_000_000 + nanos
    const f: Fields = { ...civilFromDays(days), days, time, nano, offsetMs }
    let text = ''
    for (const write of fields) text += write(f)
    return text
  }
}

function flatten(parts: readonly PatternPart[]): Exclude<PatternPart, { kind: 'optional' }>[] {
  return parts.flatMap(part => (part.kind === 'optional' ? flatten(part.parts) : [part]))
}

const padded = (n: number, width: number): string =>
  n < 0 ? `-${`${0 - n}`.padStart(width, '0')}` : `${n}`.padStart(width, '0')

function fieldWriter(letter: string, count: number, dialect: PatternDialect): FieldWriter {
  const number =
    (read: (f: Fields) => number): FieldWriter =>
    f =>
      padded(read(f), count)
  const year = (read: (f: Fields) => number): FieldWriter =>
    count === 2 ? f => padded(read(f) % 100, 2) : number(read)
  const hour = (f: Fields): number => Math.floor(f.time / 3_600_000)
  switch (letter) {
    case 'y':
      return year(f => (f.year > 0 ? f.year : 1 - f.year))
    case 'u':
      return dialect === 'simple' ? number(f => isoDayOfWeek(f.days)) : year(f => f.year)
    case 'Y':
      return year(f => weekOfYear(f.days).year)
    case 'M':
    case 'L':
      return named(
        count,
        f => MONTHS[f.month - 1] as string,
        number(f => f.month),
        3,
      )
    case 'E':
      return named(
        Math.max(count, 3),
        f => DAYS[isoDayOfWeek(f.days) % 7] as string,
        number(f => f.day),
        3,
      )
    case 'e':
    case 'c':
      return named(
        count,
        f => DAYS[isoDayOfWeek(f.days) % 7] as string,
        number(f => (isoDayOfWeek(f.days) % 7) + 1),
        3,
      )
    case 'd':
      return number(f => f.day)
    case 'D':
      return number(f => dayOfYear(f.days))
    case 'F':
      return number(f => Math.floor((f.day - 1) / 7) + 1)
    case 'w':
      return number(f => weekOfYear(f.days).week)
    case 'W':
      return number(f => weekIn(f.days, f.days - f.day + 1))
    case 'Q':
    case 'q':
      return number(f => Math.ceil(f.month / 3))
    case 'G':
      return f => (f.year > 0 ? 'AD' : 'BC')
    case 'a':
      return f => (hour(f) < 12 ? 'AM' : 'PM')
    case 'H':
      return number(hour)
    case 'k':
      return number(f => hour(f) || 24)
    case 'K':
      return number(f => hour(f) % 12)
    case 'h':
      return number(f => hour(f) % 12 || 12)
    case 'm':
      return number(f => Math.floor(f.time / 60_000) % 60)
    case 's':
      return number(f => Math.floor(f.time / 1000) % 60)
    case 'S':
      return dialect === 'simple'
        ? number(f => f.time % 1000)
        : f => padded(f.nano, 9).slice(0, count).padEnd(count, '0')
    case 'A':
      return number(f => f.time)
    case 'n':
      return number(f => f.nano)
    case 'N':
      return f =>
        `${BigInt(Math.floor(f.time / 1000)) * 1_000_000_000n + BigInt(f.nano)}`.padStart(
          count,
          '0',
        )
    default: // X, x, Z, z
      return f => offsetText(f.offsetMs, letter, count)
  }
}

/** A name from `textFrom` letters on (short up to three), else a number. */
function named(
  count: number,
  name: FieldWriter,
  number: FieldWriter,
  textFrom: number,
): FieldWriter {
  if (count < textFrom) return number
  return count === 3 ? f => name(f).slice(0, 3) : name
}

function offsetText(offsetMs: number, letter: string, count: number): string {
  if (letter === 'X' && offsetMs === 0) return 'Z'
  const minutes = Math.floor(Math.abs(offsetMs) / 60_000)
  const colon = (letter === 'X' || letter === 'x') && count === 3 ? ':' : ''
  const hours = `${offsetMs < 0 ? '-' : '+'}${padded(Math.floor(minutes / 60), 2)}`
  if ((letter === 'X' || letter === 'x') && count === 1 && minutes % 60 === 0) return hours
  return `${hours}${colon}${padded(minutes % 60, 2)}`
}

/** Weeks of the United States: from Sunday, the first holds January 1st. */
function weekOfYear(days: number): { readonly year: number; readonly week: number } {
  const { year } = civilFromDays(days)
  const sunday = days - (isoDayOfWeek(days) % 7)
  const nextNewYear = daysFromCivil(year + 1, 1, 1)
  if (sunday + 6 >= nextNewYear) return { year: year + 1, week: 1 }
  return { year, week: weekIn(days, daysFromCivil(year, 1, 1)) }
}

/** The week of a day, counted from the one that holds `first`. */
function weekIn(days: number, first: number): number {
  return Math.floor((days - (first - (isoDayOfWeek(first) % 7))) / 7) + 1
}
