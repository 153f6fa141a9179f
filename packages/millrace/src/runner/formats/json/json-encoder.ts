// Writes rows as JSON objects, field by field into the outgoing buffer.

import { ByteWriter } from '../../../format/byte-writer.ts'
import type { RecordEncoder } from '../../../format/encoder.ts'
import type { DataType, RowField } from '../../../types/data-type.ts'
import { formatDecimal } from '../../../types/decimal.ts'
import { MillraceError, assertNever } from '../../../types/errors.ts'
import type { Schema } from '../../../types/schema.ts'
import type { Hybrid, Row, Value } from '../../../types/value.ts'
import { createTimestampWriter, writeDate, writeTime } from '../text/write-temporal.ts'

type ValueWriter = (out: ByteWriter, value: Value) => void

interface JsonWriteOptions {
  readonly isIso: boolean
  readonly decimalsArePlain: boolean
  readonly ignoresNullFields: boolean
  readonly nullKeyMode: string
  readonly nullKeyLiteral: string
}

const NULL = Buffer.from('null')
const TRUE = Buffer.from('true')
const FALSE = Buffer.from('false')
const EMPTY = Buffer.from('{}')

/** Writes rows as JSON objects, without a line end. Bytes are base64, timestamps text by `timestamp-format.standard`, exact numbers digits. */
export function createJsonRowWriter(
  schema: Schema,
  options: ReadonlyMap<string, string>,
): (out: ByteWriter, row: Row) => void {
  const isOn = (name: string): boolean => options.get(name)?.toLowerCase() === 'true'
  return rowWriter(schema, {
    isIso: options.get('timestamp-format.standard') === 'ISO-8601',
    decimalsArePlain: isOn('encode.decimal-as-plain-number'),
    ignoresNullFields: isOn('encode.ignore-null-fields'),
    nullKeyMode: options.get('map-null-key.mode') ?? 'FAIL',
    nullKeyLiteral: options.get('map-null-key.literal') ?? 'null',
  })
}

/** An encoder of one object a record. */
export function createJsonEncoder(
  schema: Schema,
  options: ReadonlyMap<string, string>,
): RecordEncoder {
  const write = createJsonRowWriter(schema, options)
  return (out, _kind, row) => write(out, row)
}

function rowWriter(fields: readonly RowField[], options: JsonWriteOptions): ValueWriter {
  if (fields.length === 0) return out => out.append(EMPTY)
  return options.ignoresNullFields ? partialRow(fields, options) : wholeRow(fields, options)
}

