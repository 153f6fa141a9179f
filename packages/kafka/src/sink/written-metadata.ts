// METADATA columns that are written: the time and the headers of a record.

import { MillraceError, type Row, type TableDescriptor, type Value } from 'millrace'
import type { RecordHeader } from '../records/batch-writer.ts'

export const WRITTEN_METADATA: ReadonlySet<string> = new Set(['timestamp', 'headers'])

export interface WrittenMetadata {
  /** Epoch ms; undefined: now. */
  readonly timestampOf: (row: Row) => number | undefined
  readonly headersOf: (row: Row) => readonly RecordHeader[] | undefined
}

export function writtenMetadata(table: TableDescriptor): WrittenMetadata {
  const columnOf = (key: string): number | undefined =>
    [...table.metadata].find(([, name]) => name === key)?.[0]
  const time = columnOf('timestamp')
  const headers = columnOf('headers')
  const scale = time === undefined ? 1 : scaleOf(table, time)
  return {
    timestampOf: row => {
      const value = time === undefined ? null : row[time]
      return value === null || value === undefined ? undefined : Math.floor(Number(value) / scale)
    },
    headersOf: row => {
      const value = headers === undefined ? null : row[headers]
      return value instanceof Map ? [...value].map(headerOf) : undefined
    },
  }
}

/** Units of a ms in which the column has its times. */
function scaleOf({ name, schema }: TableDescriptor, column: number): number {
  const { type, name: columnName } = schema[column] ?? {}
  if (type?.kind !== 'timestamp' && type?.kind !== 'timestamp_ltz')
    throw new MillraceError(
      'MR_SQL_TYPE',
      `metadata 'timestamp' of table "${name}" is written from column "${columnName}", which is no timestamp`,
      { remedy: 'Declare the column as TIMESTAMP_LTZ(3).' },
    )
  return type.precision <= 3 ? 1 : type.precision <= 6 ? 1e3 : 1e6
}

const encoder = new TextEncoder()

function headerOf([name, value]: readonly [Value, Value]): RecordHeader {
  const bytes = value instanceof Uint8Array ? value : encoder.encode(String(value))
  return [encoder.encode(String(name)), value === null ? null : bytes]
}
