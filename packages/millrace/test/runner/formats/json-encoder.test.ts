// What JSON looks like when it is written: Flink's texts.

import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../../../src/format/byte-writer.ts'
import { jsonFormat } from '../../../src/runner/formats/json/json-format.ts'
import { types as t } from '../../../src/types/data-type.ts'
import type { Schema } from '../../../src/types/schema.ts'
import type { Row } from '../../../src/types/value.ts'

const encode = (schema: Schema, row: Row, options: Record<string, string> = {}) => {
  const out = new ByteWriter()
  jsonFormat.createEncoder(schema, new Map(Object.entries(options)))(out, 0, row)
  return Buffer.from(out.take()).toString()
}

describe('the JSON encoder', () => {
  it('writes each type as Flink does', () => {
    const schema: Schema = [
      { name: 'b', type: t.bigint },
      { name: 'd', type: t.decimal(10, 8) },
      { name: 's', type: t.string },
      { name: 'ts', type: t.timestamp(3) },
      { name: 'ltz', type: t.timestampLtz(3) },
      { name: 'day', type: t.date },
      { name: 'x', type: t.bytes },
    ]
    const row: Row = [9007199254740993n, 1, 'a"\n', 1706702400500, 0, -1, Uint8Array.of(1, 2)]
    expect(encode(schema, row)).toBe(
      '{"b":9007199254740993,"d":1E-8,"s":"a\\"\\n","ts":"2024-01-31 12:00:00.5","ltz":"1970-01-01 00:00:00Z","day":"1969-12-31","x":"AQI="}',
    )
    const options = {
      'timestamp-format.standard': 'ISO-8601',
      'encode.decimal-as-plain-number': 'true',
    }
    expect(encode(schema.slice(1, 5), row.slice(1, 5), options)).toBe(
      '{"d":0.00000001,"s":"a\\"\\n","ts":"2024-01-31T12:00:00.5","ltz":"1970-01-01T00:00:00Z"}',
    )
  })

  it('writes NULL fields, or leaves them out when told to', () => {
    const schema: Schema = [
      { name: 'a', type: t.int },
      { name: 'b', type: t.int },
    ]
    expect(encode(schema, [null, 1])).toBe('{"a":null,"b":1}')
    expect(encode(schema, [null, 1], { 'encode.ignore-null-fields': 'true' })).toBe('{"b":1}')
  })

  it('treats a NULL key of a MAP as it is told to', () => {
    const schema: Schema = [{ name: 'm', type: t.map(t.string, t.int) }]
    const row: Row = [
      new Map([
        [null, 1],
        ['__proto__', 2],
      ] as [string | null, number][]),
    ]
    expect(() => encode(schema, row)).toThrow(/NULL key/)
    expect(encode(schema, row, { 'map-null-key.mode': 'DROP' })).toBe('{"m":{"__proto__":2}}')
    const literal = { 'map-null-key.mode': 'LITERAL', 'map-null-key.literal': 'none' }
    expect(encode(schema, row, literal)).toBe('{"m":{"none":1,"__proto__":2}}')
  })

  it('writes lone surrogates as replacement characters', () => {
    expect(encode([{ name: 's', type: t.string }], ['a\ud800'])).toBe('{"s":"a\ufffd"}')
  })
})
