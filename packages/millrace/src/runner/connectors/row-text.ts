// Rows as Flink's print connector and SQL client show them: `[1, abc, null, [x, y], {k=v}]`.

import { ByteWriter } from '../../format/byte-writer.ts'
import type { DataType } from '../../types/data-type.ts'
import { formatDecimal } from '../../types/decimal.ts'
import type { Schema } from '../../types/schema.ts'
import type { Hybrid, Row, Value } from '../../types/value.ts'
import { createTimestampWriter, writeDate, writeTime } from '../formats/text/write-temporal.ts'

type ToText = (value: Value) => string

/** A printer of rows of the schema. */
export function createRowText(schema: Schema): (row: Row) => string {
  const printers = schema.map(c => createValueText(c.type))
  return row => `[${printers.map((print, i) => print(row[i] as Value)).join(', ')}]`
}

/** A printer of values of the type; NULL is `null`. */
export function createValueText(type: DataType): ToText {
  const print = nonNullText(type)
  return value => (value === null ? 'null' : print(value))
}

function nonNullText(type: DataType): ToText {
  switch (type.kind) {
    case 'decimal':
      return value => formatDecimal(value as Hybrid, type.scale)
    case 'float':
    case 'double':
      return value => doubleText(value as number)
    case 'binary':
    case 'varbinary':
      return value => `[${Array.from(new Int8Array(value as Uint8Array)).join(', ')}]`
    case 'date':
      return written((out, value) => writeDate(out, value as number))
    case 'time':
      return value => javaFraction(clockText(value), false)
    case 'timestamp':
    case 'timestamp_ltz': {
      const write = createTimestampWriter(type.precision, 84)
      const isLocal = type.kind === 'timestamp_ltz'
      const text = written((out, value) => write(out, value as Hybrid))
      return value => javaFraction(text(value), isLocal) + (isLocal ? 'Z' : '')
    }
    case 'array': {
      const print = createValueText(type.element)
      return value => `[${(value as readonly Value[]).map(print).join(', ')}]`
    }
    case 'row': {
      const printers = type.fields.map(f => createValueText(f.type))
      return value =>
        `+I[${printers.map((print, i) => print((value as readonly Value[])[i] as Value)).join(', ')}]`
    }
    case 'map':
      return mapText(createValueText(type.key), createValueText(type.value))
    case 'multiset':
      return mapText(createValueText(type.element), String)
    default:
      return String
  }
}

/** Java prints fractions in groups of three digits, and leaves `:00` seconds away but in an `Instant`. */
function javaFraction(text: string, isInstant: boolean): string {
  const point = text.lastIndexOf('.')
  if (point < 0) return isInstant ? text : text.replace(/(\d\d:\d\d):00$/, '$1')
  const digits = text.length - point - 1
  return text.padEnd(text.length + ((3 - (digits % 3)) % 3), '0')
}

function written(write: (out: ByteWriter, value: Value) => void): ToText {
  const out = new ByteWriter(64)
  return value => {
    write(out, value)
    return Buffer.from(out.take()).toString()
  }
}

const clockText = written((out, value) => writeTime(out, value as number))

function mapText(key: ToText, value: ToText): ToText {
  return map =>
    `{${[...(map as ReadonlyMap<Value, Value>)].map(([k, v]) => `${key(k)}=${value(v)}`).join(', ')}}`
}

/** A double as Java prints it: always with a decimal, scientific outside `[10^-3, 10^7)`. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const magnitude = Math.abs(value)
  if (value === 0 || (magnitude >= 1e-3 && magnitude < 1e7)) {
    const text = Object.is(value, -0) ? '-0' : String(value)
    return text.includes('.') ? text : `${text}.0`
  }
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`
}
