// DECIMAL arithmetic on unscaled hybrids: value × 10^scale. Rounds HALF_UP; what does not fit its precision is NULL.

import { canonical } from './integer.ts'
import type { Hybrid } from './value.ts'

/** 10^n as a bigint, n ≤ 76. */
export function pow10(n: number): bigint {
  return POWERS[n] ?? 10n ** BigInt(n)
}
const POWERS = Array.from({ length: 77 }, (_, n) => 10n ** BigInt(n))

/** Divides and rounds to the nearest integer, ties away from zero. */
export function divideHalfUp(a: bigint, b: bigint): bigint {
  const quotient = a / b
  const twice = (a - quotient * b) * 2n
  const magnitude = twice < 0n ? -twice : twice
  if (magnitude < (b < 0n ? -b : b)) return quotient
  return a < 0n === b < 0n ? quotient + 1n : quotient - 1n
}

/** Whether the unscaled value has at most `precision` digits. */
export function fits(unscaled: Hybrid, precision: number): boolean {
  if (typeof unscaled === 'number' && precision >= 16) return true
  const bound = pow10(precision)
  return unscaled < bound && unscaled > -bound
}

/** The value at another scale, HALF_UP; unbounded precision. */
export function rescale(unscaled: Hybrid, from: number, to: number): Hybrid {
  if (from === to) return unscaled
  if (to > from) {
    if (typeof unscaled === 'number' && to - from <= 15) {
      const scaled = unscaled * 10 ** (to - from) + 0
      if (Number.isSafeInteger(scaled)) return scaled
    }
    return canonical(BigInt(unscaled) * pow10(to - from))
  }
  return canonical(divideHalfUp(BigInt(unscaled), pow10(from - to)))
}

/** Rescales into `DECIMAL(precision, scale)`; NULL when it does not fit. */
export function toDecimal(
  unscaled: Hybrid,
  from: number,
  precision: number,
  scale: number,
): Hybrid | null {
  const scaled = rescale(unscaled, from, scale)
  return fits(scaled, precision) ? scaled : null
}

/** A DECIMAL operation: operands with their scales, then the result's precision and scale. */
export type DecimalOperation = (
  a: Hybrid,
  scaleA: number,
  b: Hybrid,
  scaleB: number,
  precision: number,
  scale: number,
) => Hybrid | null

export const addDecimal: DecimalOperation = (a, scaleA, b, scaleB, precision, scale) => {
  const common = Math.max(scaleA, scaleB)
  const sum = BigInt(rescale(a, scaleA, common)) + BigInt(rescale(b, scaleB, common))
  return toDecimal(canonical(sum), common, precision, scale)
}

export const subtractDecimal: DecimalOperation = (a, scaleA, b, scaleB, precision, scale) =>
  addDecimal(a, scaleA, canonical(-BigInt(b)), scaleB, precision, scale)

export const multiplyDecimal: DecimalOperation = (a, scaleA, b, scaleB, precision, scale) =>
  toDecimal(canonical(BigInt(a) * BigInt(b)), scaleA + scaleB, precision, scale)

/** Exact up to the one rounding to the result's scale. */
export const divideDecimal: DecimalOperation = (a, scaleA, b, scaleB, precision, scale) => {
  const shift = scale - scaleA + scaleB
  if (typeof a === 'number' && typeof b === 'number' && shift >= 0 && shift <= 15) {
    const numerator = a * 10 ** shift
    if (Number.isSafeInteger(numerator)) {
      const rounded = divideSafeHalfUp(numerator, b)
      return fits(rounded, precision) ? rounded : null
    }
  }
  const quotient =
    shift >= 0
      ? divideHalfUp(BigInt(a) * pow10(shift), BigInt(b))
      : divideHalfUp(BigInt(a), BigInt(b) * pow10(-shift))
  return fits(canonical(quotient), precision) ? canonical(quotient) : null
}

/** {@link divideHalfUp} of safe integers; every step is exact in doubles. */
function divideSafeHalfUp(a: number, b: number): number {
  const quotient = Math.trunc(a / b)
  const rest = Math.abs(a - quotient * b)
  if (rest * 2 < Math.abs(b)) return quotient + 0
  return a < 0 === b < 0 ? quotient + 1 : quotient - 1
}

export const remainderDecimal: DecimalOperation = (a, scaleA, b, scaleB, precision, scale) => {
  const common = Math.max(scaleA, scaleB)
  const remainder = BigInt(rescale(a, scaleA, common)) % BigInt(rescale(b, scaleB, common))
  return toDecimal(canonical(remainder), common, precision, scale)
}

/** Compares decimals of any two scales. */
export function compareDecimal(a: Hybrid, scaleA: number, b: Hybrid, scaleB: number): number {
  const common = Math.max(scaleA, scaleB)
  const left = rescale(a, scaleA, common)
  const right = rescale(b, scaleB, common)
  return left < right ? -1 : left > right ? 1 : 0
}

/** How many decimal digits the magnitude has; 1 for 0. */
export function digitCount(value: bigint): number {
  return (value < 0n ? -value : value).toString().length
}

/** Plain notation with exactly `scale` decimals, such as `-0.05`. */
export function formatDecimal(unscaled: Hybrid, scale: number): string {
  const negative = unscaled < 0
  const digits = String(unscaled).slice(negative ? 1 : 0)
  const sign = negative ? '-' : ''
  if (scale === 0) return sign + digits
  const padded = digits.padStart(scale + 1, '0')
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`
}

/**
 * Reads `[+-]digits[.digits][e[+-]digits]` as an unscaled value of the given scale, HALF_UP.
 * NULL when it does not fit the precision; `undefined` when it is no number.
 */
export function parseDecimal(
  text: string,
  precision: number,
  scale: number,
): Hybrid | null | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/.exec(text)
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const digits = BigInt(whole + fraction)
  const valueScale = fraction.length - Number(exponent)
  const signed = sign === '-' ? -digits : digits
  if (signed === 0n) return 0
  if (digitCount(signed) - valueScale > precision - scale + 1) return null
  if (valueScale - digitCount(signed) > scale + 1) return 0
  return valueScale >= 0
    ? toDecimal(canonical(signed), valueScale, precision, scale)
    : toDecimal(canonical(signed * pow10(-valueScale)), 0, precision, scale)
}

/** The double nearest to the decimal. */
export function decimalToNumber(unscaled: Hybrid, scale: number): number {
  if (scale === 0) return Number(unscaled)
  // Up to 2^53 and 10^22 both operands are exact doubles, so one division rounds once: correctly.
  if (typeof unscaled === 'number' && scale <= 22) return unscaled / 10 ** scale
  return Number(formatDecimal(unscaled, scale))
}

/** The decimal of a double by its shortest decimal text, HALF_UP; NULL for NaN, infinities and what does not fit. */
export function decimalFromNumber(value: number, precision: number, scale: number): Hybrid | null {
  return Number.isFinite(value) ? (parseDecimal(String(value), precision, scale) ?? null) : null
}
