// Expected answers are those of Flink 2.2.1.

import { describe, expect, it } from 'vitest'
import { types } from '../../../src/types/data-type.ts'
import type { Typed } from '../support/call.ts'
import { call } from '../support/call.ts'

const int = (v: number | null): Typed => [types.int, v]
const tiny = (v: number): Typed => [types.tinyint, v]
const big = (v: number | bigint): Typed => [types.bigint, v]
const dec = (v: number, precision: number, scale: number): Typed => [
  types.decimal(precision, scale),
  v,
]
const dbl = (v: number): Typed => [types.double, v]
const flt = (v: number): Typed => [types.float, v]
const MAX = 2n ** 63n - 1n
const DAY = 86_400_000

describe('operators', () => {
  it.each<[string, readonly Typed[], string]>([
    ['+', [int(2147483647), int(1)], 'INT NOT NULL -2147483648'],
    ['+', [tiny(127), tiny(1)], 'TINYINT NOT NULL -128'],
    ['+', [big(MAX), int(1)], 'BIGINT NOT NULL -9223372036854775808'],
    ['+', [int(1), dec(25, 2, 1)], 'DECIMAL(12, 1) NOT NULL "3.5"'],
    ['+', [flt(1), dbl(2)], 'FLOAT NOT NULL 3'],
    ['+', [dbl(1), flt(2)], 'DOUBLE NOT NULL 3'],
    ['+', [int(1), int(null)], 'INT null'],
    ['+', [[types.char(1), '1'], int(1)], 'cannot be applied to CHAR(1) NOT NULL and INT NOT NULL'],
    ['*', [big(MAX), int(2)], 'BIGINT NOT NULL -2'],
    ['*', [dec(15, 2, 1), [types.smallint, 1]], 'DECIMAL(8, 1) NOT NULL "1.5"'],
    ['/', [int(-7), int(2)], 'INT NOT NULL -3'],
    ['/', [int(7), dec(20, 2, 1)], 'DECIMAL(17, 6) NOT NULL "3.500000"'],
    ['/', [dec(10, 2, 1), int(3)], 'DECIMAL(13, 12) NOT NULL "0.333333333333"'],
    ['%', [int(-7), int(3)], 'INT NOT NULL -1'],
    ['%', [big(1), tiny(3)], 'TINYINT NOT NULL 1'],
    ['%', [dec(55, 2, 1), int(2)], 'DECIMAL(2, 1) NOT NULL "1.5"'],
    ['MOD', [dbl(5.5), int(2)], 'needs exact numbers, not DOUBLE NOT NULL'],
    ['-', [tiny(-128)], 'TINYINT NOT NULL -128'],
    [
      '-',
      [
        [types.date, 19_753],
        [types.date, 19_752],
        [types.char(3), 'DAY'],
      ],
      `INTERVAL SECOND(3) NOT NULL ${DAY}`,
    ],
  ])('%s of %o', (name, args, expected) => {
    expect(call(name, args)).toBe(expected)
  })

  it('refuse to divide integers and decimals by zero', () => {
    for (const args of [
      [int(7), int(0)],
      [big(7), big(0)],
      [dec(10, 2, 1), int(0)],
    ]) {
      expect(() => call('/', args)).toThrow(/division by zero/)
      expect(() => call('%', args)).toThrow(/division by zero/)
    }
  })
})

