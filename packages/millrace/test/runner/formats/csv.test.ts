// CSV: Flink's options, quotes, headers, and what is written reads back.

import { describe, expect, it } from 'vitest'
import { ByteWriter } from '../../../src/format/byte-writer.ts'
import { csvFormat } from '../../../src/runner/formats/csv/csv-format.ts'
import { headerRecord } from '../../../src/runner/formats/text/header-record.ts'
import { overlongRecord } from '../../../src/runner/formats/text/overlong-record.ts'
import { types as t } from '../../../src/types/data-type.ts'
import type { Schema } from '../../../src/types/schema.ts'
import type { Row } from '../../../src/types/value.ts'
import { decodeText } from './decode.ts'
import type { DecodeSettings } from './decode.ts'

const schema: Schema = [
  { name: 'id', type: t.int },
  { name: 'name', type: t.string },
  { name: 'price', type: t.decimal(10, 2) },
]
const csv = (
  text: string | Uint8Array,
  options: Record<string, string> = {},
  more: DecodeSettings = {},
) => decodeText(csvFormat, schema, text, { ...more, options })

const encode = (
  rows: readonly Row[],
  options: Record<string, string> = {},
  of: Schema = schema,
) => {
  const out = new ByteWriter()
  const write = csvFormat.createEncoder(of, new Map(Object.entries(options)))
  for (const row of rows) {
    write(out, 0, row)
    out.byte(10)
  }
  return Buffer.from(out.take()).toString()
}

describe('reading', () => {
  it('reads fields by position, quoted ones with delimiters, quotes and newlines', () => {
    expect(csv('1,a,1.5\r\n2,"b,""c""\nd",2\n\n3,,0.005')).toEqual({
      rows: [
        [1, 'a', 150],
        [2, 'b,"c"\nd', 200],
        [3, '', 1],
      ],
      problems: [],
    })
  })

  it('takes a quote within a field for itself', () => {
    expect(csv('1,5" pipe,2\n').rows).toEqual([[1, '5" pipe', 200]])
  })

  it('takes other characters', () => {
    const options = { 'field-delimiter': '\\t', 'quote-character': "'", 'escape-character': '\\' }
    expect(csv("1\t'a\t\\'b'\t2\n2\tx\\\ty\t3\n", options).rows).toEqual([
      [1, "a\t'b", 200],
      [2, 'x\ty', 300],
    ])
  })

  it('reads quotes as text when they are disabled', () => {
    expect(csv('1,"a",2\n', { 'disable-quote-character': 'true' }).rows).toEqual([[1, '"a"', 200]])
  })

  it('leaves comments out when told to', () => {
    expect(csv('# no\n1,a,1\n', { 'allow-comments': 'true' }).rows).toEqual([[1, 'a', 100]])
    expect(csv('# no\n').problems).toHaveLength(1)
  })

  it('reads the null literal as NULL', () => {
    expect(csv('1,NULL,NULL\n', { 'null-literal': 'NULL' }).rows).toEqual([[1, null, null]])
    expect(csv('1,,\n', { 'null-literal': '' }).rows).toEqual([[1, null, null]])
  })

  it.each([
    ['too few fields', '1,a\n'],
    ['too many fields', '1,a,2,3\n'],
    ['a value that is no number', 'x,a,1\n'],
    ['an empty number', ',a,1\n'],
    ['text behind a closing quote', '1,"a"b,1\n'],
    ['a quote that is not closed', '1,"a,1'],
  ])('finds a record with %s malformed', (_, line) => {
    expect(csv(line)).toMatchObject({ rows: [], problems: [expect.any(String)] })
  })

  it('reads missing fields and wrong values as NULL when parse errors are ignored', () => {
    expect(csv('1,a\nx,b,1\n1,2,3,4\n', { 'ignore-parse-errors': 'true' })).toEqual({
      rows: [
        [1, 'a', null],
        [null, 'b', 100],
      ],
      problems: [],
    })
  })

  it('maps columns by the header, and names one that it lacks', () => {
    const header = (names: string) => Buffer.from(headerRecord(Buffer.from(names)))
    const good = Buffer.concat([header('price,"name",other,id'), Buffer.from('1,a,zzz,7\n')])
    expect(csv(good, { header: 'true' }).rows).toEqual([[7, 'a', 100]])
    const bad = Buffer.concat([header('prise,name,id'), Buffer.from('1,a,7\n'), good])
    const { rows, problems } = csv(bad, { header: 'true' })
    expect(rows).toEqual([[7, 'a', 100]])
    expect(problems).toEqual([expect.stringContaining('no column "price"')])
    expect(problems[0]).toContain('Did you mean "prise"?')
  })

  it('reports a record that was too long to hold', () => {
    expect(csv(overlongRecord('a.csv', 12, 100)).problems[0]).toContain('byte 12 of "a.csv"')
  })

  it('reads arrays and rows by their delimiter', () => {
    const nested: Schema = [
      { name: 'a', type: t.array(t.int) },
      {
        name: 'r',
        type: t.row([
          { name: 'x', type: t.string },
          { name: 'y', type: t.double },
        ]),
      },
    ]
    expect(decodeText(csvFormat, nested, '1;2,b;1.5\n,c;2\n').rows).toEqual([
      [
        [1, 2],
        ['b', 1.5],
      ],
      [[], ['c', 2]],
    ])
    expect(decodeText(csvFormat, nested, '1,b;1.5\n', { paths: [['r', 'y']] }).rows).toEqual([
      [1.5],
    ])
  })

  it('grows for records of many fields', () => {
    const wide: Schema = Array.from({ length: 200 }, (_, i) => ({ name: `c${i}`, type: t.int }))
    const line = wide.map((_, i) => i).join(',')
    expect(decodeText(csvFormat, wide, `${line}\n`, { paths: [['c199']] }).rows).toEqual([[199]])
  })
})

describe('writing', () => {
  it('quotes what must be quoted, and reads back', () => {
    const rows: Row[] = [
      [1, 'plain text', 150],
      [2, 'a,"b"\r\nc', null],
      [3, '#x', 0],
    ]
    const text = encode(rows, { 'null-literal': 'n/a' })
    expect(text).toBe('1,plain text,1.50\n2,"a,""b""\r\nc",n/a\n3,"#x",0.00\n')
    expect(csv(text, { 'null-literal': 'n/a' }).rows).toEqual(rows)
  })

  it('writes the header when told to', () => {
    expect(Buffer.from(csvFormat.header!(schema, new Map([['header', 'true']]))).toString()).toBe(
      'id,name,price\n',
    )
    expect(csvFormat.header!(schema, new Map())).toHaveLength(0)
  })

  it('refuses characters that cannot work', () => {
    expect(() => encode([], { 'field-delimiter': '"' })).toThrow(/also the quote/)
    expect(() => encode([], { 'field-delimiter': 'é' })).toThrow(/ASCII/)
  })
})
