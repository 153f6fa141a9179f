// The conformance suite's expressions, with Flink's answers.

import { existsSync, readFileSync } from 'node:fs'
import { parseDecimal } from '../../../src/types/decimal.ts'
import { canonical } from '../../../src/types/integer.ts'
import { parseDate, parseTime, parseTimestamp } from '../../../src/types/temporal-text.ts'
import { types, type DataType } from '../../../src/types/data-type.ts'
import type { Schema } from '../../../src/types/schema.ts'
import type { Row, Value } from '../../../src/types/value.ts'

const ROOT = new URL('../../../../../conformance/', import.meta.url)

export interface GoldenExpression {
  readonly id: string
  readonly expr: string
  readonly table: string | undefined
  readonly type: string | undefined
  readonly values: readonly unknown[] | undefined
  readonly error: string | undefined
}

const base = (): URL => {
  const nested = new URL('open/', ROOT)
  return existsSync(nested) ? nested : ROOT
}

export function goldenExpressions(group: string): GoldenExpression[] {
  const { expressions } = JSON.parse(
    readFileSync(new URL(`expressions/${group}.json`, base()), 'utf8'),
  )
  const answers = new Map<string, Record<string, unknown>>()
  for (const line of readFileSync(
    new URL(`golden/expressions/${group}.ndjson`, base()),
    'utf8',
  ).split('\n')) {
    if (line.startsWith('{"id"')) {
      const answer = JSON.parse(line)
      answers.set(answer.id, answer)
    }
  }
  return expressions.map((e: { id: string; expr: string; table?: string }) => ({
    ...e,
    table: e.table?.split(' ')[0],
    ...answers.get(e.id),
  }))
}

const strings = types.string
export const TABLES: Readonly<Record<string, Schema>> = {
  strings: [
    { name: 'id', type: types.int },
    { name: 's', type: strings },
  ],
  numbers: [
    { name: 'id', type: types.int },
    { name: 'ti', type: types.tinyint },
    { name: 'si', type: types.smallint },
    { name: 'i', type: types.int },
    { name: 'l', type: types.bigint },
    { name: 'f', type: types.float },
    { name: 'd', type: types.double },
    { name: 'p', type: types.decimal(9, 2) },
    { name: 'q', type: types.decimal(20, 4) },
  ],
  temporal: [
    { name: 'id', type: types.int },
    { name: 'd', type: types.date },
    { name: 'tm', type: types.time(0) },
    { name: 'ts0', type: types.timestamp(0) },
    { name: 'ts', type: types.timestamp(3) },
    { name: 'lz', type: types.timestampLtz(3) },
    { name: 'epoch', type: types.bigint },
  ],
  nested: [
    { name: 'id', type: types.int },
    {
      name: 'usr',
      type: types.row([
        { name: 'name', type: strings },
        { name: 'age', type: types.int },
        {
          name: 'address',
          type: types.row([
            { name: 'city', type: strings },
            { name: 'zip', type: strings },
          ]),
        },
      ]),
    },
    { name: 'tags', type: types.array(strings) },
    { name: 'nums', type: types.array(types.int) },
    {
      name: 'scores',
      type: types.array(
        types.row([
          { name: 'k', type: strings },
          { name: 'v', type: types.double },
        ]),
      ),
    },
    { name: 'props', type: types.map(strings, strings) },
    { name: 'json', type: strings },
  ],
}

export function tableRows(table: string): Row[] {
  const schema = TABLES[table] as Schema
  const lines = readFileSync(new URL(`data/${table}.ndjson`, base()), 'utf8')
    .trim()
    .split('\n')
  const rows = lines.map(line => {
    const record = JSON.parse(line, exactNumber)
    return schema.map(c => valueOf(record[c.name], c.type))
  })
  return rows.sort((a, b) => (a[0] as number) - (b[0] as number))
}

/** Keeps the digits of integers that JSON.parse would round, as text. */
function exactNumber(_: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? context.source : value
}

function valueOf(json: unknown, type: DataType): Value {
  if (json === undefined || json === null) return null
  switch (type.kind) {
    case 'bigint':
      return typeof json === 'string' ? canonical(BigInt(json)) : (json as number)
    case 'decimal':
      return parseDecimal(String(json), type.precision, type.scale) ?? null
    case 'date':
      return parseDate(json as string)
    case 'time':
      return parseTime(json as string)
    case 'timestamp':
    case 'timestamp_ltz':
      return parseTimestamp((json as string).replace('Z', ''), type.precision)
    case 'array':
      return (json as unknown[]).map(x => valueOf(x, type.element))
    case 'map':
      return new Map(Object.entries(json).map(([k, v]) => [k, valueOf(v, type.value)]))
    case 'row':
      return type.fields.map(f => valueOf((json as Record<string, unknown>)[f.name], f.type))
    default:
      return json as Value
  }
}
