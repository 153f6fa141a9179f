// Typed keys as bytes whose order is the order of the values; equal values have equal bytes.
//
//     field     = 0x00 (NULL, first) | 0x01 body
//     boolean   0x00 | 0x01        tinyint, smallint, int, date, time, interval_year: 4 bytes, sign bit flipped
//     bigint, decimal, timestamps, interval_day: ordered hybrid (hybrid-codec.ts)
//     float, double: 8 bytes; positive: sign bit flipped, negative: all bits flipped; one NaN above all, -0 as 0
//     text, bytes, raw: bytes with 0x00 written as 0x00 0xFF, ended by 0x00 (text is UTF-8: order of code points)
//     row       its fields         array: (0x01 field)* 0x00
//     map, multiset: as an array of (key, value), sorted by the key's bytes; no order of values is implied
//
// No field starts with 0xFF, so the end of a text cannot be taken for an escape.

import type { DataType } from '../types/data-type.ts'
import type { Hybrid, Row, Value } from '../types/value.ts'
import { BinaryReader } from './binary-reader.ts'
import { BinaryWriter } from './binary-writer.ts'
import { readOrderedHybrid, writeOrderedHybrid } from './hybrid-codec.ts'
import { decodeText, encodeText, hasEncodedSurrogate } from './text-codec.ts'
import {
  type CodecOptions,
  createTypeCodec,
  type Encoding,
  nullable,
  type RawCodec,
  type TypeCodec,
} from './type-codec.ts'

/** Encodes keys of one list of types. */
export interface KeyCodec {
  /** Appends the key; a prefix of the types' encoding is a prefix of the bytes. */
  write(out: BinaryWriter, key: Row): void
  /** @throws {MalformedStateError} when the bytes are no key of these types, or hold more */
  read(bytes: Uint8Array): Row
  /** How many bytes of a longer key the values of these types take. @throws {MalformedStateError} */
  lengthIn(bytes: Uint8Array): number
  encode(key: Row): Uint8Array
}

/** The codec of keys of these types. */
export function createKeyCodec(types: readonly DataType[], options: CodecOptions = {}): KeyCodec {
  const fields = types.map(t => nullable(createTypeCodec(t, KEY_ENCODING, options)))
  const passed = types.map(t => nullable(createTypeCodec(t, PASSED_ENCODING, options)))
  const scratch = new BinaryWriter(64)
  const reader = new BinaryReader(new Uint8Array())
  const write = (out: BinaryWriter, key: Row) => {
    for (let i = 0; i < fields.length; i++) (fields[i] as TypeCodec).write(out, key[i] as Value)
  }
  return {
    write,
    read(bytes) {
      reader.reset(bytes)
      const key: Row = []
      for (const field of fields) key.push(field.read(reader))
      if (reader.remaining > 0) throw reader.malformed('bytes are left over')
      return key
    },
    lengthIn(bytes) {
      reader.reset(bytes)
      for (const field of passed) field.read(reader)
      return reader.offset
    },
    encode(key) {
      scratch.reset()
      write(scratch, key)
      return scratch.take()
    },
  }
}

const intPart: TypeCodec = {
  write: (out, value) => out.u32(((value as number) ^ 0x80000000) >>> 0),
  read: input => input.u32() ^ 0x80000000,
}

const hybridPart: TypeCodec = {
  write: (out, value) => writeOrderedHybrid(out, value as Hybrid),
  read: readOrderedHybrid,
}

const doublePart: TypeCodec = {
  write(out, value) {
    const number = value as number
    // Adding 0 turns -0 into 0; NaN has many bit patterns, of which one is kept.
    out.f64(Number.isNaN(number) ? Number.NaN : number + 0)
    const { bytes } = out
    const at = out.length - 8
    flipDouble(bytes, at, (bytes[at] as number) >= 0x80 && !Number.isNaN(number))
    if (Number.isNaN(number)) bytes.fill(0xff, at, at + 8)
  },
  read(input) {
    const bytes = input.copy(8)
    if (bytes.every(b => b === 0xff)) return Number.NaN
    flipDouble(bytes, 0, (bytes[0] as number) < 0x80)
    return new DataView(bytes.buffer).getFloat64(0)
  },
}

