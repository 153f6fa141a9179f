import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addLong,
  canonical,
  divideLong,
  multiplyLong,
  narrow,
  negateLong,
  remainderLong,
  saturate,
  subtractLong,
} from '../../src/types/integer.ts'
import type { Hybrid } from '../../src/types/value.ts'

const MAX = 2n ** 63n - 1n
const MIN = -(2n ** 63n)

const long = fc
  .oneof(
    fc.bigInt({ min: MIN, max: MAX }),
    fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }),
    fc.bigInt({ min: -10n, max: 10n }),
    fc.constantFrom(MIN, MAX),
  )
  .map(canonical)

const operations: readonly [
  string,
  (a: Hybrid, b: Hybrid) => Hybrid,
  (a: bigint, b: bigint) => bigint,
][] = [
  ['addition', addLong, (a, b) => a + b],
  ['subtraction', subtractLong, (a, b) => a - b],
  ['multiplication', multiplyLong, (a, b) => a * b],
  ['division', divideLong, (a, b) => a / b],
  ['remainder', remainderLong, (a, b) => a % b],
]

describe('64-bit integers', () => {
  it.each(operations)('%s wraps as Java does and stays canonical', (_, operation, exact) => {
    fc.assert(
      fc.property(long, long, (a, b) => {
        fc.pre(b !== 0)
        const result = operation(a, b)
        expect(BigInt(result)).toBe(BigInt.asIntN(64, exact(BigInt(a), BigInt(b))))
        expect(typeof result).toBe(Number.isSafeInteger(Number(result)) ? 'number' : 'bigint')
        expect(Object.is(result, -0)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('negates the smallest value to itself', () => {
    expect(negateLong(MIN)).toBe(MIN)
    expect(Object.is(negateLong(0), 0)).toBe(true)
  })

  it.each([8, 16, 32] as const)('narrows to %i bits as Java casts', bits => {
    fc.assert(
      fc.property(long, a => {
        expect(BigInt(narrow(a, bits))).toBe(BigInt.asIntN(bits, BigInt(a)))
      }),
    )
  })

  it('saturates doubles, and takes NaN for 0', () => {
    expect(saturate(1e20, 32)).toBe(2147483647)
    expect(saturate(-1e20, 64)).toBe(MIN)
    expect(saturate(1e20, 64)).toBe(MAX)
    expect(saturate(Number.NaN, 64)).toBe(0)
    expect(Object.is(saturate(-0.5, 32), 0)).toBe(true)
    expect(saturate(2 ** 60, 64)).toBe(2n ** 60n)
  })
})