/** Each field, with NULLs. */
function wholeRow(fields: readonly RowField[], options: JsonWriteOptions): ValueWriter {
  const members = fields.map(({ name, type }, i) => ({
    before: Buffer.from(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`),
    write: valueWriter(type, options),
  }))
  return (out, value) => {
    const row = value as readonly Value[]
    for (let i = 0; i < members.length; i++) {
      const { before, write } = members[i] as (typeof members)[number]
      out.append(before)
      const field = row[i] as Value
      if (field === null) out.append(NULL)
      else write(out, field)
    }
    out.byte(125)
  }
}

/** Only fields that are not NULL. */
function partialRow(fields: readonly RowField[], options: JsonWriteOptions): ValueWriter {
  const names = fields.map(f => Buffer.from(`${JSON.stringify(f.name)}:`))
  const writers = fields.map(f => valueWriter(f.type, options))
  return (out, value) => {
    const row = value as readonly Value[]
    let before = 123
    for (let i = 0; i < writers.length; i++) {
      const field = row[i] as Value
      if (field === null) continue
      out.byte(before)
      before = 44
      out.append(names[i] as Uint8Array)
      ;(writers[i] as ValueWriter)(out, field)
    }
    if (before === 123) out.byte(123)
    out.byte(125)
  }
}

function nullable(write: ValueWriter): ValueWriter {
  return (out, value) => (value === null ? out.append(NULL) : write(out, value))
}

function valueWriter(type: DataType, options: JsonWriteOptions): ValueWriter {
  switch (type.kind) {
    case 'null':
      return out => out.append(NULL)
    case 'boolean':
      return (out, value) => out.append(value ? TRUE : FALSE)
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'interval_day':
    case 'interval_year':
      return (out, value) => out.integer(value as Hybrid)
    case 'float':
    case 'double':
      return (out, value) => {
        const text = String(value)
        out.text(Number.isFinite(value) ? text : `"${text}"`)
      }
    case 'decimal':
      return options.decimalsArePlain
        ? (out, value) => out.text(formatDecimal(value as Hybrid, type.scale))
        : (out, value) => out.text(decimalText(value as Hybrid, type.scale))
    case 'char':
    case 'varchar':
      return (out, value) => writeJsonString(out, value as string)
    case 'binary':
    case 'varbinary':
      return (out, value) => {
        const bytes = value as Uint8Array
        out.byte(34)
        out.text(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64'))
        out.byte(34)
      }
    case 'date':
      return quoted((out, value) => writeDate(out, value as number))
    case 'time':
      return quoted((out, value) => writeTime(out, value as number))
    case 'timestamp':
    case 'timestamp_ltz': {
      const write = createTimestampWriter(type.precision, options.isIso ? 84 : 32)
      const isLocal = type.kind === 'timestamp_ltz'
      return quoted((out, value) => {
        write(out, value as Hybrid)
        if (isLocal) out.byte(90)
      })
    }
    case 'array': {
      const write = nullable(valueWriter(type.element, options))
      return (out, value) => {
        out.byte(91)
        ;(value as readonly Value[]).forEach((element, i) => {
          if (i > 0) out.byte(44)
          write(out, element)
        })
        out.byte(93)
      }
    }
    case 'map':
      return mapWriter(type.key, nullable(valueWriter(type.value, options)), options)
    case 'multiset':
      return mapWriter(type.element, (out, count) => out.text(String(count)), options)
    case 'row':
      return rowWriter(type.fields, options)
    case 'raw':
      return (out, value) => out.text(JSON.stringify(value) ?? 'null')
    default:
      return assertNever(type)
  }
}

function quoted(write: ValueWriter): ValueWriter {
  return (out, value) => {
    out.byte(34)
    write(out, value)
    out.byte(34)
  }
}

function mapWriter(
  keyType: DataType,
  writeValue: ValueWriter,
  options: JsonWriteOptions,
): ValueWriter {
  const isText = keyType.kind === 'char' || keyType.kind === 'varchar'
  const writeKey = valueWriter(keyType, options)
  const scratch = new ByteWriter()
  const keyOf = (key: Value): string | undefined => {
    if (key === null) {
      if (options.nullKeyMode === 'DROP') return undefined
      if (options.nullKeyMode === 'LITERAL') return options.nullKeyLiteral
      throw new MillraceError(
        'MR_DATA_EVALUATION',
        'a MAP that is written as JSON has a NULL key',
        {
          remedy: "Set 'json.map-null-key.mode' to DROP or LITERAL.",
        },
      )
    }
    if (isText) return key as string
    writeKey(scratch, key)
    const text = Buffer.from(scratch.take()).toString()
    return text.startsWith('"') ? (JSON.parse(text) as string) : text
  }
  return (out, value) => {
    let isFirst = true
    out.byte(123)
    for (const [key, element] of value as ReadonlyMap<Value, Value>) {
      const name = keyOf(key)
      if (name === undefined) continue
      if (!isFirst) out.byte(44)
      isFirst = false
      writeJsonString(out, name)
      out.byte(58)
      writeValue(out, element)
    }
    out.byte(125)
  }
}

/** Java's `BigDecimal.toString`: scientific when the value is below 10^-6. */
function decimalText(unscaled: Hybrid, scale: number): string {
  const digits = String(unscaled).replace('-', '')
  const exponent = digits.length - 1 - scale
  if (exponent >= -6) return formatDecimal(unscaled, scale)
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
  return `${unscaled < 0 ? '-' : ''}${digits[0]}${fraction}E${exponent}`
}

/** What of a string JSON demands to be escaped, or is more than a byte. */
const NOT_PLAIN = /[^ !#-[\]-~]/
/** From here on searching for it is faster than looking at each character. */
const LONG = 40

/** Appends a string with its quotes, escaping only what JSON demands. */
export function writeJsonString(out: ByteWriter, value: string): void {
  const { length } = value
  out.reserve(length + 2)
  if (length >= LONG) {
    if (NOT_PLAIN.test(value)) {
      writeEscaped(out, value)
      return
    }
    out.byte(34)
    out.ascii(value)
    out.byte(34)
    return
  }
  const { bytes } = out
  let at = out.length
  bytes[at++] = 34
  for (let i = 0; i < length; i++) {
    const c = value.charCodeAt(i)
    if (c > 126 || c < 32 || c === 34 || c === 92) {
      writeEscaped(out, value)
      return
    }
    bytes[at++] = c
  }
  bytes[at++] = 34
  out.length = at
}

function writeEscaped(out: ByteWriter, value: string): void {
  out.text(JSON.stringify(value.isWellFormed() ? value : value.toWellFormed()))
}
