// Readers of one CSV field by its SQL type.

import type { DataType } from '../../../types/data-type.ts'
import type { Value } from '../../../types/value.ts'
import { utf8Text } from '../text/read-string.ts'
import { createTextReader } from '../text/read-text.ts'
import type { TextReader } from '../text/read-text.ts'
import type { CsvSettings } from './csv-options.ts'

/** The reader of a field as it stands in the record, quotes included. */
export function createFieldReader(type: DataType, settings: CsvSettings): TextReader {
  const { quote, escape } = settings
  const isNull = nullTest(settings)
  const read = contentReader(type, settings)
  return (bytes, start, end) => {
    const isQuoted = start < end && bytes[start] === quote
    const from = isQuoted ? start + 1 : start
    const to = isQuoted ? end - 1 : end
    if (isQuoted || escape >= 0) {
      for (let at = from; at < to; at++) {
        const c = bytes[at]
        if ((isQuoted && c === quote) || c === escape) {
          const plain = unescaped(bytes, from, to, isQuoted ? quote : -1, escape)
          return isNull(plain, 0, plain.length) ? null : read(plain, 0, plain.length)
        }
      }
    }
    return isNull(bytes, from, to) ? null : read(bytes, from, to)
  }
}

/** The text of a field, without quotes and escapes. */
export function fieldText(
  bytes: Uint8Array,
  start: number,
  end: number,
  settings: CsvSettings,
): string | undefined {
  const isQuoted = start < end && bytes[start] === settings.quote
  const plain = isQuoted
    ? unescaped(bytes, start + 1, end - 1, settings.quote, settings.escape)
    : unescaped(bytes, start, end, -1, settings.escape)
  return utf8Text(plain, 0, plain.length)
}

const ESCAPED: ReadonlyMap<number, number> = new Map([
  [110, 10],
  [114, 13],
  [116, 9],
  [48, 0],
])

function unescaped(
  bytes: Uint8Array,
  start: number,
  end: number,
  quote: number,
  escape: number,
): Uint8Array {
  const plain = new Uint8Array(end - start)
  let length = 0
  for (let at = start; at < end; at++) {
    let c = bytes[at] as number
    if (at + 1 < end) {
      if (c === escape) {
        c = bytes[++at] as number
        c = ESCAPED.get(c) ?? c
      } else if (c === quote) at++
    }
    plain[length++] = c
  }
  return plain.subarray(0, length)
}

function nullTest(
  settings: CsvSettings,
): (bytes: Uint8Array, start: number, end: number) => boolean {
  if (settings.nullLiteral === undefined) return () => false
  const literal = Buffer.from(settings.nullLiteral)
  return (bytes, start, end) => {
    if (end - start !== literal.length) return false
    for (let i = 0; i < literal.length; i++) if (bytes[start + i] !== literal[i]) return false
    return true
  }
}

/** Reads the content; an ARRAY or ROW is a list of contents, nothing an empty ARRAY, but no ROW. */
function contentReader(type: DataType, settings: CsvSettings): TextReader {
  if (type.kind === 'array') {
    const read = elementReader(type.element, settings)
    return listReader(settings, () => read)
  }
  if (type.kind === 'row') {
    const readers = type.fields.map(f => elementReader(f.type, settings))
    const list = listReader(settings, i => readers[i])
    return (bytes, start, end) => {
      if (start === end) return null
      const values = list(bytes, start, end) as readonly Value[] | undefined
      return values?.length === readers.length ? values : undefined
    }
  }
  return createTextReader(type, 'csv')
}

function elementReader(type: DataType, settings: CsvSettings): TextReader {
  const read = createTextReader(type, 'csv')
  const isNull = nullTest(settings)
  return (bytes, start, end) => (isNull(bytes, start, end) ? null : read(bytes, start, end))
}

function listReader(
  settings: CsvSettings,
  readerAt: (index: number) => TextReader | undefined,
): TextReader {
  const delimiter = Buffer.from(settings.elementDelimiter)
  return (bytes, start, end) => {
    const values: Value[] = []
    if (start === end) return values
    const content = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
    for (let from = 0; ; ) {
      const found = content.indexOf(delimiter, from)
      const to = found < 0 ? content.length : found
      const value = readerAt(values.length)?.(content, from, to)
      if (value === undefined) return undefined
      values.push(value)
      if (found < 0) return values
      from = found + delimiter.length
    }
  }
}
