// Dates, times and timestamps from ASCII text in bytes: fixed positions, no strings, no Date.

import { MS_PER_DAY, daysFromCivil, daysInMonth } from '../../../types/calendar.ts'
import { canonical } from '../../../types/integer.ts'
import type { Hybrid } from '../../../types/value.ts'

const BAD = -1

/** Two digits at `at`, or a negative number. */
function two(bytes: Uint8Array, at: number): number {
  const a = (bytes[at] as number) - 48
  const b = (bytes[at + 1] as number) - 48
  return a >= 0 && a <= 9 && b >= 0 && b <= 9 ? a * 10 + b : BAD
}

/** `yyyy-MM-dd`: days since 1970-01-01. */
export function readDate(bytes: Uint8Array, start: number, end: number): number | undefined {
  return end - start === 10 ? readDay(bytes, start) : undefined
}

// Neighbouring records mostly fall on one day: its digits, packed, and what they gave; 1970-01-01 at first.
let lastYear = 0x31393730
let lastMonthDay = 0x30313031
let lastDay = 0

function readDay(bytes: Uint8Array, at: number): number | undefined {
  if (bytes[at + 4] !== 45 || bytes[at + 7] !== 45) return undefined
  const year = packed(bytes, at, at + 2)
  const monthDay = packed(bytes, at + 5, at + 8)
  if (year === lastYear && monthDay === lastMonthDay) return lastDay
  const day = readOtherDay(bytes, at)
  if (day === undefined) return undefined
  lastYear = year
  lastMonthDay = monthDay
  lastDay = day
  return day
}

/** Two bytes at `a` and two at `b`, as one number. */
function packed(bytes: Uint8Array, a: number, b: number): number {
  return (
    ((bytes[a] as number) << 24) |
    ((bytes[a + 1] as number) << 16) |
    ((bytes[b] as number) << 8) |
    (bytes[b + 1] as number)
  )
}

function readOtherDay(bytes: Uint8Array, at: number): number | undefined {
  const high = two(bytes, at)
  const low = two(bytes, at + 2)
  const month = two(bytes, at + 5)
  const day = two(bytes, at + 8)
  if (high < 0 || low < 0) return undefined
  if (month < 1 || month > 12 || day < 1) return undefined
  const year = high * 100 + low
  if (day > 28 && day > daysInMonth(year, month)) return undefined
  return daysFromCivil(year, month, day)
}

/** `HH:mm[:ss[.fraction]]`: milliseconds of the day. */
export function readTime(bytes: Uint8Array, start: number, end: number): number | undefined {
  const clock = readClock(bytes, start, end)
  if (clock === undefined || zoneStart(bytes, start, end) !== end) return undefined
  return clock * 1000 + readFraction(bytes, start + 8, end, 3)
}

/** Where a zone begins in a clock text (`Z`, `+hh:mm`, `-hh:mm`), or its end. */
function zoneStart(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const c = bytes[at] as number
    if (c === 90 || c === 122 || c === 43 || c === 45) return at
  }
  return end
}

/** Seconds of the day of `HH:mm[:ss[.f…]]` in `[at, end)`. */
function readClock(bytes: Uint8Array, at: number, end: number): number | undefined {
  const length = end - at
  const hour = two(bytes, at)
  const minute = two(bytes, at + 3)
  if (length < 5 || hour < 0 || hour > 23 || bytes[at + 2] !== 58) return undefined
  if (minute < 0 || minute > 59) return undefined
  if (length === 5) return hour * 3600 + minute * 60
  const second = two(bytes, at + 6)
  if (length < 8 || bytes[at + 5] !== 58 || second < 0 || second > 59) return undefined
  if (length > 8) {
    if (bytes[at + 8] !== 46 || length === 9 || length > 18) return undefined
    for (let i = at + 9; i < end; i++) {
      const digit = (bytes[i] as number) - 48
      if (digit < 0 || digit > 9) return undefined
    }
  }
  return hour * 3600 + minute * 60 + second
}

