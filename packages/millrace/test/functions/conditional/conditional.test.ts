// Expected answers are those of Flink 2.2.1.

import { describe, expect, it } from 'vitest'
import { types } from '../../../src/types/data-type.ts'
import type { Typed } from '../support/call.ts'
import { call } from '../support/call.ts'

const int = (v: number | null): Typed => [types.int, v]
const dec = (v: number): Typed => [types.decimal(2, 1), v]
const char = (v: string): Typed => [types.char(v.length), v]
const bool = (v: boolean | null): Typed => [types.boolean, v]

describe('conditional functions', () => {
  it.each<[string, readonly Typed[], string]>([
    ['COALESCE', [int(null), int(5)], 'INT NOT NULL 5'],
    ['COALESCE', [int(1), dec(25)], 'DECIMAL(11, 1) NOT NULL "1.0"'],
    ['COALESCE', [int(null), int(null)], 'INT null'],
    ['COALESCE', [int(null), char('a')], 'has no common type for INT, CHAR(1) NOT NULL'],
    ['IFNULL', [char('abc'), char('a')], 'CHAR(3) NOT NULL "abc"'],
    ['IFNULL', [int(null), [types.bigint, null]], 'BIGINT null'],
    ['NULLIF', [int(1), dec(10)], 'INT null'],
    ['NULLIF', [int(1), int(null)], 'INT 1'],
    ['IF', [bool(true), int(1), dec(25)], 'DECIMAL(11, 1) NOT NULL "1.0"'],
    ['IF', [bool(null), int(1), int(2)], 'INT 2'],
    ['IF', [bool(false), char('abc'), char('a')], 'VARCHAR(3) NOT NULL "a"'],
    ['IF', [int(1), int(1), int(2)], 'needs a BOOLEAN as argument 1, not INT NOT NULL'],
    ['GREATEST', [int(1), dec(25)], 'DECIMAL(11, 1) NOT NULL "2.5"'],
    ['GREATEST', [int(1), int(null)], 'INT null'],
    ['GREATEST', [[types.double, Number.NaN], int(1)], 'DOUBLE NOT NULL "NaN"'],
    ['LEAST', [[types.double, Number.NaN], int(1)], 'DOUBLE NOT NULL 1'],
    [
      'LEAST',
      [
        [types.float, 1],
        [types.double, 2],
      ],
      'DOUBLE NOT NULL 1',
    ],
    ['IS_ALPHA', [char('ab1')], 'BOOLEAN NOT NULL false'],
    ['IS_DECIMAL', [char('1e5')], 'BOOLEAN NOT NULL true'],
    ['IS_DIGIT', [[types.string, null]], 'BOOLEAN NOT NULL false'],
    ['IS_DIGIT', [int(5)], 'BOOLEAN NOT NULL true'],
    ['NOT', [bool(null)], 'BOOLEAN null'],
    ['IS NOT FALSE', [bool(null)], 'BOOLEAN NOT NULL true'],
    ['IS UNKNOWN', [bool(true)], 'BOOLEAN NOT NULL false'],
  ])('%s of %o', (name, args, expected) => {
    expect(call(name, args)).toBe(expected)
  })
})
