// Typed values as compact bytes: one closure per type, built once.
//
//     value     = 0x00 (NULL) | 0x01 body; within a ROW without this byte, its bitmap tells
//     boolean   u8          integers, DECIMAL, dates, times, intervals: hybrid (hybrid-codec.ts)
//     float, double: 8 bytes, IEEE 754     text, bytes: varint length and bytes
//     array     varint count, values       map, multiset: varint count, (value, value)*
//     row       bitmap of NULLs (bit i % 8 of byte i / 8), then the other fields' bodies
//     raw       varint length, bytes of the given codec
//
// NULL is representable under every type, NOT NULL or not: nullability may change without a new format.

import type { DataType } from '../types/data-type.ts'
import type { Hybrid, Row, Value } from '../types/value.ts'
import { BinaryReader } from './binary-reader.ts'
import { BinaryWriter } from './binary-writer.ts'
import { readHybrid, writeHybrid } from './hybrid-codec.ts'
import { readText, writeText } from './text-codec.ts'
import {
  type CodecOptions,
  createTypeCodec,
  type Encoding,
  nullable,
  type RawCodec,
  type TypeCodec,
} from './type-codec.ts'

/** Encodes values of one type. What it reads owns its bytes. */
export interface ValueCodec<V = Value> {
  write(out: BinaryWriter, value: V): void
  read(input: BinaryReader): V
  encode(value: V): Uint8Array
  /** @throws {MalformedStateError} when the bytes are no value of the type, or hold more than one */
  decode(bytes: Uint8Array): V
}

/** The codec of values of a type. */
export function createValueCodec(type: DataType, options: CodecOptions = {}): ValueCodec {
  return withBytes(nullable(createTypeCodec(type, VALUE_ENCODING, options)))
}

/** The codec of rows of these field types, never NULL as a whole; the fields may be. */
export function createRowCodec(
  types: readonly DataType[],
  options: CodecOptions = {},
): ValueCodec<Value> {
  return withBytes(rowBody(types.map(t => createTypeCodec(t, VALUE_ENCODING, options))))
}

/** The codec of values as they stand in a row: never NULL, for the row's bitmap tells. */
export function createFieldCodec(type: DataType, options: CodecOptions = {}): TypeCodec {
  return createTypeCodec(type, VALUE_ENCODING, options)
}

function withBytes({ write, read }: TypeCodec): ValueCodec {
  const scratch = new BinaryWriter()
  const reader = new BinaryReader(new Uint8Array())
  return {
    write,
    read,
    encode(value) {
      scratch.reset()
      write(scratch, value)
      return scratch.take()
    },
    decode(bytes) {
      reader.reset(bytes)
      const value = read(reader)
      if (reader.remaining > 0) throw reader.malformed('bytes are left over')
      return value
    },
  }
}

const hybridBody: TypeCodec = {
  write: (out, value) => writeHybrid(out, value as Hybrid),
  read: readHybrid,
}

const doubleBody: TypeCodec = {
  write: (out, value) => out.f64(value as number),
  read: input => input.f64(),
}

const textBody: TypeCodec = {
  write: (out, value) => writeText(out, value as string),
  read: readText,
}

const bytesBody: TypeCodec = {
  write(out, value) {
    const bytes = value as Uint8Array
    out.varint(bytes.length)
    out.append(bytes)
  },
  read: input => input.copy(input.varint()),
}

function arrayBody(element: TypeCodec): TypeCodec {
  return {
    write(out, value) {
      const items = value as readonly Value[]
      out.varint(items.length)
      for (const item of items) element.write(out, item)
    },
    read(input) {
      const count = input.varint()
      // Each element takes a byte at least: a broken count must not allocate.
      input.need(count)
      const items: Value[] = []
      for (let i = 0; i < count; i++) items.push(element.read(input))
      return items
    },
  }
}

function mapBody(key: TypeCodec, value: TypeCodec): TypeCodec {
  return {
    write(out, map) {
      const entries = map as ReadonlyMap<Value, Value>
      out.varint(entries.size)
      for (const [k, v] of entries) {
        key.write(out, k)
        value.write(out, v)
      }
    },
    read(input) {
      const count = input.varint()
      input.need(count)
      const map = new Map<Value, Value>()
      for (let i = 0; i < count; i++) map.set(key.read(input), value.read(input))
      return map
    },
  }
}

function rowBody(fields: readonly TypeCodec[]): TypeCodec {
  const bitmapBytes = (fields.length + 7) >> 3
  return {
    write(out, value) {
      const row = value as Row
      const bitmap = out.length
      for (let i = 0; i < bitmapBytes; i++) out.u8(0)
      for (let i = 0; i < fields.length; i++) {
        const field = row[i] as Value
        if (field === null) {
          const at = bitmap + (i >> 3)
          out.bytes[at] = (out.bytes[at] as number) | (1 << (i & 7))
        } else (fields[i] as TypeCodec).write(out, field)
      }
    },
    read(input) {
      const { bytes, offset: bitmap } = input
      input.need(bitmapBytes)
      input.offset += bitmapBytes
      const row: Value[] = []
      for (let i = 0; i < fields.length; i++) {
        const isNull = ((bytes[bitmap + (i >> 3)] as number) & (1 << (i & 7))) !== 0
        row.push(isNull ? null : (fields[i] as TypeCodec).read(input))
      }
      return row
    },
  }
}

function rawBody(codec: RawCodec): TypeCodec {
  return {
    write(out, value) {
      const bytes = codec.encode(value)
      out.varint(bytes.length)
      out.append(bytes)
    },
    read: input => codec.decode(input.copy(input.varint())) as Value,
  }
}

const VALUE_ENCODING: Encoding = {
  int: hybridBody,
  hybrid: hybridBody,
  double: doubleBody,
  text: textBody,
  bytes: bytesBody,
  array: arrayBody,
  map: mapBody,
  row: rowBody,
  raw: rawBody,
}
