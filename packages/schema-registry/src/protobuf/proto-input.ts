// Reads the wire format of Protocol Buffers out of a buffer.
//
//   record: (tag, value)*   tag = field number << 3 | wire type, as varint
//   wire types: 0 varint, 1 eight bytes, 2 length as varint and bytes, 5 four bytes

import { canonicalInteger, type Hybrid, utf8Text } from 'millrace'
import { copyOf } from '../avro/avro-input.ts'

/** A record that is not of its message. */
export class ProtoDataProblem extends Error {
  override readonly name = 'ProtoDataProblem'
}

const TRUNCATED = 'it ends in the middle of a value'

export class ProtoInput {
  #bytes: Uint8Array = new Uint8Array()
  #view: DataView = new DataView(new ArrayBuffer(0))
  at = 0
  #end = 0

  reset(bytes: Uint8Array, start: number, end: number): void {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    }
    this.at = start
    this.#end = end
  }

  /** The low 32 bits of a varint. */
  varint32(): number {
    const bytes = this.#bytes
    let result = 0
    for (let shift = 0; shift < 70; shift += 7) {
      if (this.at >= this.#end) throw new ProtoDataProblem(TRUNCATED)
      const byte = bytes[this.at++] as number
      if (shift < 32) result |= (byte & 127) << shift
      if (byte < 128) return result
    }
    throw new ProtoDataProblem('a varint has more than ten bytes')
  }

  /** A varint as a signed integer of 64 bits. */
  varint64(): Hybrid {
    const start = this.at
    const bytes = this.#bytes
    let value = 0
    let factor = 1
    for (let count = 0; count < 7; count++) {
      if (this.at >= this.#end) throw new ProtoDataProblem(TRUNCATED)
      const byte = bytes[this.at++] as number
      value += (byte & 127) * factor
      if (byte < 128) return value
      factor *= 128
    }
    this.at = start
    let long = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (this.at >= this.#end) throw new ProtoDataProblem(TRUNCATED)
      const byte = bytes[this.at++] as number
      long |= BigInt(byte & 127) << shift
      if (byte < 128) return canonicalInteger(BigInt.asIntN(64, long))
    }
    throw new ProtoDataProblem('a varint has more than ten bytes')
  }

  zigzag32(): number {
    const n = this.varint32()
    return (n >>> 1) ^ -(n & 1)
  }

  zigzag64(): Hybrid {
    const n = BigInt.asUintN(64, BigInt(this.varint64()))
    return canonicalInteger(BigInt.asIntN(64, (n >> 1n) ^ -(n & 1n)))
  }

  fixed32(): number {
    const at = this.#take(4)
    return this.#view.getInt32(at, true)
  }

  fixed64(): Hybrid {
    const at = this.#take(8)
    return canonicalInteger(this.#view.getBigInt64(at, true))
  }

  float(): number {
    const at = this.#take(4)
    return this.#view.getFloat32(at, true)
  }

  double(): number {
    const at = this.#take(8)
    return this.#view.getFloat64(at, true)
  }

  string(): string {
    const end = this.length()
    const text = utf8Text(this.#bytes, this.at, end)
    if (text === undefined) throw new ProtoDataProblem('a string is not UTF-8')
    this.at = end
    return text
  }

  /** A copy. */
  bytes(): Uint8Array {
    const end = this.length()
    const bytes = copyOf(this.#bytes, this.at, end)
    this.at = end
    return bytes
  }

  /** Reads a length; gives the end of what it is of. */
  length(): number {
    const size = this.varint32()
    const end = this.at + size
    if (size < 0 || end > this.#end) throw new ProtoDataProblem(TRUNCATED)
    return end
  }

  skip(wire: number): void {
    if (wire === 0) this.varint32()
    else if (wire === 1) this.#take(8)
    else if (wire === 2) this.at = this.length()
    else if (wire === 5) this.#take(4)
    else throw new ProtoDataProblem(`it has a value of wire type ${wire}`)
  }

  #take(size: number): number {
    const at = this.at
    this.at += size
    if (this.at > this.#end) throw new ProtoDataProblem(TRUNCATED)
    return at
  }
}
