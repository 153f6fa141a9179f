// Readers of one JSON value by its SQL type, with Flink's leniency. They work on the bytes of the value, so numbers stay exact.

import type { DataType } from '../../../types/data-type.ts'
import { assertNever } from '../../../types/errors.ts'
import type { Value } from '../../../types/value.ts'
import {
  createDecimalReader,
  createIntegerReader,
  readBoolean,
  readDouble,
  readFloat,
  readLong,
} from '../text/read-number.ts'
import { asciiText } from '../text/read-string.ts'
import { createTimestampReader, readDate, readTime } from '../text/read-temporal.ts'
import { skipSpace, skipValue } from './json-skip.ts'
import { compactJson, isJsonNumber, isWord, jsonString } from './json-text.ts'

/**
 * Reads the JSON value in `bytes[start, end)` (no space around it): `null` for JSON's null, `undefined` when it is malformed or
 * no value of the type.
 */
export type JsonReader = (bytes: Uint8Array, start: number, end: number) => Value | undefined

/** What readers need to know of the format's options. */
export interface JsonReadOptions {
  /** A nested value that cannot be read is NULL instead of making its record malformed. */
  readonly ignoreParseErrors: boolean
  /** A nested ROW without one of its fields is malformed. */
  readonly failOnMissingField: boolean
}

/** Reads text that is not JSON: the content of a string, or a number. */
type TextReader = (bytes: Uint8Array, start: number, end: number) => Value | undefined

const QUOTE = 34

/** The reader for a type, its NULLability not included. */
export function createJsonReader(type: DataType, options: JsonReadOptions): JsonReader {
  switch (type.kind) {
    case 'boolean':
      return readJsonBoolean
    case 'tinyint':
      return integerReader(createIntegerReader(8), false)
    case 'smallint':
      return integerReader(createIntegerReader(16), false)
    case 'int':
      return integerReader(createIntegerReader(32), true)
    case 'bigint':
      return integerReader(readLong, true)
    case 'float':
      return numberReader(readFloat)
    case 'double':
      return numberReader(readDouble)
    case 'decimal':
      return numberReader(createDecimalReader(type.precision, type.scale))
    case 'char':
    case 'varchar':
      return readJsonText
    case 'binary':
    case 'varbinary':
      return readBase64
    case 'date':
      return textReader(readDate)
    case 'time':
      return textReader(readTime)
    case 'timestamp':
    case 'timestamp_ltz':
      return textReader(createTimestampReader(type.precision, type.kind === 'timestamp_ltz'))
    case 'interval_day':
    case 'interval_year':
      return integerReader(readLong, false)
    case 'array':
      return arrayReader(type.element, options)
    case 'map':
      return mapReader(type.key, type.value, options)
    case 'multiset':
      return mapReader(type.element, { kind: 'int', nullable: false }, options)
    case 'row':
      return rowReader(type.fields, options)
    case 'null':
      return readNull
    case 'raw':
      return () => undefined
    default:
      return assertNever(type)
  }
}

/** Integers, and strings that hold one. Only INT and BIGINT cut decimals off (`1.9` is 1), as Jackson's `asInt` does. */
function integerReader(read: TextReader, truncates: boolean): JsonReader {
  return (bytes, start, end) => {
    const c = bytes[start] as number
    if (c === QUOTE) return readQuoted(bytes, start, end, read)
    // The reader takes digits only, so what it accepts is JSON unless it has a leading zero or plus.
    if (c >= 49 && c <= 57) {
      const value = read(bytes, start, end)
      if (value !== undefined) return value
    }
    return c === 110
      ? readNull(bytes, start, end)
      : readUnusualNumber(bytes, start, end, read, truncates)
  }
}

/** Numbers with decimals, and strings that hold one. */
function numberReader(read: TextReader): JsonReader {
  return (bytes, start, end) => {
    const c = bytes[start] as number
    if (c === QUOTE) return readQuoted(bytes, start, end, read)
    if (c === 110) return readNull(bytes, start, end)
    return isJsonNumber(bytes, start, end) ? read(bytes, start, end) : undefined
  }
}

const readNull: JsonReader = (bytes, start, end) =>
  isWord(bytes, start, end, 'null') ? null : undefined

function readUnusualNumber(
  bytes: Uint8Array,
  start: number,
  end: number,
  read: TextReader,
  truncates: boolean,
): Value | undefined {
  if (!isJsonNumber(bytes, start, end)) return undefined
  const value = read(bytes, start, end)
  if (value !== undefined || !truncates) return value
  const double = readDouble(bytes, start, end)
  if (double === undefined || !Number.isFinite(double)) return undefined
  const text = Buffer.from(String(BigInt(Math.trunc(double))))
  return read(text, 0, text.length)
}

/** A reader of strings; other scalars are read by their text, as in Jackson's `asText`. */
function textReader(read: TextReader): JsonReader {
  return (bytes, start, end) =>
    bytes[start] === QUOTE ? readQuoted(bytes, start, end, read) : readNull(bytes, start, end)
}

/** The content of a string, trimmed, handed to a reader of plain text. */
function readQuoted(
  bytes: Uint8Array,
  start: number,
  end: number,
  read: TextReader,
): Value | undefined {
  const value = read(bytes, start + 1, end - 1)
  if (value !== undefined) return value
  const text = jsonString(bytes, start, end)?.trim()
  if (text === undefined || text === '') return undefined
  const plain = Buffer.from(text)
  return read(plain, 0, plain.length)
}

