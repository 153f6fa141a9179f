// Expected answers are those of Flink 2.2.1.

import { describe, expect, it } from 'vitest'
import type { DataType } from '../../../src/types/data-type.ts'
import { types } from '../../../src/types/data-type.ts'
import type { Typed } from '../support/call.ts'
import { call, cast } from '../support/call.ts'

const text = (v: string | null): Typed => [types.string, v]
const dbl = (v: number): Typed => [types.double, v]
const dec = (v: number | bigint, precision: number, scale: number): Typed => [
  types.decimal(precision, scale),
  v,
]
const noon = 1_704_448_800_000 // 2024-01-05 10:00:00 UTC

describe('casts', () => {
  it.each<[Typed, DataType, string]>([
    [dec(399, 3, 2), types.int, 'INT NOT NULL 3'],
    [dbl(1e20), types.int, 'INT NOT NULL 2147483647'],
    [dbl(1e20), types.tinyint, 'TINYINT NOT NULL -1'],
    [dbl(300.7), types.tinyint, 'TINYINT NOT NULL 44'],
    [[types.bigint, 2n ** 63n - 1n], types.int, 'INT NOT NULL -1'],
    [dec(99999999999999999999n, 20, 0), types.bigint, 'BIGINT NOT NULL 7766279631452241919'],
    [text(' 12 '), types.int, 'INT NOT NULL 12'],
    [text('-12.7'), types.bigint, 'BIGINT NOT NULL -12'],
    [text('.5'), types.int, 'INT NOT NULL 0'],
    [text('1d'), types.double, 'DOUBLE NOT NULL 1'],
    [text('-Infinity'), types.double, 'DOUBLE NOT NULL "-Infinity"'],
    [text('1e3'), types.decimal(10, 2), 'DECIMAL(10, 2) NOT NULL "1000.00"'],
    [text('-1.005'), types.decimal(5, 2), 'DECIMAL(5, 2) NOT NULL "-1.01"'],
    [[types.int, 123456], types.decimal(5, 2), 'DECIMAL(5, 2) NOT NULL null'],
    [dbl(2.345), types.decimal(5, 2), 'DECIMAL(5, 2) NOT NULL "2.35"'],
    [[types.boolean, true], types.decimal(5, 2), 'DECIMAL(5, 2) NOT NULL "1.00"'],
    [dec(5, 2, 1), types.boolean, 'BOOLEAN NOT NULL true'],
    [text('Y'), types.boolean, 'BOOLEAN NOT NULL true'],
    [[types.boolean, true], types.char(6), 'CHAR(6) NOT NULL "TRUE  "'],
    [dec(15, 2, 1), types.char(2), 'CHAR(2) NOT NULL "1."'],
    [text('a\u{1F600}c'), types.varchar(2), 'VARCHAR(2) NOT NULL "a\u{1F600}"'],
    [text('abc'), types.binary(5), 'BINARY(5) NOT NULL "6162630000"'],
    [[types.bytes, Uint8Array.of(0xff)], types.string, 'STRING NOT NULL "\uFFFD"'],
    [[types.bytes, Uint8Array.of(97, 98, 99)], types.binary(2), 'BINARY(2) NOT NULL "6162"'],
    [text('2024-1-5'), types.date, 'DATE NOT NULL "2024-01-05"'],
    [[types.timestamp(3), -1], types.date, 'DATE NOT NULL "1970-01-01"'],
    [[types.timestamp(3), noon + 123], types.time(0), 'TIME(0) NOT NULL "10:00:00"'],
    [
      [types.timestamp(3), noon],
      types.timestamp(9),
      'TIMESTAMP(9) NOT NULL "2024-01-05 10:00:00.000000000"',
    ],
    [
      [types.time(0), 37_230_000],
      types.timestamp(3),
      'TIMESTAMP(3) NOT NULL "1970-01-01 10:20:30.000"',
    ],
    [[types.intervalDay(), -93_784_567], types.string, 'STRING NOT NULL "-1 02:03:04.567"'],
    [[types.intervalYear(), 14], types.string, 'STRING NOT NULL "+1-02"'],
    [[types.int, 14], types.intervalDay('DAY'), 'INTERVAL SECOND(3) NOT NULL 1209600000'],
    [[types.array(types.int), [1, null]], types.string, 'STRING NOT NULL "[1, NULL]"'],
    [
      [types.map(types.string, types.int), new Map([['a', null]])],
      types.string,
      'STRING NOT NULL "{a=NULL}"',
    ],
    [
      [
        types.row([
          { name: 'a', type: types.int },
          { name: 'b', type: types.string },
        ]),
        [1, null],
      ],
      types.string,
      'STRING NOT NULL "(1, NULL)"',
    ],
    [
      [types.array(types.int), [1, 2]],
      types.array(types.string),
      'ARRAY<STRING> NOT NULL ["1","2"]',
    ],
    [[types.null, null], types.int, 'INT null'],
  ])('of %o to %o', (from, to, expected) => {
    expect(cast(from, to)).toBe(expected)
  })

  it.each<[number, string]>([
    [1, '1.0'],
    [123456789, '1.23456789E8'],
    [1234567, '1234567.0'],
    [10_000_000, '1.0E7'],
    [0.001, '0.001'],
    [0.0001, '1.0E-4'],
    [1e21, '1.0E21'],
    [-0, '-0.0'],
    [5e-324, '4.9E-324'],
    [Number.NaN, 'NaN'],
    [-Infinity, '-Infinity'],
    [144275.79954475677, '144275.79954475677'],
  ])('of the DOUBLE %d to text as Java prints it', (value, expected) => {
    expect(cast(dbl(value), types.string)).toBe(`STRING NOT NULL ${JSON.stringify(expected)}`)
  })

  it.each<[number, string]>([
    [1.1, '1.1'],
    [16777216, '1.6777216E7'],
    [3.4028235e38, '3.4028235E38'],
    [100000000, '1.0E8'],
    [-102.5, '-102.5'],
  ])('of the FLOAT %d to text by the digits of 32 bits', (value, expected) => {
    expect(cast([types.float, Math.fround(value)], types.string)).toBe(
      `STRING NOT NULL "${expected}"`,
    )
  })

  it('between TIMESTAMP and TIMESTAMP_LTZ go through the session time zone', () => {
    const options = { timeZone: 'America/New_York' }
    expect(cast([types.timestamp(3), noon], types.timestampLtz(3), options)).toBe(
      'TIMESTAMP_LTZ(3) NOT NULL "2024-01-05 15:00:00.000Z"',
    )
    expect(cast([types.timestampLtz(3), noon], types.timestamp(3), options)).toBe(
      'TIMESTAMP(3) NOT NULL "2024-01-05 05:00:00.000"',
    )
    expect(cast([types.timestampLtz(3), noon], types.string, options)).toBe(
      'STRING NOT NULL "2024-01-05 05:00:00.000"',
    )
    expect(cast(text('2024-01-05 05:00:00'), types.timestampLtz(3), options)).toBe(
      'TIMESTAMP_LTZ(3) NOT NULL "2024-01-05 10:00:00.000Z"',
    )
    expect(cast([types.timestampLtz(3), 0], types.date, options)).toBe('DATE NOT NULL "1969-12-31"')
  })

  it.each<[string, DataType]>([
    ['1e3', types.int],
    ['', types.int],
    ['-', types.int],
    ['12.a', types.int],
    ['128', types.tinyint],
    ['0x10', types.double],
    ['nan', types.double],
    ['123456', types.decimal(5, 2)],
    ['on', types.boolean],
    [' TRUE ', types.boolean],
    ['2024-02-30', types.date],
    ['25:00:00', types.time(0)],
    ['2024-01-05T10:00:00', types.timestamp(3)],
  ])("of '%s' to %o are errors, and NULL when tried", (value, to) => {
    expect(() => cast(text(value), to)).toThrow(/cannot cast/)
    expect(cast(text(value), to, { safe: true })).toMatch(/ null$/)
  })

  it('that are tried are nullable, and NULL as a whole when an element fails', () => {
    expect(cast(text('12'), types.int, { safe: true })).toBe('INT 12')
    expect(
      cast([types.array(types.string), ['1', 'x']], types.array(types.int), { safe: true }),
    ).toBe('ARRAY<INT> null')
  })

  it.each<[DataType, DataType]>([
    [types.boolean, types.date],
    [types.date, types.int],
    [types.int, types.timestamp(3)],
    [types.timestamp(3), types.bigint],
    [types.bytes, types.int],
    [types.array(types.int), types.int],
    [types.time(0), types.date],
  ])('from %o to %o do not exist', (from, to) => {
    expect(cast([from, null], to)).toMatch(/^cannot cast/)
  })
})

describe('TYPEOF', () => {
  it('names the type of its argument', () => {
    expect(call('TYPEOF', [[types.char(3), 'abc']])).toBe('STRING "CHAR(3) NOT NULL"')
    expect(call('TYPEOF', [text(null), [types.boolean, true]])).toBe('STRING "VARCHAR(2147483647)"')
  })
})
