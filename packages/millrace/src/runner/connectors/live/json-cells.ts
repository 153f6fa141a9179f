// Values as JSON cells for pages and tools: exact where JSON's numbers are, text where they are not.

import type { JsonValue } from '../../../connector/source.ts'
import type { DataType } from '../../../types/data-type.ts'
import { formatDecimal } from '../../../types/decimal.ts'
import type { Schema } from '../../../types/schema.ts'
import { precisionOf } from '../../../types/temporal.ts'
import {
  formatDate,
  formatDayInterval,
  formatTime,
  formatTimestamp,
  formatYearInterval,
} from '../../../types/temporal-text.ts'
import type { Hybrid, Row, Value } from '../../../types/value.ts'

type ToCell = (value: Value) => JsonValue

/** The cells of rows of a schema. Integers beyond 2^53, decimals, dates and times are text; bytes are hexadecimal. */
export function createRowCells(schema: Schema): (row: Row) => readonly JsonValue[] {
  const cells = schema.map(c => cellOf(c.type))
  return row => cells.map((cell, i) => cell(row[i] as Value))
}

function cellOf(type: DataType): ToCell {
  const convert = nonNullCell(type)
  return value => (value === null ? null : convert(value))
}

function nonNullCell(type: DataType): ToCell {
  switch (type.kind) {
    case 'boolean':
      return value => value as boolean
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'float':
    case 'double':
      return value => (Number.isFinite(value) ? (value as number) : String(value))
    case 'decimal':
      return value => formatDecimal(value as Hybrid, type.scale)
    case 'binary':
    case 'varbinary':
      return value => Buffer.from(value as Uint8Array).toString('hex')
    case 'date':
      return value => formatDate(value as number)
    case 'time':
      return value => formatTime(value as number, type.precision)
    case 'timestamp':
    case 'timestamp_ltz': {
      const precision = precisionOf(type)
      const zone = type.kind === 'timestamp' ? '' : 'Z'
      return value =>
        formatTimestamp(value as Hybrid, precision).replace(/\.?0+$/, noFraction) + zone
    }
    case 'interval_day':
      return value => formatDayInterval(value as number)
    case 'interval_year':
      return value => formatYearInterval(value as number)
    case 'array': {
      const element = cellOf(type.element)
      return value => (value as readonly Value[]).map(element)
    }
    case 'map':
    case 'multiset': {
      const key = cellOf(type.kind === 'map' ? type.key : type.element)
      const item: ToCell = type.kind === 'map' ? cellOf(type.value) : count => count as number
      return value => [...(value as ReadonlyMap<Value, Value>)].map(([k, v]) => [key(k), item(v)])
    }
    case 'row': {
      const fields = type.fields.map(f => [f.name, cellOf(f.type)] as const)
      return value =>
        Object.fromEntries(
          fields.map(([name, cell], i) => [name, cell((value as readonly Value[])[i] as Value)]),
        )
    }
    default:
      return value => String(value)
  }
}

/** Zeros at the end are left out where they are a fraction's. */
const noFraction = (zeros: string, at: number, text: string): string =>
  text.includes('.') && at >= text.indexOf('.') ? '' : zeros
