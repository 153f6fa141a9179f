// Writes rows as CSV records; fields are quoted only where they must be.

import { ByteWriter } from '../../../format/byte-writer.ts'
import type { RecordEncoder } from '../../../format/encoder.ts'
import type { DataType } from '../../../types/data-type.ts'
import { MillraceError } from '../../../types/errors.ts'
import type { Schema } from '../../../types/schema.ts'
import type { Value } from '../../../types/value.ts'
import { createTextWriter } from '../text/value-text.ts'
import type { TextWriter } from '../text/value-text.ts'
import { csvSettings } from './csv-options.ts'
import type { CsvSettings } from './csv-options.ts'

/** An encoder of one record a row. */
export function createCsvEncoder(
  schema: Schema,
  options: ReadonlyMap<string, string>,
): RecordEncoder {
  const settings = csvSettings(options)
  const writers = schema.map(c => fieldWriter(c.type, settings))
  const nullText = Buffer.from(settings.nullLiteral ?? '')
  return (out, _kind, row) => {
    for (let i = 0; i < writers.length; i++) {
      if (i > 0) out.byte(settings.delimiter)
      const value = row[i] as Value
      if (value === null) out.append(nullText)
      else (writers[i] as TextWriter)(out, value)
    }
  }
}

/** The header line, when the format is told to write one. */
export function csvHeader(schema: Schema, options: ReadonlyMap<string, string>): Uint8Array {
  const settings = csvSettings(options)
  const out = new ByteWriter()
  if (!settings.hasHeader) return out.take()
  schema.forEach((column, i) => {
    if (i > 0) out.byte(settings.delimiter)
    writeField(out, Buffer.from(column.name), settings)
  })
  out.byte(10)
  return out.take()
}

function fieldWriter(type: DataType, settings: CsvSettings): TextWriter {
  const write = contentWriter(type, settings)
  const isPlain =
    !['char', 'varchar', 'array', 'row'].includes(type.kind) && settings.delimiter !== 46
  const scratch = new ByteWriter()
  const checked: TextWriter = (out, value) => {
    scratch.length = 0
    write(scratch, value)
    writeField(out, scratch.bytes.subarray(0, scratch.length), settings)
  }
  // Numbers, dates and times hold nothing that needs quotes, unless the delimiter is one of their characters.
  return isPlain && !'0123456789-+:.eETZ '.includes(String.fromCharCode(settings.delimiter))
    ? write
    : checked
}

function contentWriter(type: DataType, settings: CsvSettings): TextWriter {
  if (type.kind !== 'array' && type.kind !== 'row') return createTextWriter(type, 'csv')
  const element = type.kind === 'array' ? createTextWriter(type.element, 'csv') : undefined
  const fields = type.kind === 'row' ? type.fields.map(f => createTextWriter(f.type, 'csv')) : []
  return (out, value) => {
    ;(value as readonly Value[]).forEach((part, i) => {
      if (i > 0) out.text(settings.elementDelimiter)
      if (part === null) out.text(settings.nullLiteral ?? '')
      else (element ?? (fields[i] as TextWriter))(out, part)
    })
  }
}

/** Appends a field's bytes, in quotes when a character of CSV is among them or it could be taken for a comment or a NULL. */
function writeField(out: ByteWriter, bytes: Uint8Array, settings: CsvSettings): void {
  const { delimiter, quote, escape } = settings
  let mustQuote = bytes[0] === 35 || (bytes.length > 0 && (bytes[0] as number) < 32)
  for (const c of bytes)
    if (c === delimiter || c === quote || c === 10 || c === 13 || c === escape) mustQuote = true
  if (!mustQuote) {
    out.append(bytes)
    return
  }
  if (quote < 0) {
    writeEscaped(out, bytes, settings)
    return
  }
  out.byte(quote)
  for (const c of bytes) {
    if (c === quote) out.byte(quote)
    else if (c === escape) out.byte(escape)
    out.byte(c)
  }
  out.byte(quote)
}

function writeEscaped(
  out: ByteWriter,
  bytes: Uint8Array,
  { delimiter, escape }: CsvSettings,
): void {
  for (const c of bytes) {
    const isSpecial = c === delimiter || c === escape || c === 10 || c === 13
    if (isSpecial && escape < 0)
      throw new MillraceError(
        'MR_DATA_EVALUATION',
        'a value with a delimiter or newline cannot be written as CSV without quotes',
        { remedy: "Enable quotes, or set 'csv.escape-character'." },
      )
    if (isSpecial) out.byte(escape)
    out.byte(c === 10 && isSpecial ? 110 : c === 13 && isSpecial ? 114 : c)
  }
}
