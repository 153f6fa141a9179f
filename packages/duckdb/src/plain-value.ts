// Query results as plain JavaScript values, none of them rounded.

import {
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  type DuckDBValue,
} from '@duckdb/node-api'

/**
 * A value of a query's result: 64-bit integers are numbers while safe and bigints beyond; DECIMAL, dates, times and intervals
 * are strings as DuckDB prints them (TIMESTAMPTZ in UTC); BLOB is a Uint8Array; LIST an array, STRUCT an object, MAP a `Map`.
 */
export type PlainValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly PlainValue[]
  | ReadonlyMap<PlainValue, PlainValue>
  | { readonly [name: string]: PlainValue }

export function plainValue(value: DuckDBValue): PlainValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return isSafe(value) ? Number(value) : value
  if (value instanceof DuckDBBlobValue) return new Uint8Array(value.bytes)
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    return value.items.map(plainValue)
  }
  if (value instanceof DuckDBMapValue) {
    return new Map(value.entries.map(e => [plainValue(e.key), plainValue(e.value)]))
  }
  if (value instanceof DuckDBStructValue) {
    return Object.fromEntries(Object.entries(value.entries).map(([k, v]) => [k, plainValue(v)]))
  }
  return String(value)
}

const isSafe = (value: bigint): boolean =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