function readJsonBoolean(bytes: Uint8Array, start: number, end: number): Value | undefined {
  const c = bytes[start]
  if (c === 116) return isWord(bytes, start, end, 'true') ? true : undefined
  if (c === 102) return isWord(bytes, start, end, 'false') ? false : undefined
  if (c === QUOTE) {
    const text = jsonString(bytes, start, end)
    return text === undefined ? undefined : text.trim().toLowerCase() === 'true'
  }
  if (isWord(bytes, start, end, 'null')) return null
  return isJsonNumber(bytes, start, end) ? readBoolean(bytes, start, end) : undefined
}

/** Strings; other values as their JSON text. */
function readJsonText(bytes: Uint8Array, start: number, end: number): Value | undefined {
  const c = bytes[start] as number
  if (c === QUOTE) return jsonString(bytes, start, end)
  if (c === 123 || c === 91) return compactJson(bytes, start, end)
  if (isWord(bytes, start, end, 'null')) return null
  if (
    isWord(bytes, start, end, 'true') ||
    isWord(bytes, start, end, 'false') ||
    isJsonNumber(bytes, start, end)
  )
    return asciiText(bytes, start, end)
  return undefined
}

function readBase64(bytes: Uint8Array, start: number, end: number): Value | undefined {
  if (bytes[start] !== QUOTE) return readNull(bytes, start, end)
  const text = jsonString(bytes, start, end)
  if (text === undefined || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined
  const decoded = Buffer.from(text, 'base64')
  // Whole groups of four, or the padding left away; one character alone holds no byte.
  if (text.replace(/=+$/, '').length % 4 === 1) return undefined
  return new Uint8Array(decoded)
}

/** Wraps the reader of a nested value: errors may be NULL, NULL may be malformed. */
function nestedReader(type: DataType, options: JsonReadOptions): JsonReader {
  const read = createJsonReader(type, options)
  return (bytes, start, end) => {
    let value = read(bytes, start, end)
    if (value === undefined && options.ignoreParseErrors) value = null
    return value === null && !type.nullable ? undefined : value
  }
}

function arrayReader(elementType: DataType, options: JsonReadOptions): JsonReader {
  const read = nestedReader(elementType, options)
  return (bytes, start, end) => {
    if (bytes[start] !== 91) return readNull(bytes, start, end)
    const values: Value[] = []
    let at = skipSpace(bytes, start + 1)
    if (bytes[at] === 93) return at + 1 === end ? values : undefined
    for (;;) {
      const next = skipValue(bytes, at)
      if (next < 0) return undefined
      const value = read(bytes, at, next)
      if (value === undefined) return undefined
      values.push(value)
      at = skipSpace(bytes, next)
      if (bytes[at] === 93) return at + 1 === end ? values : undefined
      if (bytes[at] !== 44) return undefined
      at = skipSpace(bytes, at + 1)
    }
  }
}

/** Walks the members of an object; `false` when it is malformed or `take` says so. */
function eachMember(
  bytes: Uint8Array,
  start: number,
  end: number,
  take: (name: string, start: number, end: number) => boolean,
): boolean {
  let at = skipSpace(bytes, start + 1)
  if (bytes[at] === 125) return at + 1 === end
  for (;;) {
    const nameEnd = bytes[at] === QUOTE ? skipValue(bytes, at) : -1
    if (nameEnd < 0) return false
    const name = jsonString(bytes, at, nameEnd)
    at = skipSpace(bytes, nameEnd)
    if (name === undefined || bytes[at] !== 58) return false
    at = skipSpace(bytes, at + 1)
    const next = skipValue(bytes, at)
    if (next < 0 || !take(name, at, next)) return false
    at = skipSpace(bytes, next)
    if (bytes[at] === 125) return at + 1 === end
    if (bytes[at] !== 44) return false
    at = skipSpace(bytes, at + 1)
  }
}

/** Objects as MAP: the names are read as strings of the key's type. */
function mapReader(keyType: DataType, valueType: DataType, options: JsonReadOptions): JsonReader {
  const readKey = nestedReader(keyType, options)
  const readValue = nestedReader(valueType, options)
  return (bytes, start, end) => {
    if (bytes[start] !== 123) return readNull(bytes, start, end)
    const map = new Map<Value, Value>()
    const isWhole = eachMember(bytes, start, end, (name, valueStart, valueEnd) => {
      const text = Buffer.from(JSON.stringify(name))
      const key = readKey(text, 0, text.length)
      const value = readValue(bytes, valueStart, valueEnd)
      if (key === undefined || value === undefined) return false
      map.set(key, value)
      return true
    })
    return isWhole ? map : undefined
  }
}

function rowReader(
  fields: readonly { readonly name: string; readonly type: DataType }[],
  options: JsonReadOptions,
): JsonReader {
  const indexes = new Map(fields.map((f, i) => [f.name, i]))
  const readers = fields.map(f => nestedReader(f.type, options))
  return (bytes, start, end) => {
    if (bytes[start] !== 123) return readNull(bytes, start, end)
    const starts = new Int32Array(fields.length).fill(-1)
    const ends = new Int32Array(fields.length)
    const isWhole = eachMember(bytes, start, end, (name, valueStart, valueEnd) => {
      const index = indexes.get(name)
      if (index !== undefined) {
        starts[index] = valueStart
        ends[index] = valueEnd
      }
      return true
    })
    if (!isWhole) return undefined
    const row: Value[] = []
    for (let i = 0; i < fields.length; i++) {
      const from = starts[i] as number
      const missing = options.failOnMissingField || !fields[i]?.type.nullable ? undefined : null
      const value = from < 0 ? missing : (readers[i] as JsonReader)(bytes, from, ends[i] as number)
      if (value === undefined) return undefined
      row.push(value)
    }
    return row
  }
}
