// Strings with the escapes of C.

import { expect, it } from 'vitest'
import { decodeEscaped, endOfEscaped } from '../../src/sql/escaped-string.ts'

it.each([
  ['a\\nb', 'a\nb'],
  ['\\x41\\u00e9\\101', 'A\u00e9A'],
  ["it\\'s", "it's"],
  ["it''s", "it's"],
  ['\\U0001F600', '\u{1f600}'],
  ['\\q\\\\', 'q\\'],
])('reads %s', (raw, text) => {
  expect(decodeEscaped(raw)).toBe(text)
  expect(endOfEscaped(`E'${raw}' x`, 2)).toBe(2 + raw.length)
})

it('finds no end of a string that has none', () => {
  expect(endOfEscaped("E'abc\\'", 2)).toBe(-1)
})
