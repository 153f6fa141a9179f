// Values as canonical JSON text: what `millrace query --output ndjson` prints and the conformance suite compares.

import type { DataType } from './data-type.ts'
import { formatDecimal } from './decimal.ts'
import { assertNever } from './errors.ts'
import { formatDate, formatTime, formatTimestamp } from './temporal-text.ts'
import type { Hybrid, Value } from './value.ts'

/** Writes one value as JSON text. */
export type CanonicalWriter = (value: Value) => string

/**
 * The writer of a type's values, compiled once for the type.
 *
 * Integers are JSON numbers with all digits; DECIMAL is a string with its scale; NaN and infinities are strings; bytes are lower-case hex;
 * `"yyyy-MM-dd"`, `"HH:mm:ss.SSS"`, `"yyyy-MM-dd HH:mm:ss.SSS"`, for TIMESTAMP_LTZ in UTC with `Z`; INTERVALs are numbers of ms or months;
 * ROW is an object by field names; MAP and MULTISET an object when the key is a string, else an array of pairs.
 */
export function canonicalValue(type: DataType): CanonicalWriter {
  const write = nonNullWriter(type)
  return value => (value === null || value === undefined ? 'null' : write(value))
}

function nonNullWriter(type: DataType): CanonicalWriter {
  switch (type.kind) {
    case 'null':
      return () => 'null'
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'interval_day':
    case 'interval_year':
      return v => `${v as number}`
    case 'float':
    case 'double':
      return v => writeDouble(v as number)
    case 'decimal': {
      const { scale } = type
      return v => `"${formatDecimal(v as Hybrid, scale)}"`
    }
    case 'char':
    case 'varchar':
      return v => JSON.stringify(v)
    case 'binary':
    case 'varbinary':
      return v => `"${hex(v as Uint8Array)}"`
    case 'date':
      return v => `"${formatDate(v as number)}"`
    case 'time': {
      const { precision } = type
      return v => `"${formatTime(v as number, precision)}"`
    }
    case 'timestamp':
    case 'timestamp_ltz': {
      const { precision } = type
      const end = type.kind === 'timestamp' ? '"' : 'Z"'
      return v => `"${formatTimestamp(v as Hybrid, precision)}${end}`
    }
    case 'array':
      return arrayWriter(canonicalValue(type.element))
    case 'map':
      return mapWriter(type.key, canonicalValue(type.value))
    case 'multiset':
      return mapWriter(type.element, n => `${n as number}`)
    case 'row':
      return rowWriter(type.fields)
    case 'raw':
      return v => JSON.stringify(String(v))
    default:
      return assertNever(type)
  }
}

function writeDouble(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0.0' : `${value}`
  return `"${value}"`
}

/** Lower-case hexadecimal digits of bytes. */
export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte < 16 ? `0${byte.toString(16)}` : byte.toString(16)
  return text
}

function arrayWriter(element: CanonicalWriter): CanonicalWriter {
  return value => `[${(value as readonly Value[]).map(element).join(',')}]`
}

function mapWriter(keyType: DataType, value: CanonicalWriter): CanonicalWriter {
  const key = canonicalValue(keyType)
  const isObject = keyType.kind === 'char' || keyType.kind === 'varchar'
  return map => {
    const entries = [...(map as ReadonlyMap<Value, Value>)]
    if (isObject && entries.every(([k]) => k !== null)) {
      return `{${entries.map(([k, v]) => `${key(k)}:${value(v)}`).join(',')}}`
    }
    return `[${entries.map(([k, v]) => `[${key(k)},${value(v)}]`).join(',')}]`
  }
}

function rowWriter(
  fields: readonly { readonly name: string; readonly type: DataType }[],
): CanonicalWriter {
  const names = fields.map(f => JSON.stringify(f.name))
  const writers = fields.map(f => canonicalValue(f.type))
  return row => {
    const values = row as readonly Value[]
    let text = '{'
    for (let i = 0; i < names.length; i++) {
      text += `${i === 0 ? '' : ','}${names[i]}:${(writers[i] as CanonicalWriter)(values[i] as Value)}`
    }
    return `${text}}`
  }
}
