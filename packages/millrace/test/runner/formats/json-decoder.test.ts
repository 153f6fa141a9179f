// The JSON decoder: what it reads, what it forgives as Flink does, what it finds malformed.

import { describe, expect, it } from 'vitest'
import { jsonFormat } from '../../../src/runner/formats/json/json-format.ts'
import { notNull, types as t } from '../../../src/types/data-type.ts'
import type { DataType } from '../../../src/types/data-type.ts'
import type { Schema } from '../../../src/types/schema.ts'
import { decodeText } from './decode.ts'
import type { DecodeSettings } from './decode.ts'

const json = (schema: Schema, text: string | Uint8Array, settings?: DecodeSettings) =>
  decodeText(jsonFormat, schema, text, settings)

/** Reads one value of a type. */
const one = (type: DataType, value: string, options: Record<string, string> = {}) => {
  const { rows, problems } = json([{ name: 'v', type }], `{"v":${value}}\n`, { options })
  return problems.length > 0 ? `malformed: ${problems[0]}` : rows[0]?.[0]
}
const isMalformed = (type: DataType, value: string) =>
  String(one(type, value)).startsWith('malformed')

describe('records', () => {
  const schema: Schema = [
    { name: 'id', type: t.bigint },
    { name: 'name', type: t.string },
  ]

  it('reads columns by name in any order and takes missing ones for NULL', () => {
    const text =
      '{"name":"a","id":1}\n{"id":2,"other":[1,{"x":"}"}]}\n{ "id" : 3 , "name" : "b" } \r\n'
    expect(json(schema, text)).toEqual({
      rows: [
        [1, 'a'],
        [2, null],
        [3, 'b'],
      ],
      problems: [],
    })
  })

  it('reads a last record without its newline and skips blank lines', () => {
    expect(json(schema, '\n  \n{"id":1}\n\r\n{"id":2}').rows).toEqual([
      [1, null],
      [2, null],
    ])
  })

  it('takes no line of control characters for a blank one', () => {
    const { rows, problems } = json(schema, ' \t\n\u0001\u0002\n{"id":1}\n\u0000\n')
    expect(rows).toEqual([[1, null]])
    expect(problems).toEqual([
      expect.stringContaining('not JSON: Unexpected token'),
      expect.stringContaining('not JSON: Unexpected token'),
    ])
  })

  it('does not read behind the end of the batch', () => {
    const bytes = Buffer.from('{"id":1,"name":"abc"}\n{"id":2}\n')
    expect(json(schema, bytes.subarray(0, 10)).problems).toHaveLength(1)
    expect(json(schema, bytes.subarray(0, 21)).rows).toEqual([[1, 'abc']])
  })

  it('lets the last of repeated names win', () => {
    expect(json(schema, '{"id":1,"id":2}').rows).toEqual([[2, null]])
    expect(json(schema, '{"id":1,"\\u0069d":3}').rows).toEqual([[3, null]])
  })

  it('treats __proto__ as a name like any other', () => {
    const proto: Schema = [{ name: '__proto__', type: t.string }]
    expect(json(proto, '{"__proto__":"x"}\n{"a":{"__proto__":1}}').rows).toEqual([['x'], [null]])
    expect(json(schema, '{"name":"__proto__"}').rows).toEqual([[null, '__proto__']])
    const map = one(t.map(t.string, t.int), '{"__proto__":1}') as Map<string, number>
    expect([...map]).toEqual([['__proto__', 1]])
  })

  it.each([
    ['truncated in a string', '{"id":1,"name":"ab'],
    ['truncated behind a value', '{"id":1'],
    ['truncated in a nested value', '{"id":1,"x":{"y":[1,2}'],
    ['with brackets that do not match', '{"id":1,"x":{"y":[1,2}]}'],
    ['an array', '[1]'],
    ['a scalar', '12'],
    ['two objects', '{"id":1}{"id":2}'],
    ['with text behind', '{"id":1} x'],
    ['without a colon', '{"id" 1}'],
    ['with a comma at the end', '{"id":1,}'],
    ['without a value', '{"id":}'],
    ['with a raw control character in a string that is read', '{"name":"a\u0001b"}'],
  ])('finds a record malformed that is %s, and goes on with the next', (_, line) => {
    const { rows, problems } = json(schema, `${line}\n{"id":9}\n`)
    expect(problems).toHaveLength(1)
    expect(rows).toEqual([[9, null]])
  })

  it('leaves malformed records and values out when parse errors are ignored', () => {
    const text = '{"id":1\n{"id":"x","name":"a"}\n{"id":2}\n'
    expect(json(schema, text, { options: { 'ignore-parse-errors': 'true' } })).toEqual({
      rows: [
        [null, 'a'],
        [2, null],
      ],
      problems: [],
    })
  })

  it('finds a missing field malformed when told to', () => {
    const options = { 'fail-on-missing-field': 'true' }
    expect(json(schema, '{"id":1}\n', { options }).problems).toEqual(['field "name" is missing'])
    expect(json(schema, '{"id":1,"name":null}\n', { options }).rows).toEqual([[1, null]])
  })

  it('finds NULL malformed in a column that is NOT NULL', () => {
    const strict: Schema = [{ name: 'id', type: notNull(t.bigint) }]
    expect(json(strict, '{"id":null}\n{}\n{"id":1}').rows).toEqual([[1]])
    expect(json(strict, '{"id":null}\n{}\n{"id":1}').problems).toHaveLength(2)
  })

  it('finds values that are not read malformed only in strict mode', () => {
    const text = '{"id":1,"x":01,"y":[1 2]}\n'
    expect(json(schema, text).rows).toHaveLength(1)
    expect(json(schema, text, { options: { strict: 'true' } }).problems).toHaveLength(1)
  })

  it('walks nesting of any depth', () => {
    const deep = `{"x":${'[{"a":'.repeat(200)}1${'}]'.repeat(200)},"id":5}\n`
    expect(json(schema, deep).rows).toEqual([[5, null]])
    expect(json(schema, deep.replace('}]}]', '}}]]')).problems).toHaveLength(1)
  })
})

