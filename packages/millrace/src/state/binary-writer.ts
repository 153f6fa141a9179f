// A growable buffer for state encodings: little primitives, no allocation per value.

const encoder = new TextEncoder()

/** Bytes are appended at `length`; `bytes` is replaced when it grows, so never hold on to it across writes. */
export class BinaryWriter {
  bytes: Uint8Array
  length = 0
  #view: DataView

  constructor(capacity = 256) {
    this.bytes = new Uint8Array(capacity)
    this.#view = new DataView(this.bytes.buffer)
  }

  /** Forgets what was written; keeps the buffer. */
  reset(): void {
    this.length = 0
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    const needed = this.length + count
    if (needed <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.length))
    this.bytes = grown
    this.#view = new DataView(grown.buffer)
  }

  u8(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1)
    this.bytes[this.length++] = value
  }

  /** Big-endian, so that unsigned order is byte order. */
  u32(value: number): void {
    this.reserve(4)
    this.#view.setUint32(this.length, value)
    this.length += 4
  }

  /** An IEEE 754 double, big-endian. */
  f64(value: number): void {
    this.reserve(8)
    this.#view.setFloat64(this.length, value)
    this.length += 8
  }

  /** A non-negative safe integer in 1 to 8 bytes of 7 bits, lowest first. */
  varint(value: number): void {
    this.reserve(8)
    const { bytes } = this
    let at = this.length
    let rest = value
    while (rest >= 0x80) {
      bytes[at++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    bytes[at++] = rest
    this.length = at
  }

  append(source: Uint8Array, start = 0, end = source.length): void {
    const count = end - start
    this.reserve(count)
    if (count > 24) this.bytes.set(source.subarray(start, end), this.length)
    else {
      const { bytes } = this
      for (let i = start, at = this.length; i < end; i++, at++) bytes[at] = source[i] as number
    }
    this.length += count
  }

  /** The text's UTF-8 with its length in bytes before it. Lone surrogates become U+FFFD; see `writeText` for exact ones. */
  text(value: string): void {
    this.reserve(value.length * 3 + 5)
    const bytes = encoder.encode(value)
    this.varint(bytes.length)
    this.append(bytes)
  }

  /** What was written, valid until the next write. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length)
  }

  /** A copy of what was written; the writer is empty afterwards. */
  take(): Uint8Array {
    const taken = this.bytes.slice(0, this.length)
    this.length = 0
    return taken
  }
}
