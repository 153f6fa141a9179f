// Writes Avro's binary encoding.

import type { ByteWriter, Hybrid } from 'millrace'

/** Of ints, and of longs up to 2^30 either way in one step; longer ones by halves. */
export function writeLong(out: ByteWriter, value: Hybrid): void {
  out.reserve(10)
  const { bytes } = out
  let at = out.length
  if (typeof value === 'number' && value >= -0x40000000 && value <= 0x3fffffff) {
    let n = (value << 1) ^ (value >> 31)
    while (n > 127) {
      bytes[at++] = (n & 127) | 128
      n >>>= 7
    }
    bytes[at++] = n
  } else if (typeof value === 'number' && Math.abs(value) < 2 ** 51) {
    let n = value < 0 ? -value * 2 - 1 : value * 2
    while (n > 127) {
      bytes[at++] = (n % 128) | 128
      n = Math.floor(n / 128)
    }
    bytes[at++] = n
  } else {
    const long = BigInt(value)
    let n = BigInt.asUintN(64, (long << 1n) ^ (long >> 63n))
    while (n > 127n) {
      bytes[at++] = Number(n & 127n) | 128
      n >>= 7n
    }
    bytes[at++] = Number(n)
  }
  out.length = at
}

export function writeString(out: ByteWriter, text: string): void {
  const start = out.length
  // One byte for the length is enough mostly; the text moves when it is not.
  out.byte(0)
  out.text(text)
  const size = out.length - start - 1
  if (size < 64) {
    out.bytes[start] = size << 1
    return
  }
  const copy = out.bytes.slice(start + 1, out.length)
  out.length = start
  writeBytes(out, copy)
}

export function writeBytes(out: ByteWriter, bytes: Uint8Array): void {
  writeLong(out, bytes.length)
  out.append(bytes)
}

const scratch = new DataView(new ArrayBuffer(8))
const scratchBytes = new Uint8Array(scratch.buffer)

export function writeFloat(out: ByteWriter, value: number): void {
  scratch.setFloat32(0, value, true)
  out.append(scratchBytes.subarray(0, 4))
}

export function writeDouble(out: ByteWriter, value: number): void {
  scratch.setFloat64(0, value, true)
  out.append(scratchBytes)
}

/** Two's complement, big-endian, in as few bytes as it takes. */
export function integerBytes(value: Hybrid): Uint8Array {
  let rest = BigInt(value)
  const bytes: number[] = []
  do {
    bytes.push(Number(rest & 255n))
    rest >>= 8n
  } while (!isSign(rest, bytes.at(-1) as number))
  return Uint8Array.from(bytes.reverse())
}

/** Whether the sign of the last byte tells what is left. */
const isSign = (rest: bigint, last: number): boolean =>
  (rest === 0n && last < 128) || (rest === -1n && last > 127)

/** The same in a given number of bytes. @throws when they are too few */
export function fixedIntegerBytes(value: Hybrid, size: number): Uint8Array | undefined {
  const bytes = integerBytes(value)
  if (bytes.length > size) return undefined
  const padded = new Uint8Array(size).fill(BigInt(value) < 0n ? 255 : 0)
  padded.set(bytes, size - bytes.length)
  return padded
}