/** Milliseconds of the day of `HH:mm:ss.SSS`, the layout that nearly all data has; negative when it is not this. */
function readMillis(bytes: Uint8Array, at: number): number {
  const hour = two(bytes, at)
  const minute = two(bytes, at + 3)
  const second = two(bytes, at + 6)
  const high = two(bytes, at + 9)
  const low = (bytes[at + 11] as number) - 48
  if (bytes[at + 2] !== 58 || bytes[at + 5] !== 58 || bytes[at + 8] !== 46) return BAD
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return BAD
  if (high < 0 || low < 0 || low > 9) return BAD
  return ((hour * 60 + minute) * 60 + second) * 1000 + high * 10 + low
}

/** The first `count` digits after the point at `at`, missing ones being 0. */
function readFraction(bytes: Uint8Array, at: number, end: number, count: number): number {
  let value = 0
  for (let i = 1; i <= count; i++)
    value = value * 10 + (at + i < end ? (bytes[at + i] as number) - 48 : 0)
  return value
}

/** Offset of a zone text in ms; `undefined` when it is none. */
function readZone(bytes: Uint8Array, at: number, end: number): number | undefined {
  const c = bytes[at] as number
  if (c === 90 || c === 122) return end - at === 1 ? 0 : undefined
  const hour = two(bytes, at + 1)
  const length = end - at
  const minute = length === 3 ? 0 : two(bytes, length === 6 ? at + 4 : at + 3)
  if (length !== 3 && length !== 5 && !(length === 6 && bytes[at + 3] === 58)) return undefined
  if (hour < 0 || hour > 18 || minute < 0 || minute > 59) return undefined
  return (c === 45 ? -1 : 1) * (hour * 60 + minute) * 60_000
}

/**
 * A reader of `yyyy-MM-dd HH:mm[:ss[.fraction]]`, with `T` in place of the space, and an optional zone: `Z` or `±hh:mm`.
 *
 * Flink demands the separator that `timestamp-format.standard` names; here both are read under either. A text with a zone other
 * than `Z` is no TIMESTAMP; a TIMESTAMP_LTZ without one is taken as UTC. Digits beyond `precision` are cut off.
 */
export function createTimestampReader(precision: number, isLocal: boolean) {
  const fractionDigits = precision <= 3 ? 3 : precision <= 6 ? 6 : 9
  const perMs = 10 ** (fractionDigits - 3)
  const dropped = 10 ** Math.max(0, fractionDigits - precision)
  return (bytes: Uint8Array, start: number, end: number): Hybrid | undefined => {
    // The layout that nearly all data has: yyyy-MM-dd HH:mm:ss.SSS
    const separator = bytes[start + 10]
    if (end - start < 16 || (separator !== 32 && separator !== 84)) return undefined
    const day = readDay(bytes, start)
    if (day === undefined) return undefined
    const clockStart = start + 11
    if (fractionDigits === 3 && dropped === 1 && end - start === 23) {
      const clock = readMillis(bytes, clockStart)
      if (clock >= 0) return day * MS_PER_DAY + clock
    }
    const clockEnd = zoneStart(bytes, clockStart + 5, end)
    const seconds = readClock(bytes, clockStart, clockEnd)
    if (seconds === undefined) return undefined
    let zoneMs = 0
    if (clockEnd < end) {
      const zone = readZone(bytes, clockEnd, end)
      if (zone === undefined || (!isLocal && zone !== 0)) return undefined
      zoneMs = zone
    }
    let fraction = readFraction(bytes, clockStart + 8, clockEnd, fractionDigits)
    if (dropped > 1) fraction -= fraction % dropped
    const ms = day * MS_PER_DAY + seconds * 1000 - zoneMs
    if (fractionDigits === 3) return ms + fraction
    const scaled = ms * perMs + fraction
    return Number.isSafeInteger(scaled)
      ? scaled
      : canonical(BigInt(ms) * BigInt(perMs) + BigInt(fraction))
  }
}
