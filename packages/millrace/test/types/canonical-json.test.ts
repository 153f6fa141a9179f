// Canonical JSON: one text for each value, exact.

import { describe, expect, it } from 'vitest'
import { canonicalValue } from '../../src/types/canonical-json.ts'
import { type DataType, types } from '../../src/types/data-type.ts'
import type { Value } from '../../src/types/value.ts'

const ROW = types.row([
  { name: 'a', type: types.int },
  { name: '__proto__', type: types.array(types.string) },
])

describe('canonical JSON', () => {
  it.each<[string, DataType, Value, string]>([
    ['NULL', types.int, null, 'null'],
    ['BIGINT with all digits', types.bigint, 9_223_372_036_854_775_807n, '9223372036854775807'],
    ['DECIMAL with its scale', types.decimal(5, 2), 1230, '"12.30"'],
    ['DOUBLE', types.double, 1.5, '1.5'],
    ['NaN', types.double, Number.NaN, '"NaN"'],
    ['-Infinity', types.double, Number.NEGATIVE_INFINITY, '"-Infinity"'],
    ['STRING', types.string, 'a"\n', '"a\\"\\n"'],
    ['BYTES', types.bytes, Uint8Array.of(0, 171), '"00ab"'],
    ['DATE', types.date, 19_782, '"2024-02-29"'],
    ['TIME(3)', types.time(3), 37_230_100, '"10:20:30.100"'],
    ['TIMESTAMP(0)', types.timestamp(0), 0, '"1970-01-01 00:00:00"'],
    ['TIMESTAMP(6) before 1970', types.timestamp(6), -1, '"1969-12-31 23:59:59.999999"'],
    ['TIMESTAMP_LTZ(3)', types.timestampLtz(3), 1, '"1970-01-01 00:00:00.001Z"'],
    ['INTERVAL', types.intervalDay(), 1_500, '1500'],
    ['ROW', ROW, [1, ['x', null]], '{"a":1,"__proto__":["x",null]}'],
    ['MAP of strings', types.map(types.string, types.int), new Map([['k', 1]]), '{"k":1}'],
    ['MAP of numbers', types.map(types.int, types.int), new Map([[2, 1]]), '[[2,1]]'],
    ['MULTISET', types.multiset(types.string), new Map([['k', 2]]), '{"k":2}'],
  ])('writes %s', (_, type, value, text) => {
    expect(canonicalValue(type)(value)).toBe(text)
  })
})
