// The changes of one operator in one epoch, as bytes.
//
//     delta  = entry*
//     entry  = 0x01 varint(|full key|) varint(|value|) full key, value     put
//            | 0x02 varint(|full key|) full key                            delete
//            | 0x03 slice                                                  delete every key of the slice
//            | 0x04                                                        delete every key of the operator
//     full key = key group (u8), 0x00 | 0x01 slice, key
//     slice  = 8 bytes, big-endian, two's complement with the sign bit flipped
//
// Full keys are ordered by their bytes: key group, then slice (none first), then key. Later entries win over earlier ones.

import { BinaryReader } from './binary-reader.ts'
import { BinaryWriter } from './binary-writer.ts'
import type { StateKey } from './state-backend.ts'

export const PUT = 1
export const DELETE_KEY = 2
export const DELETE_SLICE = 3
export const DELETE_ALL = 4

const HIGH = 2 ** 32
const NO_SLICE = 0
const WITH_SLICE = 1

/** Collects the changes of one operator. Reusable after `take`. */
export class DeltaWriter {
  readonly #out: BinaryWriter
  /** Entries since the last `take`. */
  entries = 0

  constructor(capacity = 1024) {
    this.#out = new BinaryWriter(capacity)
  }

  get byteLength(): number {
    return this.#out.length
  }

  /** Sets a key. The bytes are copied. */
  put(keyGroup: number, slice: number | undefined, key: Uint8Array, value: Uint8Array): void {
    this.#putBytes(keyGroup, slice, key, key.length, value, value.length)
  }

  /** As `put`, from what two writers hold: no array is made. */
  putWritten(
    keyGroup: number,
    slice: number | undefined,
    key: BinaryWriter,
    value: BinaryWriter,
  ): void {
    this.#putBytes(keyGroup, slice, key.bytes, key.length, value.bytes, value.length)
  }

  /** Removes a key, if it is there. */
  delete(keyGroup: number, slice: number | undefined, key: Uint8Array): void {
    this.entries++
    this.#out.u8(DELETE_KEY)
    this.#out.varint(fullKeyLength(slice, key.length))
    writeFullKey(this.#out, keyGroup, slice, key, key.length)
  }

  /** Removes every key of the slice, in all key groups. */
  deleteSlice(slice: number): void {
    this.entries++
    this.#out.u8(DELETE_SLICE)
    writeSlice(this.#out, slice)
  }

  /** Removes every key of the operator. */
  deleteAll(): void {
    this.entries++
    this.#out.u8(DELETE_ALL)
  }

  /** A copy of the delta; the writer is empty afterwards. */
  take(): Uint8Array {
    this.entries = 0
    return this.#out.take()
  }

  #putBytes(
    keyGroup: number,
    slice: number | undefined,
    key: Uint8Array,
    keyLength: number,
    value: Uint8Array,
    valueLength: number,
  ): void {
    this.entries++
    const out = this.#out
    out.u8(PUT)
    out.varint(fullKeyLength(slice, keyLength))
    out.varint(valueLength)
    writeFullKey(out, keyGroup, slice, key, keyLength)
    out.append(value, 0, valueLength)
  }
}

/** A cursor over a delta (or over a block of a base file, which holds the same entries). */
export class DeltaReader {
  readonly bytes: Uint8Array
  /** The entry's tag: `PUT`, `DELETE_KEY`, `DELETE_SLICE`, `DELETE_ALL`. */
  tag = 0
  /** Offset of the entry, of its full key, its value, and of what follows. */
  start = 0
  keyStart = 0
  keyEnd = 0
  valueStart = 0
  valueEnd = 0
  readonly #reader: BinaryReader

  constructor(bytes: Uint8Array, start = 0, end = bytes.length) {
    this.bytes = bytes
    this.#reader = new BinaryReader(bytes, start, end)
  }

  /**
   * Moves to the next entry; false at the end.
   *
   * @throws {MalformedStateError} when the bytes are no delta
   */
  next(): boolean {
    const reader = this.#reader
    if (reader.remaining === 0) return false
    this.start = reader.offset
    this.tag = reader.u8()
    let keyLength = 0
    let valueLength = 0
    if (this.tag === PUT) {
      keyLength = this.#keyLength()
      valueLength = reader.varint()
    } else if (this.tag === DELETE_KEY) keyLength = this.#keyLength()
    else if (this.tag === DELETE_SLICE) keyLength = 8
    else if (this.tag !== DELETE_ALL) throw reader.malformed(`unknown entry ${this.tag}`)
    reader.need(keyLength + valueLength)
    this.keyStart = reader.offset
    this.keyEnd = this.valueStart = this.keyStart + keyLength
    this.valueEnd = this.valueStart + valueLength
    reader.offset = this.valueEnd
    return true
  }

  /** The slice of a `DELETE_SLICE`. */
  get deletedSlice(): number {
    return readSlice(this.bytes, this.keyStart)
  }

  #keyLength(): number {
    const length = this.#reader.varint()
    if (length < 2) throw this.#reader.malformed('a key is too short')
    return length
  }
}

/** The bytes by which a key is stored and ordered. */
export function encodeFullKey({ keyGroup, slice, key }: StateKey): Uint8Array {
  const out = new BinaryWriter(fullKeyLength(slice, key.length))
  writeFullKey(out, keyGroup, slice, key, key.length)
  return out.bytes
}

/** Takes a full key in `bytes` apart; the key is a view. */
export function decodeFullKey(bytes: Uint8Array, start: number, end: number): StateKey {
  const hasSlice = bytes[start + 1] === WITH_SLICE
  return {
    keyGroup: bytes[start] as number,
    slice: hasSlice ? readSlice(bytes, start + 2) : undefined,
    key: bytes.subarray(start + (hasSlice ? 10 : 2), end),
  }
}

/** The slice within a full key. */
export function sliceOfFullKey(bytes: Uint8Array, start: number): number | undefined {
  return bytes[start + 1] === WITH_SLICE ? readSlice(bytes, start + 2) : undefined
}

/** Appends a slice so that byte order is numeric order. */
export function writeSlice(out: BinaryWriter, slice: number): void {
  out.u32((Math.floor(slice / HIGH) ^ 0x80000000) >>> 0)
  out.u32(slice >>> 0)
}

function readSlice(bytes: Uint8Array, at: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, 8)
  return (view.getUint32(0) ^ 0x80000000) * HIGH + view.getUint32(4)
}

function fullKeyLength(slice: number | undefined, keyLength: number): number {
  return keyLength + (slice === undefined ? 2 : 10)
}

function writeFullKey(
  out: BinaryWriter,
  keyGroup: number,
  slice: number | undefined,
  key: Uint8Array,
  keyLength: number,
): void {
  out.u8(keyGroup)
  if (slice === undefined) out.u8(NO_SLICE)
  else {
    out.u8(WITH_SLICE)
    writeSlice(out, slice)
  }
  out.append(key, 0, keyLength)
}
