// SQL values as JSON trees: what JSON_STRING, JSON_OBJECT and JSON_ARRAY write.

import { type DataType, formatType, isCharacter, types } from '../../types/data-type.ts'
import { formatDecimal } from '../../types/decimal.ts'
import { precisionOf } from '../../types/temporal.ts'
import { formatDate, formatTime, formatTimestamp } from '../../types/temporal-text.ts'
import type { Hybrid, Value } from '../../types/value.ts'
import { javaNumber, JsonNumber, type JsonNode, parseJson } from './json-value.ts'

export type ToJson = (value: Value) => JsonNode

/** The converter of a type's values. */
export function toJsonOf(type: DataType): ToJson {
  const convert = nonNullConverter(type)
  return value => (value === null ? null : convert(value))
}

/** Why values of the type are no JSON, if so: as in Flink, dates, times, intervals, and maps whose keys are no texts. */
export function jsonProblem(type: DataType): string | undefined {
  switch (type.kind) {
    case 'date':
    case 'time':
    case 'interval_day':
    case 'interval_year':
      return `cannot write ${formatType(type)} as JSON`
    case 'map':
    case 'multiset': {
      const [key, value] = type.kind === 'map' ? [type.key, type.value] : [type.element, types.int]
      return isCharacter(key)
        ? jsonProblem(value)
        : `cannot write keys of ${formatType(key)} as JSON`
    }
    case 'array':
      return jsonProblem(type.element)
    case 'row':
      return type.fields.map(f => jsonProblem(f.type)).find(p => p !== undefined)
    default:
      return undefined
  }
}

function nonNullConverter(type: DataType): ToJson {
  switch (type.kind) {
    case 'boolean':
      return v => v as boolean
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'interval_day':
    case 'interval_year':
      return v => new JsonNumber(`${v as number}`)
    case 'float':
    case 'double':
      return v => realNumber(v as number)
    case 'decimal': {
      const { scale } = type
      return v => new JsonNumber(javaNumber(formatDecimal(v as Hybrid, scale), scale > 0))
    }
    case 'binary':
    case 'varbinary':
      return v => btoa(Array.from(v as Uint8Array, b => String.fromCharCode(b)).join(''))
    case 'date':
      return v => formatDate(v as number)
    case 'time': {
      const { precision } = type
      return v => formatTime(v as number, precision)
    }
    case 'timestamp':
    case 'timestamp_ltz': {
      const precision = precisionOf(type)
      const zone = type.kind === 'timestamp' ? '' : 'Z'
      return v => isoText(formatTimestamp(v as Hybrid, precision)) + zone
    }
    case 'array': {
      const element = toJsonOf(type.element)
      return v => (v as readonly Value[]).map(element)
    }
    case 'map':
    case 'multiset': {
      const value =
        type.kind === 'map' ? toJsonOf(type.value) : (n: Value) => new JsonNumber(`${n as number}`)
      return v =>
        new Map([...(v as ReadonlyMap<Value, Value>)].map(([k, x]) => [String(k), value(x)]))
    }
    case 'row': {
      const fields = type.fields.map(f => [f.name, toJsonOf(f.type)] as const)
      return v =>
        new Map(
          fields.map(([name, convert], i) => [name, convert((v as readonly Value[])[i] as Value)]),
        )
    }
    case 'raw':
      return v => (typeof v === 'string' ? parseJson(v) : String(v))
    default:
      return v => String(v)
  }
}

/** A double through Java's text of it: 1 is `1.0`, 1e10 `1.0E+10`. */
function realNumber(value: number): JsonNode {
  if (!Number.isFinite(value)) return String(value)
  // Java writes two digits at least.
  const text = Math.abs(value) === Number.MIN_VALUE ? `${value < 0 ? '-' : ''}4.9e-324` : `${value}`
  const [mantissa = '', exponent] = text.split('e')
  const real = mantissa.includes('.') ? mantissa : `${mantissa}.0`
  if (exponent !== undefined) return new JsonNumber(javaNumber(`${real}e${exponent}`, true))
  const magnitude = Math.abs(value)
  if (value === 0 || (magnitude >= 1e-3 && magnitude < 1e7)) return new JsonNumber(real)
  const [digits = '', power] = value.toExponential().split('e')
  return new JsonNumber(
    javaNumber(`${digits.includes('.') ? digits : `${digits}.0`}e${power}`, true),
  )
}

/** `yyyy-MM-ddTHH:mm:ss[.fff]`, without zeros at the end. */
function isoText(text: string): string {
  return text.replace(' ', 'T').replace(/\.?0+$/, zeros => (text.includes('.') ? '' : zeros))
}
