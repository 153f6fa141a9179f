// BIGINT arithmetic on hybrids: JS numbers while results stay safe, the bigint paths out of line, 64-bit wrap-around.

import type { Hybrid } from './value.ts'

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER)

/** The canonical form of an exact integer: a JS number inside the safe range. */
export function canonical(value: bigint): Hybrid {
  return value <= MAX_SAFE && value >= -MAX_SAFE ? Number(value) : value
}

/** Wraps to 64 bits, as Java's long does, and makes canonical. */
export function wrapLong(value: bigint): Hybrid {
  return canonical(BigInt.asIntN(64, value))
}

export function addLong(a: Hybrid, b: Hybrid): Hybrid {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (Number.isSafeInteger(sum)) return sum
  }
  return wrapLong(BigInt(a) + BigInt(b))
}

export function subtractLong(a: Hybrid, b: Hybrid): Hybrid {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (Number.isSafeInteger(difference)) return difference
  }
  return wrapLong(BigInt(a) - BigInt(b))
}

export function multiplyLong(a: Hybrid, b: Hybrid): Hybrid {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b + 0 // + 0: never -0
    if (Number.isSafeInteger(product)) return product
  }
  return wrapLong(BigInt(a) * BigInt(b))
}

/** Truncates towards zero. The divisor is not zero: the caller's check, which knows the message. */
export function divideLong(a: Hybrid, b: Hybrid): Hybrid {
  // Exact: the quotient of two safe integers never rounds up to an integer that it does not reach.
  if (typeof a === 'number' && typeof b === 'number') return Math.trunc(a / b) + 0
  return wrapLong(BigInt(a) / BigInt(b))
}

/** The remainder with the dividend's sign. The divisor is not zero. */
export function remainderLong(a: Hybrid, b: Hybrid): Hybrid {
  if (typeof a === 'number' && typeof b === 'number') return (a % b) + 0
  return canonical(BigInt(a) % BigInt(b))
}

export function negateLong(a: Hybrid): Hybrid {
  return typeof a === 'number' ? 0 - a : wrapLong(-a)
}

/** Java's narrowing: the low bits of an exact integer, as a signed number. */
export function narrow(value: Hybrid, bits: 8 | 16 | 32): number {
  const low = typeof value === 'number' ? value : Number(BigInt.asIntN(32, value))
  // `|` takes the low 32 bits of any safe integer (ECMAScript ToInt32 works modulo 2^32).
  return bits === 32 ? low | 0 : (low << (32 - bits)) >> (32 - bits)
}

/** Java's (int) and (long) of a double: truncates, saturates, NaN is 0. */
export function saturate(value: number, bits: 32): number
export function saturate(value: number, bits: 64): Hybrid
export function saturate(value: number, bits: 32 | 64): Hybrid {
  if (Number.isNaN(value)) return 0
  const truncated = Math.trunc(value) + 0
  if (bits === 32) return Math.min(Math.max(truncated, -2147483648), 2147483647)
  if (Number.isSafeInteger(truncated)) return truncated
  if (truncated >= 2 ** 63) return 2n ** 63n - 1n
  if (truncated <= -(2 ** 63)) return -(2n ** 63n)
  return BigInt(truncated)
}