describe('nested ROWs', () => {
  const schema: Schema = [
    { name: 'id', type: t.int },
    {
      name: 'bid',
      type: t.row([
        { name: 'price', type: t.bigint },
        { name: 'who', type: t.row([{ name: 'name', type: t.string }]) },
      ]),
    },
  ]
  const paths = [['bid', 'price'], ['bid', 'who', 'name'], ['id']]

  it('reads single fields of them', () => {
    const text = '{"bid":{"x":{"price":0},"price":7,"who":{"name":"n"}},"id":1}\n'
    expect(json(schema, text, { paths }).rows).toEqual([[7, 'n', 1]])
  })

  it('takes fields of a NULL or missing ROW for NULL', () => {
    expect(json(schema, '{"bid":null}\n{}\n{"bid":{"who":null}}', { paths }).rows).toEqual([
      [null, null, null],
      [null, null, null],
      [null, null, null],
    ])
  })

  it('finds something else in place of a ROW malformed', () => {
    expect(json(schema, '{"bid":[1]}\n{"bid":5}\n{"bid":"x"}', { paths }).problems).toHaveLength(3)
  })

  it('forgets an earlier ROW of the same name', () => {
    const text = '{"bid":{"price":1},"bid":{"who":{"name":"x"}}}'
    expect(json(schema, text, { paths }).rows).toEqual([[null, 'x', null]])
    expect(json(schema, '{"bid":{"price":1},"bid":null}', { paths }).rows).toEqual([
      [null, null, null],
    ])
  })

  it('reads them whole', () => {
    const text = '{"bid":{"who":{"name":"é"},"price":9007199254740993,"z":1}}'
    expect(json(schema, text, { paths: [['bid']] }).rows).toEqual([[[9007199254740993n, ['é']]]])
  })
})

