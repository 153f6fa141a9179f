// Numbers as text: printed as Java prints them, read as Flink reads them.

import { canonical } from '../../types/integer.ts'
import type { Hybrid } from '../../types/value.ts'

/** `Double.toString`: plain notation from 1E-3 up to 1E7, else `d.dddE±n`. */
export function formatDouble(value: number): string {
  // Java writes two digits at least, and then the two that come closest: 4.9E-324, not 5.0E-324.
  const twoDigits = value.toExponential(1)
  return layOut(value, Number(twoDigits) === value ? twoDigits : value.toExponential())
}

/** `Float.toString`: the fewest digits that name the 32-bit value. */
export function formatFloat(value: number): string {
  for (let digits = 1; digits < 8; digits++) {
    const text = value.toExponential(digits)
    if (Math.fround(Number(text)) === value) return layOut(value, text)
  }
  return layOut(value, value.toExponential(8))
}

function layOut(value: number, exponential: string): string {
  if (!Number.isFinite(value)) return String(value)
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [mantissa = '', exponentText = '0'] = exponential.split('e')
  const exponent = Number(exponentText)
  const sign = value < 0 ? '-' : ''
  const digits = mantissa
    .replace('-', '')
    .replace('.', '')
    .replace(/(?<=.)0$/, '')
  if (exponent >= 7 || exponent < -3)
    return `${sign}${digits[0]}.${digits.slice(1) || '0'}E${exponent}`
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`
}

/** Reads `[+-]digits[.digits]`, spaces around it allowed, decimals cut off. `undefined` when malformed or out of the bits. */
export function parseInteger(text: string, bits: 8 | 16 | 32 | 64): Hybrid | undefined {
  const match = /^ *([+-]?)(\d*)(?:\.\d*)? *$/.exec(text)
  const [, sign = '', digits = ''] = match ?? []
  if (!match || text.trim() === sign) return undefined
  const value = canonical(BigInt(`${digits || 0}`) * (sign === '-' ? -1n : 1n))
  const bound = 2n ** BigInt(bits - 1)
  return value < bound && value >= -bound ? value : undefined
}

const DOUBLE = /^([+-]?)(?:(NaN|Infinity)|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[dDfF]?)$/

/** Reads a double as Java's `parseDouble` does (without its hexadecimal forms). `undefined` when malformed. */
export function parseDouble(text: string): number | undefined {
  const match = DOUBLE.exec(text.trim())
  if (!match) return undefined
  const magnitude = Number(match[2] ?? match[3])
  return match[1] === '-' ? -magnitude : magnitude
}
