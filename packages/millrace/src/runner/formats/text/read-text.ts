// Readers of values from their plain text, for formats whose values have no types of their own: CSV, raw.

import type { DataType } from '../../../types/data-type.ts'
import type { Value } from '../../../types/value.ts'
import { MillraceError } from '../../../types/errors.ts'
import { formatType } from '../../../types/data-type.ts'
import {
  createDecimalReader,
  createIntegerReader,
  readBoolean,
  readDouble,
  readFloat,
  readLong,
} from './read-number.ts'
import { asciiText, utf8Text } from './read-string.ts'
import { createTimestampReader, readDate, readTime } from './read-temporal.ts'

/** Reads the text `bytes[start, end)`; `undefined` when it is no value of the type. */
export type TextReader = (bytes: Uint8Array, start: number, end: number) => Value | undefined

/** The reader for a scalar type. @throws {MillraceError} `MR_OPTION_INVALID` for a type that has no text of its own */
export function createTextReader(type: DataType, format: string): TextReader {
  switch (type.kind) {
    case 'char':
    case 'varchar':
      return utf8Text
    case 'boolean':
      return trimmed(readBoolean)
    case 'tinyint':
      return trimmed(createIntegerReader(8))
    case 'smallint':
      return trimmed(createIntegerReader(16))
    case 'int':
      return trimmed(createIntegerReader(32))
    case 'bigint':
    case 'interval_day':
    case 'interval_year':
      return trimmed(readLong)
    case 'float':
      return trimmed(readFloat)
    case 'double':
      return trimmed(readDouble)
    case 'decimal':
      return trimmed(createDecimalReader(type.precision, type.scale))
    case 'date':
      return trimmed(readDate)
    case 'time':
      return trimmed(readTime)
    case 'timestamp':
    case 'timestamp_ltz':
      return trimmed(createTimestampReader(type.precision, type.kind === 'timestamp_ltz'))
    case 'binary':
    case 'varbinary':
      return readBase64Text
    case 'null':
      return () => null
    default:
      throw new MillraceError(
        'MR_OPTION_INVALID',
        `the format '${format}' cannot hold the type ${formatType(type)}`,
        { remedy: "Use the format 'json' or another column type." },
      )
  }
}

function trimmed(read: TextReader): TextReader {
  return (bytes, start, end) => {
    while (start < end && (bytes[start] as number) <= 32) start++
    while (start < end && (bytes[end - 1] as number) <= 32) end--
    return read(bytes, start, end)
  }
}

function readBase64Text(bytes: Uint8Array, start: number, end: number): Uint8Array | undefined {
  const text = asciiText(bytes, start, end)
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.replace(/=+$/, '').length % 4 === 1)
    return undefined
  return new Uint8Array(Buffer.from(text, 'base64'))
}
