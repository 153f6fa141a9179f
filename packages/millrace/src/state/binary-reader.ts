// Reads what a BinaryWriter wrote, with every length checked against the end.

import { MillraceError } from '../types/errors.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Encoded state ends early or holds an impossible value. The holder of the file turns it into `MR_STATE_CORRUPT` with a place. */
export class MalformedStateError extends MillraceError {
  constructor(facts: { offset: number; reason: string }) {
    super(
      'MR_STATE_CORRUPT',
      `Encoded state is malformed at byte ${facts.offset}: ${facts.reason}.`,
      {
        domain: 'external',
        retry: 'reset-state',
        remedy:
          'Check the disk, then restore the folder from a snapshot or start with empty state.',
      },
    )
  }
}

/** A cursor over bytes. */
export class BinaryReader {
  bytes: Uint8Array
  offset: number
  end: number
  #view: DataView | undefined

  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    this.bytes = bytes
    this.offset = offset
    this.end = end
  }

  /** Starts over on other bytes. */
  reset(bytes: Uint8Array, offset = 0, end = bytes.length): void {
    this.bytes = bytes
    this.offset = offset
    this.end = end
  }

  get remaining(): number {
    return this.end - this.offset
  }

  u8(): number {
    this.need(1)
    return this.bytes[this.offset++] as number
  }

  u32(): number {
    this.need(4)
    const value = this.#dataView().getUint32(this.bytes.byteOffset + this.offset)
    this.offset += 4
    return value
  }

  f64(): number {
    this.need(8)
    const value = this.#dataView().getFloat64(this.bytes.byteOffset + this.offset)
    this.offset += 8
    return value
  }

  varint(): number {
    const { bytes, end } = this
    let at = this.offset
    let value = 0
    for (let unit = 1; at < end; unit *= 0x80) {
      const byte = bytes[at++] as number
      value += (byte & 0x7f) * unit
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER) break
        this.offset = at
        return value
      }
      if (unit > 2 ** 49) break
    }
    throw this.malformed('a number runs on')
  }

  /** A view of the next `count` bytes. */
  view(count: number): Uint8Array {
    this.need(count)
    const start = this.offset
    this.offset = start + count
    return this.bytes.subarray(start, start + count)
  }

  /** A copy of the next `count` bytes. */
  copy(count: number): Uint8Array {
    this.need(count)
    const start = this.offset
    this.offset = start + count
    return this.bytes.slice(start, start + count)
  }

  text(): string {
    return decoder.decode(this.view(this.varint()))
  }

  /** Throws unless `count` more bytes are there. */
  need(count: number): void {
    if (count > this.end - this.offset) throw this.malformed(`${count} more bytes are missing`)
  }

  malformed(reason: string): MalformedStateError {
    return new MalformedStateError({ offset: this.offset, reason })
  }

  /** Over the whole buffer: many small arrays share one, and a view is dear. */
  #dataView(): DataView {
    const { buffer } = this.bytes
    if (this.#view?.buffer !== buffer) this.#view = new DataView(buffer)
    return this.#view as DataView
  }
}
