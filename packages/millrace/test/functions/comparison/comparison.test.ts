// Expected answers are those of Flink 2.2.1.

import { describe, expect, it } from 'vitest'
import { types } from '../../../src/types/data-type.ts'
import type { Typed } from '../support/call.ts'
import { call } from '../support/call.ts'

const int = (v: number | null): Typed => [types.int, v]
const text = (v: string | null): Typed => [types.string, v]
const dec = (v: number, precision: number, scale: number): Typed => [
  types.decimal(precision, scale),
  v,
]
const TRUE = 'BOOLEAN NOT NULL true'
const FALSE = 'BOOLEAN NOT NULL false'
const UNKNOWN = 'BOOLEAN null'

describe('comparisons', () => {
  it.each<[string, readonly Typed[], string]>([
    ['=', [int(1), dec(10, 2, 1)], TRUE],
    ['=', [dec(1, 38, 0), [types.decimal(38, 20), 10n ** 20n]], TRUE],
    [
      '=',
      [
        [types.char(3), 'a  '],
        [types.char(1), 'a'],
      ],
      FALSE,
    ],
    [
      '=',
      [
        [types.double, Number.NaN],
        [types.double, Number.NaN],
      ],
      TRUE,
    ],
    ['=', [text('2024-01-01'), [types.date, 19_723]], TRUE],
    ['=', [text('1'), int(1)], 'cannot compare STRING NOT NULL with INT NOT NULL'],
    [
      '=',
      [
        [types.timestamp(0), 0],
        [types.date, 0],
      ],
      'cannot compare TIMESTAMP(0) NOT NULL with DATE NOT NULL',
    ],
    ['<', [text('1'), dec(25, 2, 1)], TRUE],
    ['<', [text('a'), text('B')], FALSE],
    [
      '<',
      [
        [types.bytes, Uint8Array.of(255)],
        [types.bytes, Uint8Array.of(2)],
      ],
      FALSE,
    ],
    [
      '<',
      [
        [types.array(types.int), [1]],
        [types.array(types.int), [2]],
      ],
      'values of ARRAY<INT> NOT NULL have no order',
    ],
    ['IS NOT DISTINCT FROM', [int(null), int(null)], TRUE],
    ['IS DISTINCT FROM', [int(1), int(null)], TRUE],
    ['BETWEEN', [int(2), int(null), int(1)], UNKNOWN.replace('null', 'false')],
    ['BETWEEN', [int(2), int(null), int(3)], UNKNOWN],
    ['BETWEEN', [int(2), int(3), int(1)], FALSE],
    ['BETWEEN SYMMETRIC', [int(2), int(3), int(1)], TRUE],
    ['NOT BETWEEN SYMMETRIC', [int(2), int(3), int(1)], FALSE],
    ['IN', [int(4), int(1), int(null)], UNKNOWN],
    ['IN', [int(1), int(1), int(null)], 'BOOLEAN true'],
    ['IN', [int(1), text('1'), text('2')], TRUE],
    ['IN', [text('abc'), int(1), int(2)], FALSE],
    ['NOT IN', [int(1), int(2), [types.null, null]], UNKNOWN],
    ['NOT IN', [int(3), int(1), int(2)], TRUE],
  ])('%s of %o', (name, args, expected) => {
    expect(call(name, args)).toBe(expected)
  })
})

describe('LIKE', () => {
  it.each<[string, string, string | undefined, boolean]>([
    ['abc', 'A%', undefined, false],
    ['', '%', undefined, true],
    ['abc', 'a.c', undefined, false],
    ['a%c', 'a\\%c', undefined, false],
    ['a%c', 'a#%c', '#', true],
    ['abc', 'a#%c', '#', false],
    ['\u{1F600}b', '_b', undefined, true],
    ['mississippi', 'm%iss%pi', undefined, true],
    ['mississippi', '%ss%ss%ss%', undefined, false],
    ['abc', '%b%', undefined, true],
    ['abc', '_b_', undefined, true],
    ['ab', 'a_%_', undefined, false],
  ])("'%s' LIKE '%s' ESCAPE %s", (value, pattern, escape, expected) => {
    const args = [value, pattern, ...(escape === undefined ? [] : [escape])].map(text)
    expect(call('LIKE', args)).toBe(expected ? TRUE : FALSE)
    expect(call('NOT LIKE', args)).toBe(expected ? FALSE : TRUE)
  })

  it('refuses an escape before an ordinary character, and at the end', () => {
    expect(() => call('LIKE', [text('abc'), text('a#bc'), text('#')])).toThrow(
      /invalid escape sequence/,
    )
    expect(() => call('LIKE', [text('abc'), text('abc#'), text('#')])).toThrow(
      /invalid escape sequence/,
    )
    expect(() => call('LIKE', [text('abc'), text('a%'), text('##')])).toThrow(
      /invalid escape character/,
    )
  })

  it('takes a pattern full of wildcards in its stride', () => {
    expect(call('LIKE', [text('a'.repeat(3000)), text(`${'%a'.repeat(30)}b`)])).toBe(FALSE)
  })
})

describe('SIMILAR TO', () => {
  it.each<[string, string, boolean]>([
    ['ab12', '[a-z]+[0-9]{2}', true],
    ['abc', 'a_c', true],
    ['abc', 'a(b|d)c', true],
    ['abc', '%b%', true],
    ['abc', 'b', false],
    ['abc', '[[:alpha:]]+', true],
    ['abc', '[^a]bc', false],
    ['aab', 'a{2}b?', true],
    ['a-c', '[a\\-b]-c', true],
    ['ab', 'a*b|c', true],
    ['aaaa', 'a{2,3}', false],
    ['', '(a|b)*', true],
  ])("'%s' against '%s'", (value, pattern, expected) => {
    expect(call('SIMILAR TO', [text(value), text(pattern)])).toBe(expected ? TRUE : FALSE)
  })

  it('refuses a malformed pattern', () => {
    expect(() => call('SIMILAR TO', [text('x'), text('[')])).toThrow(/invalid regular expression/)
  })

  it('is not exponential in nested repetition', () => {
    expect(call('SIMILAR TO', [text('a'.repeat(2000)), text('((a*)*)*b')])).toBe(FALSE)
  })
})
