// Values as TypeScript programs see them, and back: the edge between user code and the engine's representation.

import { Big } from 'big.js'
import type { DataType } from './data-type.ts'
import { formatType } from './data-type.ts'
import { formatDecimal, parseDecimal } from './decimal.ts'
import { assertNever, MillraceError } from './errors.ts'
import { canonical } from './integer.ts'
import type { Column, Schema } from './schema.ts'
import { formatDate, formatTime, parseDate, parseTime } from './temporal-text.ts'
import { fromEpochMs, toEpochMs } from './temporal.ts'
import type { Hybrid, Row, Value } from './value.ts'

/**
 * Reads an engine value as a user value; NULL is `null`.
 *
 * | type | user value |
 * |---|---|
 * | BOOLEAN, STRING, BYTES | boolean, string, Uint8Array |
 * | TINYINT, SMALLINT, INT, FLOAT, DOUBLE | number |
 * | BIGINT | bigint, always |
 * | DECIMAL | `Big` (big.js) |
 * | TIMESTAMP, TIMESTAMP_LTZ | number: epoch ms (digits below a ms as its fraction) |
 * | DATE | string `yyyy-MM-dd` |
 * | TIME | string `HH:mm:ss[.SSS]` |
 * | INTERVAL | number of ms, or of months |
 * | ARRAY, MAP, MULTISET, ROW | array, `Map`, `Map` to counts, object by field names |
 */
export type ToUserValue = (value: Value) => unknown

/** Reads a user value as an engine value. Also takes a number or decimal text for exact types, a `Date` for points in time. */
export type FromUserValue = (value: unknown) => Value

/** A program gave a value that its column cannot hold. */
export class UserValueError extends MillraceError {
  constructor(facts: { readonly value: unknown; readonly type: DataType; readonly path: string }) {
    const shown = typeof facts.value === 'bigint' ? `${facts.value}n` : show(facts.value)
    super(
      'MR_DATA_EVALUATION',
      `${facts.path} is ${formatType(facts.type)}, which cannot hold ${shown}.`,
      {
        remedy:
          facts.value instanceof Promise
            ? 'A function that answers later is made with asyncFunction().'
            : 'Return a value of the declared type, or declare the column otherwise.',
      },
    )
  }
}

const MAX_SHOWN = 80

function show(value: unknown): string {
  if (value === null) return 'NULL'
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

const asIs: ToUserValue = value => value

/** The reader of a type's values, made once for the type. */
export function toUserValue(type: DataType): ToUserValue {
  const read = nonNullReader(type)
  return read === asIs ? asIs : value => (value === null ? null : read(value))
}

function nonNullReader(type: DataType): ToUserValue {
  switch (type.kind) {
    case 'bigint':
      return v => BigInt(v as Hybrid)
    case 'decimal':
      return v => new Big(formatDecimal(v as Hybrid, type.scale))
    case 'date':
      return v => formatDate(v as number)
    case 'time':
      return v => formatTime(v as number, type.precision === 0 ? 0 : 3)
    case 'timestamp':
    case 'timestamp_ltz':
      if (type.precision <= 3) return asIs
      return type.precision <= 6 ? v => (v as number) / 1_000 : v => Number(v) / 1_000_000
    case 'array': {
      const element = toUserValue(type.element)
      return element === asIs ? asIs : v => (v as readonly Value[]).map(element)
    }
    case 'map':
      return mapReader(toUserValue(type.key), toUserValue(type.value))
    case 'multiset':
      return mapReader(toUserValue(type.element), asIs)
    case 'row':
      return toUserRow(type.fields) as ToUserValue
    case 'null':
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'float':
    case 'double':
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
    case 'interval_day':
    case 'interval_year':
    case 'raw':
      return asIs
    default:
      return assertNever(type)
  }
}

const mapReader =
  (key: ToUserValue, value: ToUserValue): ToUserValue =>
  map =>
    new Map([...(map as ReadonlyMap<Value, Value>)].map(([k, v]) => [key(k), value(v)]))

/**
 * The reader of rows as objects `{ column: value }` with own properties in column order.
 *
 * @param reads positions that are read; the others are absent from the object. Absent: all.
 */
export function toUserRow(
  schema: Schema,
  reads?: readonly number[],
): (row: readonly Value[]) => Record<string, unknown> {
  const columns = (reads ?? schema.map((_, i) => i)).map(index => {
    const { name, type } = schema[index] as Column
    return { name, index, read: toUserValue(type) }
  })
  const isPlain = columns.every(c => c.name !== '__proto__')
  return row => {
    const object: Record<string, unknown> = {}
    for (const { name, index, read } of columns) {
      const value = read(row[index] as Value)
      if (isPlain) object[name] = value
      else define(object, name, value)
    }
    return object
  }
}

function define(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  })
}

/**
 * The writer of user objects as rows: columns by name, own properties only, `undefined` and absent as NULL.
 *
 * @throws {UserValueError} `MR_DATA_EVALUATION` for a value that the column cannot hold, NULL in a NOT NULL column among them
 */
