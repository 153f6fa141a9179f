// Rows as text that is the same whichever engine they come from.

import { DuckDBDecimalValue, DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api'
import { canonicalValue, type PlanNode, type Row, type Value } from 'millrace'

/** Writes rows of a plan. */
export function rowText(plan: PlanNode): (row: Row) => string {
  const writers = plan.schema.map(({ type }) => {
    const canonical = canonicalValue(type)
    if (type.kind === 'timestamp') return String
    if (type.kind === 'decimal')
      return (v: Value) => (v === null ? 'null' : String(Number(JSON.parse(canonical(v)))))
    return (v: Value) => (v === 0 ? '0' : canonical(v))
  })
  return row => row.map((v, i) => writers[i]?.(v)).join(' | ')
}

/** Writes a value of DuckDB, where Millrace has one of a type of this kind. */
export function duckText(value: DuckDBValue, kind: string | undefined): string {
  if (value === null) return 'null'
  if (value instanceof DuckDBTimestampValue) return String(Number(value.micros / 1000n))
  if (value instanceof DuckDBDecimalValue) return String(value.toDouble())
  if (typeof value === 'string') return JSON.stringify(value)
  return kind === 'double' && value === 0 ? '0' : String(value)
}
