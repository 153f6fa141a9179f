// Reads Avro's binary encoding out of a buffer: a position that generated code moves on.
//
//   int, long     zigzag, then 7 bits a byte, least significant first, the eighth bit says that more follow
//   bytes, string length as long, then bytes
//   array, map    blocks: count as long, then items; a negative count is followed by the block's size in bytes; 0 ends
//
// Nothing checks bounds as it goes: beyond the record are other records' bytes or none. What could loop or copy is checked, and the
// end of the record once it was read.

import { canonicalInteger, type Hybrid, rescaleDecimal, utf8Text } from 'millrace'
import { floorDivided, timesFactor } from './scalar-reading.ts'

/** A record that its schema does not describe. */
export class AvroDataProblem extends Error {
  override readonly name = 'AvroDataProblem'
}

const TRUNCATED = 'it ends in the middle of a value'
const TWO_28 = 2 ** 28

export class AvroInput {
  #bytes: Uint8Array = new Uint8Array()
  #view: DataView = new DataView(new ArrayBuffer(0))
  #at = 0
  #end = 0

  reset(bytes: Uint8Array, start: number, end: number): void {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    }
    this.#at = start
    this.#end = end
  }

  /** @throws {AvroDataProblem} when reading went beyond the record */
  check(): void {
    if (this.#at > this.#end) throw new AvroDataProblem(TRUNCATED)
  }

  /** A long whose value is known to be small, such as an int. */
  int(): number {
    const bytes = this.#bytes
    let at = this.#at
    let byte = bytes[at++] as number
    let n = byte & 127
    if (byte > 127) {
      byte = bytes[at++] as number
      n |= (byte & 127) << 7
      if (byte > 127) {
        byte = bytes[at++] as number
        n |= (byte & 127) << 14
        if (byte > 127) {
          byte = bytes[at++] as number
          n |= (byte & 127) << 21
          if (byte > 127) {
            byte = bytes[at++] as number
            n |= byte << 28
            if (byte > 127) throw new AvroDataProblem('an int has more than five bytes')
          }
        }
      }
    }
    this.#at = at
    return (n >>> 1) ^ -(n & 1)
  }

  long(): Hybrid {
    const bytes = this.#bytes
    let at = this.#at
    let byte = bytes[at++] as number
    let n = byte & 127
    if (byte > 127) {
      byte = bytes[at++] as number
      n |= (byte & 127) << 7
      if (byte > 127) {
        byte = bytes[at++] as number
        n |= (byte & 127) << 14
        if (byte > 127) {
          byte = bytes[at++] as number
          n |= (byte & 127) << 21
          if (byte > 127) {
            this.#at = at
            return this.#longBeyond(n)
          }
        }
      }
    }
    this.#at = at
    return (n >>> 1) ^ -(n & 1)
  }

  /** Of 28 bits the lowest are read. */
  #longBeyond(low: number): Hybrid {
    const bytes = this.#bytes
    let middle = 0
    let high = 0
    let shift = 0
    for (let byte = 128; byte > 127; shift += 7) {
      byte = bytes[this.#at++] as number
      if (shift < 28) middle |= (byte & 127) << shift
      else if (shift < 42) high |= (byte & 127) << (shift - 28)
      else throw new AvroDataProblem('a long has more than ten bytes')
    }
    const unsigned = low + middle * TWO_28 + high * TWO_28 * TWO_28
    if (unsigned <= Number.MAX_SAFE_INTEGER)
      return unsigned % 2 === 0 ? unsigned / 2 : -(unsigned + 1) / 2
    const all = BigInt(low) | (BigInt(middle) << 28n) | (BigInt(high) << 56n)
    return canonicalInteger(BigInt.asIntN(64, (all >> 1n) ^ -(all & 1n)))
  }

  /** A long times a factor. */
  scaled(factor: number): Hybrid {
    return timesFactor(this.long(), factor)
  }

  /** A long divided, towards the past. */
  divided(factor: number): number {
    return floorDivided(this.long(), factor)
  }

  boolean(): boolean {
    return this.#bytes[this.#at++] !== 0
  }

  float(): number {
    const at = this.#at
    this.#at = this.#inside(4)
    return this.#view.getFloat32(at, true)
  }

  double(): number {
    const at = this.#at
    this.#at = this.#inside(8)
    return this.#view.getFloat64(at, true)
  }

  string(): string {
    const [start, end] = [this.#length(), this.#at]
    const text = utf8Text(this.#bytes, start, end)
    if (text === undefined) throw new AvroDataProblem('a string is not UTF-8')
    return text
  }

  /** A copy. */
  bytes(): Uint8Array {
    const start = this.#length()
    return copyOf(this.#bytes, start, this.#at)
  }

  /** A copy. */
  fixed(size: number): Uint8Array {
    const start = this.#at
    this.#at = this.#inside(size)
    return copyOf(this.#bytes, start, this.#at)
  }

  /** An unscaled integer, two's complement, big-endian, taken to another scale; null when it has too many digits there. */
  decimal(size: number, from: number, precision: number, to: number): Hybrid {
    let start = this.#at
    if (size < 0) start = this.#length()
    else this.#at = this.#inside(size)
    const unscaled = signed(this.#bytes, start, this.#at)
    const value = rescaleDecimal(unscaled, from, precision, to)
    if (value === null)
      throw new AvroDataProblem(`a decimal does not fit into DECIMAL(${precision}, ${to})`)
    return value
  }

  /** Items of the next block; 0: there is none. */
  count(): number {
    let count = this.int()
    if (count < 0) {
      count = -count
      this.long()
    }
    if (count > this.#end - this.#at) throw new AvroDataProblem(TRUNCATED)
    return count
  }

  /** Skips what `skip` skips one of, in all blocks. */
  skipBlocks(skip: (input: AvroInput) => void): void {
    for (;;) {
      const count = this.int()
      if (count === 0) return
      if (count < 0) this.skip(Number(this.long()))
      else {
        if (count > this.#end - this.#at) throw new AvroDataProblem(TRUNCATED)
        for (let i = 0; i < count; i++) skip(this)
      }
    }
  }

  skip(size: number): void {
    this.#at = this.#inside(size)
  }

  skipLong(): void {
    const bytes = this.#bytes
    while ((bytes[this.#at++] as number) > 127);
  }

  skipBytes(): void {
    this.#length()
  }

  /** @throws {AvroDataProblem} */
  fail(reason: string): never {
    throw new AvroDataProblem(reason)
  }

  /** Passes a value with its length before it; gives its start. */
  #length(): number {
    const size = this.int()
    const start = this.#at
    this.#at = this.#inside(size)
    return start
  }

  #inside(size: number): number {
    const next = this.#at + size
    if (size < 0 || next > this.#end) throw new AvroDataProblem(TRUNCATED)
    return next
  }
}

/** Values outlive the buffer; `slice` of a Buffer would be a view of it. */
export function copyOf(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return Uint8Array.from(bytes.subarray(start, end))
}

function signed(bytes: Uint8Array, start: number, end: number): Hybrid {
  if (end - start <= 6) {
    let value = 0
    for (let i = start; i < end; i++) value = value * 256 + (bytes[i] as number)
    return end > start && (bytes[start] as number) > 127 ? value - 256 ** (end - start) : value
  }
  let value = 0n
  for (let i = start; i < end; i++) value = (value << 8n) | BigInt(bytes[i] as number)
  return canonicalInteger(BigInt.asIntN((end - start) * 8, value))
}
