// The walk over a type that makes its codec: one closure per type, built once. What the bytes are is the caller's.

import type { DataType } from '../types/data-type.ts'
import { assertNever, InternalError } from '../types/errors.ts'
import type { Value } from '../types/value.ts'
import type { BinaryReader } from './binary-reader.ts'
import type { BinaryWriter } from './binary-writer.ts'

/** Writes and reads values of one type. */
export interface TypeCodec {
  write(out: BinaryWriter, value: Value): void
  read(input: BinaryReader): Value
}

/** Turns RAW values into bytes; below the runner there is no structured clone to bytes, so it is handed in. */
export interface RawCodec {
  encode(value: unknown): Uint8Array
  decode(bytes: Uint8Array): unknown
}

export interface CodecOptions {
  /** Needed when the type holds a RAW. */
  readonly raw?: RawCodec
}

/** The bytes of each kind of value, none of them NULL. */
export interface Encoding {
  /** What fits in 32 bits: the smaller integers, dates, times, months. */
  readonly int: TypeCodec
  /** Integers beyond, as hybrids: BIGINT, DECIMAL, timestamps, intervals of time. */
  readonly hybrid: TypeCodec
  readonly double: TypeCodec
  readonly text: TypeCodec
  readonly bytes: TypeCodec
  /** @param element of elements that may be NULL */
  array(element: TypeCodec): TypeCodec
  /** @param key, value may be NULL */
  map(key: TypeCodec, value: TypeCodec): TypeCodec
  /** @param fields of values that are not NULL: the row says which are */
  row(fields: readonly TypeCodec[]): TypeCodec
  raw(codec: RawCodec): TypeCodec
}

/** The codec of values of a type that are not NULL. */
export function createTypeCodec(
  type: DataType,
  encoding: Encoding,
  options: CodecOptions,
): TypeCodec {
  const codecOf = (part: DataType) => createTypeCodec(part, encoding, options)
  switch (type.kind) {
    case 'null':
      return NOTHING
    case 'boolean':
      return BOOLEAN
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'date':
    case 'time':
    case 'interval_year':
      return encoding.int
    case 'bigint':
    case 'decimal':
    case 'timestamp':
    case 'timestamp_ltz':
    case 'interval_day':
      return encoding.hybrid
    case 'float':
    case 'double':
      return encoding.double
    case 'char':
    case 'varchar':
      return encoding.text
    case 'binary':
    case 'varbinary':
      return encoding.bytes
    case 'array':
      return encoding.array(nullable(codecOf(type.element)))
    case 'multiset':
      return encoding.map(nullable(codecOf(type.element)), nullable(encoding.hybrid))
    case 'map':
      return encoding.map(nullable(codecOf(type.key)), nullable(codecOf(type.value)))
    case 'row':
      return encoding.row(type.fields.map(f => codecOf(f.type)))
    case 'raw':
      if (!options.raw) throw new InternalError(`no codec was given for RAW('${type.className}')`)
      return encoding.raw(options.raw)
    default:
      return assertNever(type)
  }
}

/** The codec of values that may be NULL: `0x00` for NULL, else `0x01` and the value. */
export function nullable({ write, read }: TypeCodec): TypeCodec {
  return {
    write(out, value) {
      if (value === null) out.u8(0)
      else {
        out.u8(1)
        write(out, value)
      }
    },
    read(input) {
      const tag = input.u8()
      if (tag > 1) throw input.malformed(`${tag} is no NULL tag`)
      return tag === 0 ? null : read(input)
    },
  }
}

const NOTHING: TypeCodec = { write() {}, read: () => null }

const BOOLEAN: TypeCodec = {
  write: (out, value) => out.u8(value === true ? 1 : 0),
  read: input => input.u8() === 1,
}
