// What is written as JSON reads back as it was, however its text is put together.

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ByteWriter } from '../../../src/format/byte-writer.ts'
import { jsonFormat } from '../../../src/runner/formats/json/json-format.ts'
import { types as t } from '../../../src/types/data-type.ts'
import type { Row } from '../../../src/types/value.ts'

const schema = [
  { name: 's', type: t.string },
  { name: 'n', type: t.bigint },
  { name: 'ts', type: t.timestamp(3) },
]
// One encoder and one buffer for all, as in a program.
const encode = jsonFormat.createEncoder(schema, new Map())
const out = new ByteWriter(16)

function written(row: Row): string {
  encode(out, 0, row)
  return Buffer.from(out.take()).toString()
}

const text = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  // Long and plain but for one character.
  fc
    .tuple(fc.nat(90), fc.nat(90), fc.constantFrom('"', '\\', '\n', '\u007F', 'é', '漢', '\uD800'))
    .map(([before, after, odd]) => `${'a'.repeat(before)}${odd}${'b'.repeat(after)}`),
)
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -20, max: 20 }),
  fc.nat(9).chain(digits => fc.constantFrom(10 ** digits - 1, 10 ** digits, 10 ** digits + 1)),
)
// Years 1 to 9999, often within a day.
const time = fc.oneof(
  fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }),
  fc.integer({ min: 1_767_139_200_000, max: 1_767_312_000_000 }),
)

it('text, whole numbers and times', () => {
  fc.assert(
    fc.property(text, number, time, (s, n, ms) => {
      const read = JSON.parse(written([s, n, ms])) as { s: string; n: number; ts: string }
      expect(read.s).toBe(s.toWellFormed())
      expect(read.n).toBe(n)
      expect(Date.parse(`${read.ts.replace(' ', 'T')}Z`)).toBe(ms)
    }),
    { numRuns: 2_000 },
  )
})

it('fields that are not NULL', () => {
  const some = jsonFormat.createEncoder(schema, new Map([['encode.ignore-null-fields', 'true']]))
  const field = fc.option(fc.nat(3))
  fc.assert(
    fc.property(field, field, (n, ms) => {
      some(out, 0, [null, n, ms])
      const names = Object.keys(JSON.parse(Buffer.from(out.take()).toString()) as object)
      expect(names).toEqual([...(n === null ? [] : ['n']), ...(ms === null ? [] : ['ts'])])
    }),
  )
})
