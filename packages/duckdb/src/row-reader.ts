// Rows of DuckDB tables as the engine holds them: each column is cast to the exact counterpart of its type, then read.

import {
  DuckDBBlobValue,
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeValue,
  type DuckDBValue,
} from '@duckdb/node-api'
import { type DataType, formatType, type Row, type Schema, type Value } from 'millrace'
import { type ColumnType, columnTypeOf, quote } from './column-type.ts'
import { WarehouseTypeError } from './warehouse-errors.ts'

/** How rows of a schema are asked for and read. */
export interface RowReader {
  /** What stands behind SELECT: the columns in schema order. */
  readonly list: string
  readonly read: (values: readonly DuckDBValue[]) => Row
}

/** @throws {WarehouseTypeError} for a column whose type DuckDB does not have, or that is nested */
export function rowReader(table: string, schema: Schema): RowReader {
  const types = schema.map(({ name, type }) => exactType(table, name, type))
  return {
    list: schema
      .map(({ name }, i) => `CAST(${quote(name)} AS ${(types[i] as ColumnType).ddl})`)
      .join(', '),
    read: values => schema.map(({ type }, i) => engineValue(values[i] as DuckDBValue, type)),
  }
}

/** A type that is read as exactly as it is written. @throws {WarehouseTypeError} */
export function exactType(table: string, column: string, type: DataType): ColumnType {
  const found = columnTypeOf(type)
  const isNested = ['array', 'map', 'multiset', 'row'].includes(type.kind)
  const facts = { table, column, type: formatType(type) }
  if ('remedy' in found) throw new WarehouseTypeError({ ...facts, remedy: found.remedy })
  if (isNested || type.kind.startsWith('interval'))
    throw new WarehouseTypeError({
      ...facts,
      remedy: 'Leave the column out of the declaration: such values can be written, not read.',
    })
  return found
}

function engineValue(value: DuckDBValue, type: DataType): Value {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return exact(value)
  if (value instanceof DuckDBDecimalValue) return exact(value.value)
  if (value instanceof DuckDBDateValue) return value.days
  if (value instanceof DuckDBTimeValue) return Number(value.micros / 1000n)
  if (value instanceof DuckDBTimestampMillisecondsValue) return exact(value.millis)
  if (value instanceof DuckDBTimestampNanosecondsValue) return exact(value.nanos)
  if (value instanceof DuckDBTimestampValue) return exact(value.micros)
  if (value instanceof DuckDBTimestampTZValue) {
    const isMs = type.kind === 'timestamp_ltz' && type.precision <= 3
    return exact(isMs ? value.micros / 1000n : value.micros)
  }
  if (value instanceof DuckDBBlobValue) return new Uint8Array(value.bytes)
  return String(value)
}

/** A number while it is safe. */
const exact = (value: bigint): number | bigint => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
