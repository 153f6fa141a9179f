// A growable buffer that encoders write into.

import type { Hybrid } from '../types/value.ts'

/** A buffer that grew beyond this for a burst of rows is not kept for the next. */
const MOST_KEPT_BYTES = 1 << 20

/** Bytes are written at the end and taken as one copy; the buffer is reused. */
export class ByteWriter {
  bytes: Uint8Array
  length = 0
  readonly #capacity: number

  constructor(capacity = 1024) {
    this.#capacity = capacity
    this.bytes = new Uint8Array(capacity)
  }

  /** Lets `write` append; of a write that throws nothing stays. */
  attempt(write: () => void): void {
    const { length } = this
    try {
      write()
    } catch (error) {
      this.length = length
      throw error
    }
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    const needed = this.length + count
    if (needed <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1)
    this.bytes[this.length++] = value
  }

  append(source: Uint8Array): void {
    this.reserve(source.length)
    this.bytes.set(source, this.length)
    this.length += source.length
  }

  /** Appends the digits of a whole number. */
  integer(value: Hybrid): void {
    if (typeof value !== 'number' || value > 999_999_999 || value < 0) {
      this.text(String(value))
      return
    }
    this.reserve(9)
    const { bytes } = this
    const end = this.length + digitCount(value)
    let at = end
    let rest = value | 0
    do {
      const tens = (rest / 10) | 0
      bytes[--at] = 48 + rest - tens * 10
      rest = tens
    } while (rest > 0)
    this.length = end
  }

  /** Appends text whose characters are all below 128. */
  ascii(value: string): void {
    this.reserve(value.length)
    latin1Write.call(this.bytes, value, this.length)
    this.length += value.length
  }

  /** Appends text as UTF-8. */
  text(value: string): void {
    const n = value.length
    this.reserve(n * 3)
    if (n < 48) {
      let at = this.length
      for (let i = 0; i < n; i++) {
        const c = value.charCodeAt(i)
        if (c > 127) {
          this.length += encoder.encodeInto(value, this.bytes.subarray(this.length)).written
          return
        }
        this.bytes[at++] = c
      }
      this.length = at
    } else this.length += encoder.encodeInto(value, this.bytes.subarray(this.length)).written
  }

  /** A copy of what was written; the writer is empty afterwards. */
  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.length)
    this.length = 0
    if (this.bytes.length > MOST_KEPT_BYTES) this.bytes = new Uint8Array(this.#capacity)
    return taken
  }
}

const encoder = new TextEncoder()
const { latin1Write } = Buffer.prototype as unknown as {
  latin1Write(this: Uint8Array, text: string, at: number): number
}

/** Of a whole number from 0 to 999,999,999. */
function digitCount(value: number): number {
  if (value < 10_000) return value < 10 ? 1 : value < 100 ? 2 : value < 1000 ? 3 : 4
  if (value < 1_000_000) return value < 100_000 ? 5 : 6
  return value < 10_000_000 ? 7 : value < 100_000_000 ? 8 : 9
}
