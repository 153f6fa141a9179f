// The changes of one operator in one epoch, as bytes.
//
//     delta  = entry*
//     entry  = 0x01 varint(|full key|) varint(|value|) full key, value     put
//            | 0x02 varint(|full key|) full key                            delete
//            | 0x03 table (u8) slice                                       delete every key of the table's slice
//            | 0x04                                                        delete every key of the operator
//     full key = key group (u8), table (u8), 0x00 | 0x01 slice, key
//     slice  = 8 bytes, big-endian, two's complement with the sign bit flipped
//
// Full keys are ordered by their bytes: key group, table, slice (none first), key. Later entries win over earlier ones.

import { BinaryReader } from './binary-reader.ts'
import { BinaryWriter } from './binary-writer.ts'
import { keyGroupOf } from './key-group.ts'
import type { KeyCodec } from './key-codec.ts'
import type { StateKey, StateRange } from './state-backend.ts'
import type { Row } from '../types/value.ts'
import type { ValueCodec } from './value-codec.ts'

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
  readonly #key = new BinaryWriter(64)
  readonly #value = new BinaryWriter(256)
  /** Entries since the last `take`. */
  entries = 0
  /** Deletions name each key: a reader of the changes does not know which keys a slice has. */
  readonly namesKeys: boolean

  constructor(capacity = 1024, namesKeys = false) {
    this.#out = new BinaryWriter(capacity)
    this.namesKeys = namesKeys
  }

  get byteLength(): number {
    return this.#out.length
  }

  /** Sets a key of a table (0 to 255: tables of one operator); its key group follows from its encoding. */
  put<V>(
    table: number,
    slice: number | undefined,
    keyCodec: KeyCodec,
    key: Row,
    valueCodec: Pick<ValueCodec<V>, 'write'>,
    value: V,
  ): void {
    const valueBytes = this.#value
    valueBytes.reset()
    valueCodec.write(valueBytes, value)
    const keyBytes = this.#encodeKey(keyCodec, key)
    const keyGroup = keyGroupOf(keyBytes.bytes, 0, keyBytes.length)
    this.#beginPut(slice, keyBytes.length, valueBytes.length)
    writeFullKey(this.#out, keyGroup, table, slice, keyBytes.bytes, keyBytes.length)
    this.#out.append(valueBytes.bytes, 0, valueBytes.length)
  }

  /** Removes a key of a table, if it is there. */
  delete(table: number, slice: number | undefined, keyCodec: KeyCodec, key: Row): void {
    const keyBytes = this.#encodeKey(keyCodec, key)
    const keyGroup = keyGroupOf(keyBytes.bytes, 0, keyBytes.length)
    this.#beginDelete(slice, keyBytes.length)
    writeFullKey(this.#out, keyGroup, table, slice, keyBytes.bytes, keyBytes.length)
  }

  /** Sets a key that is encoded already. The bytes are copied. */
  putBytes({ keyGroup, table, slice, key }: StateKey, value: Uint8Array): void {
    this.#beginPut(slice, key.length, value.length)
    writeFullKey(this.#out, keyGroup, table, slice, key, key.length)
    this.#out.append(value)
  }

  /** Removes a key that is encoded already. */
  deleteBytes({ keyGroup, table, slice, key }: StateKey): void {
    this.#beginDelete(slice, key.length)
    writeFullKey(this.#out, keyGroup, table, slice, key, key.length)
  }

  /** Sets a key that is encoded as it is stored. */
  putFullKey(fullKey: Uint8Array, value: Uint8Array): void {
    this.entries++
    this.#out.u8(PUT)
    this.#out.varint(fullKey.length)
    this.#out.varint(value.length)
    this.#out.append(fullKey)
    this.#out.append(value)
  }

  /** Removes a key that is encoded as it is stored. */
  deleteFullKey(fullKey: Uint8Array): void {
    this.entries++
    this.#out.u8(DELETE_KEY)
    this.#out.varint(fullKey.length)
    this.#out.append(fullKey)
  }

  /** Removes every key of the table's slice, in all key groups. Not where deletions name each key. */
  deleteSlice(table: number, slice: number): void {
    this.entries++
    this.#out.u8(DELETE_SLICE)
    this.#out.u8(table)
    writeSlice(this.#out, slice)
  }

  /** Removes every key of the operator. */
  deleteAll(): void {
    this.entries++
    this.#out.u8(DELETE_ALL)
  }

  /** Appends a delta of another writer of the same operator. */
  append(delta: Uint8Array): void {
    if (delta.length === 0) return
    this.entries++
    this.#out.append(delta)
  }

  /** A copy of the delta; the writer is empty afterwards. */
  take(): Uint8Array {
    this.entries = 0
    return this.#out.take()
  }

  #encodeKey(codec: KeyCodec, key: Row): BinaryWriter {
    this.#key.reset()
    codec.write(this.#key, key)
    return this.#key
  }

  #beginPut(slice: number | undefined, keyLength: number, valueLength: number): void {
    this.entries++
    this.#out.u8(PUT)
    this.#out.varint(fullKeyLength(slice, keyLength))
    this.#out.varint(valueLength)
  }

  #beginDelete(slice: number | undefined, keyLength: number): void {
    this.entries++
    this.#out.u8(DELETE_KEY)
    this.#out.varint(fullKeyLength(slice, keyLength))
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
    else if (this.tag === DELETE_SLICE) keyLength = 9
    else if (this.tag !== DELETE_ALL) throw reader.malformed(`unknown entry ${this.tag}`)
    reader.need(keyLength + valueLength)
    this.keyStart = reader.offset
    this.keyEnd = this.valueStart = this.keyStart + keyLength
    this.valueEnd = this.valueStart + valueLength
    reader.offset = this.valueEnd
    return true
  }

  /** What a `DELETE_SLICE` names, as `sliceId` of the full keys that it deletes. */
  get deletedSlice(): string {
    return `${this.bytes[this.keyStart]}:${readSlice(this.bytes, this.keyStart + 1)}`
  }

  #keyLength(): number {
    const length = this.#reader.varint()
    if (length < 3) throw this.#reader.malformed('a key is too short')
    return length
  }
}

/** The bytes by which a key is stored and ordered. */
export function encodeFullKey({ keyGroup, table, slice, key }: StateKey): Uint8Array {
  const out = new BinaryWriter(fullKeyLength(slice, key.length))
  writeFullKey(out, keyGroup, table, slice, key, key.length)
  return out.view()
}

/** Takes a full key in `bytes` apart; the key is a view. */
export function decodeFullKey(bytes: Uint8Array, start: number, end: number): StateKey {
  return {
    keyGroup: bytes[start] as number,
    table: bytes[start + 1] as number,
    slice: sliceOfFullKey(bytes, start),
    key: bytes.subarray(userKeyStart(bytes, start), end),
  }
}

/** The slice in a full key; `undefined` when it has none. */
export function sliceOfFullKey(bytes: Uint8Array, start: number): number | undefined {
  return bytes[start + 2] === WITH_SLICE ? readSlice(bytes, start + 3) : undefined
}

/** Where the key itself starts in a full key. */
export function userKeyStart(bytes: Uint8Array, start: number): number {
  return start + (bytes[start + 2] === WITH_SLICE ? 11 : 3)
}

/** Names the table's slice that a full key lies in; `undefined` when it lies in none. */
export function sliceId(bytes: Uint8Array, start: number): string | undefined {
  if (bytes[start + 2] !== WITH_SLICE) return undefined
  return `${bytes[start + 1]}:${readSlice(bytes, start + 3)}`
}

/** The first bytes of all full keys in a range. */
export function encodeRange({ keyGroup, table, slice, keyPrefix }: StateRange): Uint8Array {
  const out = new BinaryWriter(16)
  out.u8(keyGroup)
  if (table === undefined) return out.view()
  out.u8(table)
  if (slice === undefined && keyPrefix === undefined) return out.view()
  out.length = 0
  writeFullKey(out, keyGroup, table, slice, keyPrefix ?? new Uint8Array(), keyPrefix?.length ?? 0)
  return out.view()
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
  return keyLength + (slice === undefined ? 3 : 11)
}

function writeFullKey(
  out: BinaryWriter,
  keyGroup: number,
  table: number,
  slice: number | undefined,
  key: Uint8Array,
  keyLength: number,
): void {
  out.u8(keyGroup)
  out.u8(table)
  if (slice === undefined) out.u8(NO_SLICE)
  else {
    out.u8(WITH_SLICE)
    writeSlice(out, slice)
  }
  out.append(key, 0, keyLength)
}