describe('points in time and intervals', () => {
  const day = (n: number): Typed => [types.intervalDay(), n * DAY]
  const month = (n: number): Typed => [types.intervalYear(), n]
  const january31: Typed = [types.date, 19_753]
  it.each<[string, readonly Typed[], string]>([
    ['+', [january31, month(1)], 'DATE NOT NULL "2024-02-29"'],
    ['+', [january31, day(1)], 'DATE NOT NULL "2024-02-01"'],
    ['+', [january31, day(1.5)], 'DATE NOT NULL "2024-02-01"'],
    ['-', [january31, month(12)], 'DATE NOT NULL "2023-01-31"'],
    ['+', [[types.timestamp(3), 0], month(1)], 'TIMESTAMP(3) NOT NULL "1970-02-01 00:00:00.000"'],
    [
      '+',
      [
        [types.timestamp(0), 0],
        [types.intervalDay(), 1500],
      ],
      'TIMESTAMP(0) NOT NULL "1970-01-01 00:00:01"',
    ],
    [
      '+',
      [day(1), [types.timestamp(6), 123_456]],
      'TIMESTAMP(6) NOT NULL "1970-01-02 00:00:00.123456"',
    ],
    [
      '-',
      [
        [types.time(0), 36_000_000],
        [types.intervalDay(), 54_000_000],
      ],
      'TIME(0) NOT NULL "19:00:00"',
    ],
    ['+', [day(1), day(2)], `INTERVAL SECOND(3) NOT NULL ${3 * DAY}`],
    ['*', [day(1), int(2)], `INTERVAL SECOND(3) NOT NULL ${2 * DAY}`],
    ['-', [month(1)], 'INTERVAL MONTH NOT NULL -1'],
    [
      '+',
      [month(1), day(1)],
      'cannot be applied to INTERVAL MONTH NOT NULL and INTERVAL SECOND(3) NOT NULL',
    ],
  ])('%s of %o', (name, args, expected) => {
    expect(call(name, args)).toBe(expected)
  })
})

describe('numeric functions', () => {
  it.each<[string, readonly Typed[], string]>([
    ['ABS', [int(-2147483648)], 'INT NOT NULL -2147483648'],
    ['ABS', [dec(-15, 2, 1)], 'DECIMAL(2, 1) NOT NULL "1.5"'],
    ['SIGN', [dec(-325, 10, 2)], 'DECIMAL(10, 2) NOT NULL "-1.00"'],
    ['SIGN', [dbl(Number.NaN)], 'DOUBLE NOT NULL "NaN"'],
    ['CEIL', [dec(-12, 2, 1)], 'DECIMAL(2, 0) NOT NULL "-1"'],
    ['CEIL', [dec(999, 3, 2)], 'DECIMAL(3, 0) NOT NULL "10"'],
    ['FLOOR', [dec(-15, 2, 1)], 'DECIMAL(2, 0) NOT NULL "-2"'],
    ['ROUND', [dec(25, 2, 1)], 'DECIMAL(2, 0) NOT NULL "3"'],
    ['ROUND', [dec(12345, 5, 1), int(-2)], 'DECIMAL(5, 0) NOT NULL "1200"'],
    ['ROUND', [dbl(1.005), int(2)], 'DOUBLE NOT NULL 1.01'],
    ['ROUND', [flt(Math.fround(1.15)), int(1)], 'FLOAT NOT NULL 1.100000023841858'],
    ['ROUND', [tiny(125), int(-1)], 'TINYINT NOT NULL -126'],
    ['ROUND', [int(-1250), int(-2)], 'INT NOT NULL -1300'],
    ['TRUNCATE', [dec(-42345, 5, 3), int(1)], 'DECIMAL(4, 1) NOT NULL "-42.3"'],
    ['TRUNCATE', [dbl(42.345), int(2)], 'DOUBLE NOT NULL 42.34'],
    ['LOG', [int(2), int(8)], 'DOUBLE NOT NULL 3'],
    ['SQRT', [int(-1)], 'DOUBLE NOT NULL "NaN"'],
    ['BIN', [tiny(-1)], `STRING NOT NULL "${'1'.repeat(64)}"`],
    ['HEX', [[types.string, 'é']], 'STRING NOT NULL "C3A9"'],
    ['UNHEX', [[types.string, '616']], 'BYTES "0016"'],
    ['UNHEX', [[types.string, '6g']], 'BYTES null'],
    ['RAND', [int(1)], 'DOUBLE NOT NULL 0.7308781907032909'],
    ['RAND_INTEGER', [int(1), int(10)], 'INT NOT NULL 5'],
  ])('%s of %o', (name, args, expected) => {
    expect(call(name, args)).toBe(expected)
  })

  it('make UUIDs of version 4', () => {
    expect(call('UUID', [])).toMatch(
      /^CHAR\(36\) NOT NULL "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"$/,
    )
  })

  it('refuse to round NaN', () => {
    expect(() => call('ROUND', [dbl(Number.NaN), int(2)])).toThrow(/cannot round NaN/)
  })
})
