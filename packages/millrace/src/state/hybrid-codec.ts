// Exact integers of any size (BIGINT, DECIMAL, nanoseconds) as bytes: compact for values, order-preserving for keys.

import type { Hybrid } from '../types/value.ts'
import type { BinaryReader } from './binary-reader.ts'
import type { BinaryWriter } from './binary-writer.ts'

/**
 * Writes a value in 1 to 8 bytes while it is a safe integer.
 *
 *     first byte: bit 7 more follow, bit 6 sign, bits 0-5 the lowest bits of the magnitude; then a varint of the rest
 *     0x40 ("minus zero"): beyond the safe range, the ordered form follows
 */
export function writeHybrid(out: BinaryWriter, value: Hybrid): void {
  if (typeof value === 'bigint') {
    out.u8(0x40)
    writeOrderedHybrid(out, value)
    return
  }
  const sign = value < 0 ? 0x40 : 0
  const magnitude = value < 0 ? -value : value
  if (magnitude < 0x40) out.u8(sign | magnitude)
  else {
    out.u8(0x80 | sign | (magnitude % 0x40))
    out.varint(Math.floor(magnitude / 0x40))
  }
}

export function readHybrid(input: BinaryReader): Hybrid {
  const head = input.u8()
  if (head === 0x40) return readOrderedHybrid(input)
  const low = head & 0x3f
  const magnitude = head < 0x80 ? low : input.varint() * 0x40 + low
  return (head & 0x40) === 0 ? magnitude : -magnitude
}

/**
 * Writes a value so that byte order is numeric order.
 *
 *     first byte: 0x80 + n for values from 0, 0x80 - n for negative ones, n = bytes of the magnitude
 *     then the magnitude, big-endian, without leading zeros; its complement for negative values
 */
export function writeOrderedHybrid(out: BinaryWriter, value: Hybrid): void {
  if (typeof value === 'bigint') writeOrderedBigint(out, value)
  else {
    const isNegative = value < 0
    const magnitude = isNegative ? -value : value
    const high = Math.floor(magnitude / 2 ** 32)
    const low = magnitude >>> 0
    const count = high > 0 ? 4 + bytesOf(high) : bytesOf(low)
    out.u8(isNegative ? 0x80 - count : 0x80 + count)
    const flip = isNegative ? 0xff : 0
    for (let i = count - 1; i >= 0; i--) {
      const byte = i >= 4 ? high >>> ((i - 4) * 8) : low >>> (i * 8)
      out.u8((byte & 0xff) ^ flip)
    }
  }
}

export function readOrderedHybrid(input: BinaryReader): Hybrid {
  const head = input.u8()
  const isNegative = head < 0x80
  const count = isNegative ? 0x80 - head : head - 0x80
  input.need(count)
  const flip = isNegative ? 0xff : 0
  if (count <= 6) {
    let magnitude = 0
    for (let i = 0; i < count; i++) magnitude = magnitude * 256 + (input.u8() ^ flip)
    return isNegative ? -magnitude : magnitude
  }
  let magnitude = 0n
  for (let i = 0; i < count; i++) magnitude = (magnitude << 8n) | BigInt(input.u8() ^ flip)
  return canonical(isNegative ? -magnitude : magnitude)
}

function writeOrderedBigint(out: BinaryWriter, value: bigint): void {
  const isNegative = value < 0n
  let hex = (isNegative ? -value : value).toString(16)
  if (hex.length % 2 === 1) hex = `0${hex}`
  const count = value === 0n ? 0 : hex.length / 2
  if (count > 0x7f) throw new RangeError('an exact integer of more than 127 bytes')
  out.u8(isNegative ? 0x80 - count : 0x80 + count)
  for (let i = 0; i < count; i++) {
    const byte = Number.parseInt(hex.slice(i * 2, i * 2 + 2), 16)
    out.u8(isNegative ? byte ^ 0xff : byte)
  }
}

function canonical(value: bigint): Hybrid {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value
}

function bytesOf(word: number): number {
  return word === 0 ? 0 : 4 - (Math.clz32(word) >>> 3)
}