const textPart: TypeCodec = {
  write(out, value) {
    const text = value as string
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit === 0 || unit > 0x7f) {
        out.length -= i
        writeEscaped(out, encodeText(text))
        return
      }
      out.u8(unit)
    }
    out.u8(0)
  },
  read(input) {
    const bytes = readEscaped(input)
    return decodeText(bytes, 0, bytes.length, hasEncodedSurrogate(bytes, 0, bytes.length))
  },
}

const bytesPart: TypeCodec = {
  write: (out, value) => writeEscaped(out, value as Uint8Array),
  read: input => readEscaped(input).slice(),
}

function rowPart(fields: readonly TypeCodec[]): TypeCodec {
  return {
    write(out, value) {
      const row = value as Row
      for (let i = 0; i < fields.length; i++) (fields[i] as TypeCodec).write(out, row[i] as Value)
    },
    read: input => fields.map(f => f.read(input)),
  }
}

function arrayPart(element: TypeCodec): TypeCodec {
  return {
    write(out, value) {
      for (const item of value as readonly Value[]) {
        out.u8(1)
        element.write(out, item)
      }
      out.u8(0)
    },
    read(input) {
      const items: Value[] = []
      while (input.u8() !== 0) items.push(element.read(input))
      return items
    },
  }
}

function mapPart(key: TypeCodec, value: TypeCodec): TypeCodec {
  return {
    write(out, map) {
      const entries = [...(map as ReadonlyMap<Value, Value>)].map(([k, v]) => {
        const entry = new BinaryWriter(64)
        key.write(entry, k)
        value.write(entry, v)
        return entry.take()
      })
      for (const entry of entries.sort(compareBytes)) {
        out.u8(1)
        out.append(entry)
      }
      out.u8(0)
    },
    read(input) {
      const map = new Map<Value, Value>()
      while (input.u8() !== 0) map.set(key.read(input), value.read(input))
      return map
    },
  }
}

function rawPart(raw: RawCodec): TypeCodec {
  return {
    write: (out, value) => writeEscaped(out, raw.encode(value)),
    read: input => raw.decode(readEscaped(input).slice()) as Value,
  }
}

const escapedPart: TypeCodec = { write: bytesPart.write, read: readEscaped }

const KEY_ENCODING: Encoding = {
  int: intPart,
  hybrid: hybridPart,
  double: doublePart,
  text: textPart,
  bytes: bytesPart,
  array: arrayPart,
  map: mapPart,
  row: fields => rowPart(fields.map(nullable)),
  raw: rawPart,
}

/** For keys that are only passed over: no text is made of their bytes. */
const PASSED_ENCODING: Encoding = { ...KEY_ENCODING, text: escapedPart, bytes: escapedPart }

/** Order of unsigned bytes; a prefix comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const common = Math.min(a.length, b.length)
  for (let i = 0; i < common; i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

function flipDouble(bytes: Uint8Array, at: number, all: boolean): void {
  bytes[at] = (bytes[at] as number) ^ (all ? 0xff : 0x80)
  if (all) for (let i = at + 1; i < at + 8; i++) bytes[i] = (bytes[i] as number) ^ 0xff
}

function writeEscaped(out: BinaryWriter, bytes: Uint8Array): void {
  for (const byte of bytes) {
    out.u8(byte)
    if (byte === 0) out.u8(0xff)
  }
  out.u8(0)
}

/** A view where nothing was escaped, else a copy. */
function readEscaped(input: BinaryReader): Uint8Array {
  const { bytes, offset: start, end } = input
  let copy: number[] | undefined
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (byte !== 0) copy?.push(byte)
    else if (at + 1 < end && bytes[at + 1] === 0xff) {
      copy ??= [...bytes.subarray(start, at)]
      copy.push(0)
      at++
    } else {
      input.offset = at + 1
      return copy ? Uint8Array.from(copy) : bytes.subarray(start, at)
    }
  }
  throw input.malformed('a text has no end')
}
