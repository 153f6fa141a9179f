// Text of dates and times, and the precision of timestamps.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { types } from '../../src/types/data-type.ts'
import {
  addMonths,
  changePrecision,
  fromEpochMs,
  timestampOf,
  toEpochMs,
} from '../../src/types/temporal.ts'
import {
  formatDate,
  formatTime,
  formatTimeForCast,
  formatTimestamp,
  parseDate,
  parseTime,
  parseTimestamp,
} from '../../src/types/temporal-text.ts'
import type { Hybrid } from '../../src/types/value.ts'

const DAYS = fc.integer({ min: -719_000, max: 2_900_000 })

describe('dates', () => {
  it('are written as JavaScript writes them, and read back', () => {
    fc.assert(
      fc.property(DAYS, days => {
        const text = formatDate(days)
        expect(text).toBe(new Date(days * 86_400_000).toISOString().slice(0, 10))
        expect(parseDate(text)).toBe(days)
      }),
    )
  })

  it('take short months and days, a year alone, and a time after a space', () => {
    expect(parseDate('2024-2-9')).toBe(parseDate('2024-02-09'))
    expect(parseDate('2024')).toBe(parseDate('2024-01-01'))
    expect(parseDate('2024-02-29 01:02:03')).toBe(parseDate('2024-02-29'))
  })

  it.each(['2023-02-29', '2024-13-01', '2024-00-01', '10000-01-01', '', 'bad', '2024-02-x'])(
    'refuse %s',
    text => {
      expect(parseDate(text)).toBeNull()
    },
  )
})

describe('times of day', () => {
  it('round their milliseconds and take shorter forms', () => {
    expect(parseTime('10:20:30.1236')).toBe(37_230_124)
    expect(parseTime('10:11')).toBe(36_660_000)
    expect(parseTime('7')).toBe(25_200_000)
    expect(parseTime('10:x')).toBeNull()
    expect(parseTime('')).toBeNull()
  })

  it('are written with the decimals of their precision, a cast without zeros at the end', () => {
    expect(formatTime(37_230_100, 3)).toBe('10:20:30.100')
    expect(formatTimeForCast(37_230_100, 3)).toBe('10:20:30.1')
    expect(formatTimeForCast(37_230_000, 3)).toBe('10:20:30.0')
    expect(formatTimeForCast(37_230_000, 0)).toBe('10:20:30')
  })
})

describe('timestamps', () => {
  it.each([0, 3, 6, 9])('of precision %i are read back as written', precision => {
    fc.assert(
      fc.property(DAYS, fc.nat(86_399_999), fc.nat(999_999), (days, ms, nanos) => {
        fc.pre(precision !== 6 || Math.abs(days) < 90_000) // µs beyond 2255 are not exact numbers
        const value = timestampOf(days * 86_400_000 + ms, nanos, precision)
        expect(parseTimestamp(formatTimestamp(value, precision), precision)).toBe(value)
      }),
    )
  })

  it('cut digits off, of ms before 1970 towards 1970 when cast', () => {
    expect(parseTimestamp('2024-02-29 01:02:03.999', 0)).toBe(
      parseTimestamp('2024-02-29 01:02:03', 0),
    )
    expect(changePrecision(-1, 3, 0)).toBe(0)
    expect(changePrecision(1_999, 3, 0)).toBe(1_000)
    expect(changePrecision(1_234_567, 6, 9)).toBe(1_234_567_000)
  })

  it('take the 31st of a shorter month as its last day and 24:00 as the next midnight', () => {
    expect(parseTimestamp('2023-02-30', 3)).toBe(parseTimestamp('2023-02-28', 3))
    expect(parseTimestamp('2024-01-01 24:00:00', 3)).toBe(parseTimestamp('2024-01-02', 3))
  })

  it.each(['2024-01-01T10:00:00', '2024-01-01 10:00', '2024-01-32', '0000-01-01', '24:00:01'])(
    'refuse %s',
    text => {
      expect(parseTimestamp(text, 3)).toBeNull()
    },
  )

  it('are exact hybrids of nanoseconds', () => {
    const value = parseTimestamp('2024-02-29 01:02:03.456789123', 9) as Hybrid
    expect(value).toBe(1_709_168_523_456_789_123n)
    expect(toEpochMs(value, types.timestamp(9))).toBe(1_709_168_523_456)
    expect(fromEpochMs(-1, types.timestamp(6))).toBe(-1_000)
    expect(toEpochMs(-1n * 10n ** 16n - 1n, types.timestamp(9))).toBe(-10_000_000_001)
  })

  it('keep the time of day when months are added, and end with the month', () => {
    const from = parseTimestamp('2024-01-31 10:00:00.123456', 6) as Hybrid
    expect(formatTimestamp(addMonths(from, 13, 6), 6)).toBe('2025-02-28 10:00:00.123456')
    expect(formatTimestamp(addMonths(from, -2, 6), 6)).toBe('2023-11-30 10:00:00.123456')
  })
})
