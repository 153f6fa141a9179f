// Writers of values as plain text, for formats whose values have no types of their own: CSV, raw.

import type { ByteWriter } from '../../../format/byte-writer.ts'
import type { DataType } from '../../../types/data-type.ts'
import { formatType } from '../../../types/data-type.ts'
import { formatDecimal } from '../../../types/decimal.ts'
import { MillraceError } from '../../../types/errors.ts'
import type { Hybrid, Value } from '../../../types/value.ts'
import { createTimestampWriter, writeDate, writeTime } from './write-temporal.ts'

/** Appends the text of a value that is not NULL. */
export type TextWriter = (out: ByteWriter, value: Value) => void

/** The writer for a scalar type. @throws {MillraceError} `MR_OPTION_INVALID` for a type that has no text of its own */
export function createTextWriter(type: DataType, format: string): TextWriter {
  switch (type.kind) {
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'interval_day':
    case 'interval_year':
    case 'float':
    case 'double':
    case 'char':
    case 'varchar':
    case 'null':
      return (out, value) => out.text(String(value))
    case 'decimal':
      return (out, value) => out.text(formatDecimal(value as Hybrid, type.scale))
    case 'binary':
    case 'varbinary':
      return (out, value) => out.text(Buffer.from(value as Uint8Array).toString('base64'))
    case 'date':
      return (out, value) => writeDate(out, value as number)
    case 'time':
      return (out, value) => writeTime(out, value as number)
    case 'timestamp':
      return createTimestampWriter(type.precision, 32) as TextWriter
    case 'timestamp_ltz': {
      const write = createTimestampWriter(type.precision, 32)
      return (out, value) => {
        write(out, value as Hybrid)
        out.byte(90)
      }
    }
    default:
      throw new MillraceError(
        'MR_OPTION_INVALID',
        `the format '${format}' cannot hold the type ${formatType(type)}`,
        { remedy: "Use the format 'json' or another column type." },
      )
  }
}