export function fromUserRow(schema: Schema, path = ''): (value: object) => Row {
  const columns = schema.map(({ name, type }) => ({
    name,
    write: fromUserValue(type, path === '' ? name : `${path}.${name}`),
  }))
  return value => {
    const record = value as Readonly<Record<string, unknown>>
    return columns.map(({ name, write }) =>
      write(Object.hasOwn(record, name) ? record[name] : null),
    )
  }
}

/** The writer of a type's values, made once for the type; `path` names the place in messages. */
export function fromUserValue(type: DataType, path = 'value'): FromUserValue {
  const reject = (value: unknown): never => {
    throw new UserValueError({ value, type, path })
  }
  const write = nonNullWriter(type, path, reject)
  return value => {
    if (value !== null && value !== undefined) return write(value)
    return type.nullable ? null : reject(null)
  }
}

type Reject = (value: unknown) => never

const INT_BITS = { tinyint: 8, smallint: 16, int: 32 } as const
const LONG_MIN = -(2n ** 63n)
const LONG_MAX = 2n ** 63n - 1n

function nonNullWriter(type: DataType, path: string, reject: Reject): FromUserValue {
  switch (type.kind) {
    case 'null':
      return reject
    case 'boolean':
      return v => (typeof v === 'boolean' ? v : reject(v))
    case 'tinyint':
    case 'smallint':
    case 'int': {
      const limit = 2 ** (INT_BITS[type.kind] - 1)
      return v =>
        typeof v === 'number' && Number.isInteger(v) && v >= -limit && v < limit ? v + 0 : reject(v)
    }
    case 'bigint':
      return v => writeLong(v, reject)
    case 'float':
      return v => (typeof v === 'number' ? Math.fround(v) : reject(v))
    case 'double':
    case 'interval_day':
    case 'interval_year':
      return v => (typeof v === 'number' ? v : reject(v))
    case 'decimal':
      return v => writeDecimal(v, type.precision, type.scale, reject)
    case 'char':
    case 'varchar':
      return v => (typeof v === 'string' ? v : reject(v))
    case 'binary':
    case 'varbinary':
      return v => (v instanceof Uint8Array ? v : reject(v))
    case 'date':
      return v => {
        if (v instanceof Date) return Math.floor(v.getTime() / 86_400_000)
        return typeof v === 'string' ? (parseDate(v) ?? reject(v)) : reject(v)
      }
    case 'time':
      return v => (typeof v === 'string' ? (parseTime(v) ?? reject(v)) : reject(v))
    case 'timestamp':
    case 'timestamp_ltz':
      return v => {
        const ms = v instanceof Date ? v.getTime() : v
        return typeof ms === 'number' && Number.isFinite(ms) ? writeTimestamp(ms, type) : reject(v)
      }
    case 'array': {
      const element = fromUserValue(type.element, `${path}[]`)
      return v => (Array.isArray(v) ? v.map(element) : reject(v))
    }
    case 'map':
      return mapWriter(
        fromUserValue(type.key, `${path} key`),
        fromUserValue(type.value, `${path} value`),
        reject,
      )
    case 'multiset':
      return mapWriter(fromUserValue(type.element, `${path} element`), v => v as Value, reject)
    case 'row': {
      const write = fromUserRow(type.fields, path)
      return v => (typeof v === 'object' ? write(v as object) : reject(v))
    }
    case 'raw':
      return v => v as Value
    default:
      return assertNever(type)
  }
}

function writeLong(value: unknown, reject: Reject): Hybrid {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value + 0 : reject(value)
  if (typeof value !== 'bigint' || value < LONG_MIN || value > LONG_MAX) return reject(value)
  return canonical(value)
}

function writeDecimal(value: unknown, precision: number, scale: number, reject: Reject): Hybrid {
  const text =
    value instanceof Big || isBig(value)
      ? value.toFixed()
      : typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string'
        ? String(value)
        : reject(value)
  return parseDecimal(text, precision, scale) ?? reject(value)
}

/** A `Big` of another copy of the library. */
function isBig(value: unknown): value is Big {
  return typeof value === 'object' && value !== null && 'toFixed' in value && 'c' in value
}

function writeTimestamp(ms: number, type: DataType & { readonly precision: number }): Hybrid {
  if (type.precision <= 3) return fromEpochMs(Math.floor(ms), type)
  if (Number.isInteger(ms)) return fromEpochMs(ms, type)
  const micros = Math.round(ms * 1_000)
  return type.precision <= 6 ? micros : canonical(BigInt(micros) * 1_000n)
}

function mapWriter(key: FromUserValue, value: FromUserValue, reject: Reject): FromUserValue {
  return map =>
    map instanceof Map ? new Map([...map].map(([k, v]) => [key(k), value(v)])) : reject(map)
}

/** An event-time value as epoch ms, for contexts of user functions. */
export const userTimestamp = (value: Value, type: DataType): number | undefined =>
  value === null ? undefined : toEpochMs(value as Hybrid, type)
