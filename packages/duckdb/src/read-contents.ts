// The newest rows of a warehouse table as JSON, for pages and tools.

import { formatType, type Schema, type SinkContents } from 'millrace'
import type { PlainValue } from './plain-value.ts'
import type { Warehouse } from './warehouse.ts'

type Json = SinkContents['rows'][number][number]

/** At most `limit` rows: of an appended table the last ones, of an upserted one those changed last, as far as DuckDB keeps them behind. */
export async function readContents(
  warehouse: Warehouse,
  table: string,
  schema: Schema,
  limit: number,
): Promise<SinkContents> {
  const name = quoted(table)
  const columns = schema.map(c => quoted(c.name)).join(', ')
  const [count] = await warehouse.query(`SELECT count(*) AS n FROM ${name}`)
  const rows = await warehouse.query(
    `SELECT ${columns} FROM ${name} ORDER BY rowid DESC LIMIT ${Math.max(0, Math.floor(limit))}`,
  )
  return {
    columns: schema.map(c => ({ name: c.name, type: formatType(c.type) })),
    rows: rows.map(row => schema.map(c => toJson(row[c.name] ?? null))),
    rowCount: Number(count?.['n'] ?? 0),
  }
}

function toJson(value: PlainValue): Json {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (value instanceof Map)
    return [...value].map(([k, v]) => [toJson(k as PlainValue), toJson(v as PlainValue)])
  if (Array.isArray(value)) return (value as readonly PlainValue[]).map(toJson)
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toJson(v as PlainValue)]))
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