describe('values', () => {
  it.each<[string, DataType, string, unknown]>([
    ['INT', t.int, '12', 12],
    ['INT', t.int, '-0', 0],
    ['INT of a string', t.int, '" 12 "', 12],
    ['INT cuts decimals off', t.int, '1.9', 1],
    ['BIGINT beyond 2^53', t.bigint, '9007199254740993', 9007199254740993n],
    ['BIGINT at its bound', t.bigint, '-9223372036854775808', -(2n ** 63n)],
    ['BIGINT as a string', t.bigint, '"9007199254740991"', 9007199254740991],
    ['BIGINT with an exponent', t.bigint, '1e3', 1000],
    ['DOUBLE', t.double, '0.1', 0.1],
    ['DOUBLE', t.double, '-1.7976931348623157e308', -1.7976931348623157e308],
    ['DOUBLE of many digits', t.double, '123456789.123456789', Number('123456789.123456789')],
    ['DOUBLE of a string', t.double, '"NaN"', Number.NaN],
    ['FLOAT', t.float, '0.1', Math.fround(0.1)],
    ['DECIMAL', t.decimal(10, 2), '1.5', 150],
    ['DECIMAL rounded half up', t.decimal(10, 2), '1.005', 101],
    [
      'DECIMAL of many digits',
      t.decimal(38, 18),
      '12345678901234567890.5',
      12345678901234567890500000000000000000n,
    ],
    ['DECIMAL that does not fit', t.decimal(3, 1), '1234', null],
    ['BOOLEAN', t.boolean, 'true', true],
    ['BOOLEAN of a string', t.boolean, '"TRUE"', true],
    ['BOOLEAN of any other string', t.boolean, '"yes"', false],
    ['STRING', t.string, '"a\\n\\u00e9\\ud83d\\ude00é😀"', 'a\né😀é😀'],
    ['STRING of a number', t.string, '1.50', '1.50'],
    ['STRING of a boolean', t.string, 'true', 'true'],
    [
      'STRING of an object',
      t.string,
      '{ "a" : [1, "x y"] , "b" : 1.0 }',
      '{"a":[1,"x y"],"b":1.0}',
    ],
    ['STRING that is empty', t.string, '""', ''],
    ['BYTES', t.bytes, '"AQID"', Uint8Array.of(1, 2, 3)],
    ['DATE', t.date, '"2024-02-29"', 19782],
    ['TIME', t.time(3), '"12:34:56.789"', 45296789],
    ['TIMESTAMP(3)', t.timestamp(3), '"2024-01-31 12:00:00.5"', 1706702400500],
    ['TIMESTAMP(3) with T', t.timestamp(3), '"2024-01-31T12:00:00.123456"', 1706702400123],
    ['TIMESTAMP(6)', t.timestamp(6), '"2024-01-31 12:00:00.123456789"', 1706702400123456],
    ['TIMESTAMP(9)', t.timestamp(9), '"2024-01-31 12:00:00.123456789"', 1706702400123456789n],
    ['TIMESTAMP(0)', t.timestamp(0), '"1969-12-31 23:59:59.9"', -1000],
    ['TIMESTAMP_LTZ(3)', t.timestampLtz(3), '"2024-01-31 12:00:00.500Z"', 1706702400500],
    [
      'TIMESTAMP_LTZ(3) with an offset',
      t.timestampLtz(3),
      '"2024-01-31T12:00:00+01:00"',
      1706698800000,
    ],
    ['ARRAY', t.array(t.int), '[1, null ,3]', [1, null, 3]],
    ['ARRAY, empty', t.array(t.int), '[ ]', []],
    [
      'MAP',
      t.map(t.string, t.array(t.double)),
      '{"a":[1.5],"b":null}',
      new Map([
        ['a', [1.5]],
        ['b', null],
      ]),
    ],
    [
      'MAP with numbers as keys',
      t.map(t.bigint, t.int),
      '{"9007199254740993":1}',
      new Map([[9007199254740993n, 1]]),
    ],
    ['MULTISET', t.multiset(t.string), '{"a":2}', new Map([['a', 2]])],
    ['NULL', t.array(t.int), 'null', null],
  ])('reads %s', (_, type, text, expected) => {
    expect(one(type, text)).toEqual(expected)
  })

  it.each<[string, DataType, string]>([
    ['INT beyond 32 bits', t.int, '2147483648'],
    ['TINYINT beyond 8 bits', t.tinyint, '128'],
    ['BIGINT beyond 64 bits', t.bigint, '9223372036854775808'],
    ['BIGINT with a leading zero', t.bigint, '012'],
    ['BIGINT of words', t.bigint, '"abc"'],
    ['DOUBLE that is not JSON', t.double, '1.'],
    ['DOUBLE of a bare word', t.double, 'nan'],
    ['DATE outside the calendar', t.date, '"2023-02-29"'],
    ['TIMESTAMP outside the calendar', t.timestamp(3), '"2024-01-31 24:00:00"'],
    ['TIMESTAMP with an offset', t.timestamp(3), '"2024-01-31 12:00:00+01:00"'],
    ['TIMESTAMP of a number', t.timestamp(3), '1706702400500'],
    ['BYTES that are no base64', t.bytes, '"?"'],
    ['STRING with a wrong escape', t.string, '"\\x"'],
    ['ARRAY of an object', t.array(t.int), '{}'],
    ['ARRAY with a wrong element', t.array(t.int), '[1,"x"]'],
    ['ARRAY without a comma', t.array(t.int), '[1 2]'],
    ['MAP of an array', t.map(t.string, t.int), '[]'],
    ['a bare word', t.boolean, 'truth'],
  ])('finds %s malformed', (_, type, text) => {
    expect(isMalformed(type, text)).toBe(true)
  })

  it('finds a string that is read and no UTF-8 malformed', () => {
    const schema: Schema = [{ name: 'v', type: t.string }]
    const bytes = Buffer.concat([Buffer.from('{"v":"'), Buffer.of(0xff, 0xfe), Buffer.from('"}\n')])
    expect(json(schema, bytes).problems).toHaveLength(1)
    expect(json(schema, bytes, { paths: [] }).rows).toEqual([[]])
  })

  it('refuses options that contradict each other', () => {
    const options = { 'ignore-parse-errors': 'true', 'fail-on-missing-field': 'true' }
    expect(() => one(t.int, '1', options)).toThrow(/cannot both be true/)
  })
})
