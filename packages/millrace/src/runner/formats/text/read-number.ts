// Numbers from ASCII text in bytes, without making strings of them where that is exact.

import { parseDecimal } from '../../../types/decimal.ts'
import { canonical } from '../../../types/integer.ts'
import type { Hybrid } from '../../../types/value.ts'
import { asciiText } from './read-string.ts'

const MIN_LONG = -(2n ** 63n)
const MAX_LONG = 2n ** 63n - 1n

/**
 * Readers take the text `bytes[start, end)`, without surrounding space, and answer `undefined` when it is no value of the type.
 */
export function readLong(bytes: Uint8Array, start: number, end: number): Hybrid | undefined {
  let at = start
  let c = bytes[at] as number
  const negative = c === 45
  if (negative || c === 43) c = bytes[++at] as number
  const digits = end - at
  // 15 digits always make a safe integer.
  if (digits < 1) return undefined
  if (digits > 15) return readLongerLong(bytes, start, end)
  let value = c - 48
  if (value < 0 || value > 9) return undefined
  while (++at < end) {
    const digit = (bytes[at] as number) - 48
    if (digit < 0 || digit > 9) return undefined
    value = value * 10 + digit
  }
  return negative ? 0 - value : value
}

function readLongerLong(bytes: Uint8Array, start: number, end: number): Hybrid | undefined {
  if (end - start > 4096) return undefined
  const text = asciiText(bytes, start, end)
  if (!/^[+-]?\d+$/.test(text)) return undefined
  const value = text.startsWith('+') ? BigInt(text.slice(1)) : BigInt(text)
  return value < MIN_LONG || value > MAX_LONG ? undefined : canonical(value)
}

/** A reader of integers that fit in `bits`. */
export function createIntegerReader(bits: 8 | 16 | 32) {
  const bound = 2 ** (bits - 1)
  return (bytes: Uint8Array, start: number, end: number): number | undefined => {
    const value = readLong(bytes, start, end)
    return typeof value === 'number' && value >= -bound && value < bound ? value : undefined
  }
}

/** Of the digits that `readDigits` has read last: how many there are, and how many of them after the point. */
let digits = 0
let decimals = 0

/** Digits with at most a point among them, as one whole number without the point; -1 when anything else is there. */
function readDigits(bytes: Uint8Array, start: number, end: number): number {
  let value = 0
  let point = end
  for (let at = start; at < end; at++) {
    const c = bytes[at] as number
    if (c >= 48 && c <= 57) value = value * 10 + (c - 48)
    else if (c === 46 && point === end) point = at
    else return -1
  }
  decimals = point === end ? 0 : end - point - 1
  digits = point === end ? end - start : end - start - 1
  return value
}

/** A decimal number by Java's grammar: `1`, `-1.5e3`, `.5`, `NaN`, `Infinity`. */
export function readDouble(bytes: Uint8Array, start: number, end: number): number | undefined {
  const negative = bytes[start] === 45
  const value = readDigits(bytes, negative ? start + 1 : start, end)
  // 15 digits and 10^15 are exact doubles, so one division rounds once: correctly (Clinger, PLDI 1990).
  if (value < 0 || digits < 1 || digits > 15) return readAnyDouble(bytes, start, end)
  const magnitude = decimals === 0 ? value : value / (POWERS_OF_TEN[decimals] as number)
  return negative ? -magnitude : magnitude
}

const POWERS_OF_TEN = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`))

function readAnyDouble(bytes: Uint8Array, start: number, end: number): number | undefined {
  const text = asciiText(bytes, start, end)
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number(text)
  if (/^[+-]?(?:NaN|Infinity)$/.test(text)) return text.endsWith('NaN') ? Number.NaN : Number(text)
  return undefined
}

export function readFloat(bytes: Uint8Array, start: number, end: number): number | undefined {
  const value = readDouble(bytes, start, end)
  return value === undefined ? undefined : Math.fround(value)
}

/** A reader of `DECIMAL(precision, scale)`, HALF_UP; NULL for a number that does not fit. */
export function createDecimalReader(precision: number, scale: number) {
  return (bytes: Uint8Array, start: number, end: number): Hybrid | null | undefined => {
    const negative = bytes[start] === 45
    const value = readDigits(bytes, negative ? start + 1 : start, end)
    const total = digits + scale - decimals
    if (value < 0 || digits < 1 || decimals > scale || total > 15 || total > precision)
      return parseDecimal(asciiText(bytes, start, end), precision, scale)
    const scaled = value * (POWERS_OF_TEN[scale - decimals] as number)
    return negative ? 0 - scaled : scaled
  }
}

/** Java's `Boolean.parseBoolean`: TRUE for `true` in any case, otherwise FALSE. */
export function readBoolean(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start === 4 && asciiText(bytes, start, end).toLowerCase() === 'true'
}
