// JSON over random records: the decoder reads what JSON.parse reads, and what the encoder writes reads back.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../../../src/format/byte-writer.ts'
import { jsonFormat } from '../../../src/runner/formats/json/json-format.ts'
import { types as t } from '../../../src/types/data-type.ts'
import type { DataType } from '../../../src/types/data-type.ts'
import { canonical } from '../../../src/types/integer.ts'
import type { Schema } from '../../../src/types/schema.ts'
import type { Row, Value } from '../../../src/types/value.ts'
import { compileDecoder, decodeText } from './decode.ts'

// No name that is a lone backslash: Node 24's JSON.parse reads `{"a":1,"\u0061":2}` as `{"a":1,"\\":2}` once it has seen an
// object with the names `a` and `\`.
const names = [
  'a',
  'b',
  'price',
  '__proto__',
  'constructor',
  'é',
  'a b',
  'q"',
  'long_name_that_has_more_than_32_bytes',
  '',
]
const name = fc.constantFrom(...names)
const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
)

/** JSON text of a record with repeated names, odd spacing and escapes, as someone else's encoder might write it. */
const { value } = fc.letrec<{ value: string; array: string; object: string }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    scalar.map(v => JSON.stringify(v)),
    tie('array'),
    tie('object'),
  ),
  array: fc
    .tuple(fc.array(tie('value'), { maxLength: 4 }), space())
    .map(([v, s]) => `[${s}${v.join(`${s},`)}${s}]`),
  object: objectText(tie('value')),
}))
const record = objectText(value)

function space() {
  return fc.constantFrom('', '', ' ', '\t', ' \r ')
}

function objectText(of: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const member = fc.tuple(name, of, space(), fc.boolean()).map(([n, v, s, escapes]) => {
    const key = JSON.stringify(n)
    const escaped =
      escapes && n !== ''
        ? `"\\u${n.charCodeAt(0).toString(16).padStart(4, '0')}${key.slice(n.length > 1 && /["\\]/.test(n[0]!) ? 3 : /["\\]/.test(n[0]!) ? 3 : 2)}`
        : key
    return `${s}${escaped}${s}:${s}${v}${s}`
  })
  return fc.array(member, { maxLength: 8 }).map(members => `{${members.join(',')}}`)
}

/** What a STRING column holds of a value, by JSON.parse. */
const asString = (v: unknown): unknown => (v === undefined ? null : v)

describe('the JSON decoder', () => {
  it('reads any projection of strings as JSON.parse does', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 5 }),
        fc.uniqueArray(name, { maxLength: 4 }),
        (records, wanted) => {
          const schema: Schema = wanted.map(n => ({ name: n, type: t.string }))
          const { rows, problems } = decodeText(jsonFormat, schema, `${records.join('\n')}\n`)
          expect(problems).toEqual([])
          records.forEach((text, i) => {
            const parsed = JSON.parse(text) as object
            wanted.forEach((n, c) => {
              const expected = asString(Object.getOwnPropertyDescriptor(parsed, n)?.value)
              const actual = rows[i]![c]
              if (typeof expected === 'string' || expected === null) expect(actual).toBe(expected)
              else expect(JSON.parse(actual as string)).toEqual(expected)
            })
          })
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('finds every truncation of a record malformed and recovers at the next line', () => {
    const schema: Schema = [{ name: 'a', type: t.string }]
    const decode = compileDecoder(jsonFormat, schema)
    fc.assert(
      fc.property(record, fc.nat(), (text, cut) => {
        const bytes = Buffer.from(text)
        const length = 1 + (cut % Math.max(1, bytes.length - 1))
        if (length >= bytes.length) return
        const part = bytes.subarray(0, length)
        const { rows, problems } = decode(Buffer.concat([part, Buffer.from('\n{"a":"next"}\n')]))
        expect(problems).toHaveLength(1)
        expect(rows).toEqual([['next']])
        // Nor does it look at what lies behind the end of the batch.
        expect(decode(Buffer.concat([part, bytes.subarray(length)]), 0, length).rows).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})

const nullable = (arbitrary: fc.Arbitrary<Value>) =>
  fc.option(arbitrary, { freq: 6 }) as fc.Arbitrary<Value>
const text = fc.string({ unit: 'grapheme', maxLength: 100 })
const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(canonical)
const columns: readonly [DataType, fc.Arbitrary<Value>][] = [
  [t.boolean, fc.boolean()],
  [t.tinyint, fc.integer({ min: -128, max: 127 })],
  [t.int, fc.integer()],
  [t.bigint, long],
  [t.double, fc.double({ noNaN: true, noDefaultInfinity: true }).map(x => x + 0)],
  [t.double, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)],
  [t.decimal(38, 10), fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }).map(canonical)],
  [t.decimal(10, 9), fc.integer({ min: -1000, max: 1000 })],
  [t.string, text],
  [t.bytes, fc.uint8Array({ maxLength: 20 }) as fc.Arbitrary<Value>],
  [t.date, fc.integer({ min: -700_000, max: 2_000_000 })],
  [t.time(3), fc.integer({ min: 0, max: 86_399_999 })],
  [t.timestamp(3), fc.integer({ min: -62_000_000_000_000, max: 250_000_000_000_000 })],
  [t.timestamp(6), fc.integer({ min: -9_000_000_000_000_000, max: 9_000_000_000_000_000 })],
  [t.timestampLtz(9), fc.bigInt({ min: -(10n ** 19n), max: 10n ** 20n }).map(canonical)],
  [t.array(t.bigint), fc.array(nullable(long), { maxLength: 4 })],
  [t.map(t.string, t.int), fc.array(fc.tuple(text, fc.integer())).map(e => new Map(e))],
  [
    t.row([
      { name: 'x', type: t.string },
      { name: '__proto__', type: t.array(t.boolean) },
    ]),
    fc.tuple(nullable(text), nullable(fc.array(fc.boolean()))) as fc.Arbitrary<Value>,
  ],
]
const everything: Schema = columns.map(([type], i) => ({ name: `c${i}`, type }))
const anyRow = fc.tuple(...columns.map(([, a]) => nullable(a))) as fc.Arbitrary<Row>

describe.each(['SQL', 'ISO-8601'])('the JSON encoder with %s timestamps', standard => {
  it.each(['false', 'true'])(
    'writes what reads back as the same row (plain decimals: %s)',
    plain => {
      const options = {
        'timestamp-format.standard': standard,
        'encode.decimal-as-plain-number': plain,
      }
      const write = jsonFormat.createEncoder(everything, new Map(Object.entries(options)))
      const decode = compileDecoder(jsonFormat, everything, { options })
      fc.assert(
        fc.property(anyRow, row => {
          const out = new ByteWriter(8)
          write(out, 0, row)
          const bytes = out.take()
          expect(() => JSON.parse(Buffer.from(bytes).toString())).not.toThrow()
          const { rows, problems } = decode(bytes)
          expect(problems).toEqual([])
          expect(rows).toEqual([row])
        }),
        { numRuns: 300 },
      )
    },
  )
})
