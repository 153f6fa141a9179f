import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDecimal,
  compareDecimal,
  decimalFromNumber,
  decimalToNumber,
  divideDecimal,
  divideHalfUp,
  formatDecimal,
  multiplyDecimal,
  parseDecimal,
  remainderDecimal,
  rescale,
} from '../../src/types/decimal.ts'
import { canonical } from '../../src/types/integer.ts'

const unscaled = fc.oneof(
  fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
  fc.bigInt({ min: -1000n, max: 1000n }),
)
const scale = fc.nat(20)

describe('decimals', () => {
  it('print and read back as themselves', () => {
    fc.assert(
      fc.property(unscaled, scale, (value, s) => {
        const hybrid = canonical(value)
        expect(parseDecimal(formatDecimal(hybrid, s), 38, s)).toBe(hybrid)
      }),
    )
  })

  it('print all digits of their scale', () => {
    expect(formatDecimal(-5, 2)).toBe('-0.05')
    expect(formatDecimal(0, 2)).toBe('0.00')
    expect(formatDecimal(1230, 1)).toBe('123.0')
  })

  it('round half away from zero', () => {
    expect(rescale(235, 2, 1)).toBe(24)
    expect(rescale(-235, 2, 1)).toBe(-24)
    expect(rescale(234, 2, 1)).toBe(23)
    expect(divideHalfUp(-5n, 2n)).toBe(-3n)
  })

  it('divide exactly, and round once to the scale of the result', () => {
    expect(divideDecimal(10, 1, 3, 0, 13, 12)).toBe(333_333_333_333)
    expect(divideDecimal(123, 2, 4567, 3, 24, 13)).toBe(2_693_234_070_506)
    expect(divideDecimal(1, 0, 3, 0, 38, 37)).toBe(3333333333333333333333333333333333333n)
    expect(divideDecimal(2, 0, 3, 0, 38, 37)).toBe(6666666666666666666666666666666666667n)
    expect(divideDecimal(-25, 2, 5, 0, 10, 1)).toBe(-1)
  })

  it('divide small numbers as they divide large ones', () => {
    const small = fc.integer({ min: -10_000_000, max: 10_000_000 })
    fc.assert(
      fc.property(small, small, fc.nat(4), fc.nat(4), (a, b, scaleA, scaleB) => {
        fc.pre(b !== 0)
        // The same values at scales so large that only the bigint path can take them.
        const wide = (value: number) => canonical(BigInt(value) * 10n ** 20n)
        const result = divideDecimal(a, scaleA, b, scaleB, 38, 8)
        expect(result).toBe(divideDecimal(wide(a), scaleA + 20, wide(b), scaleB + 20, 38, 8))
        expect(Object.is(result, -0)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('are NULL where the precision does not suffice', () => {
    expect(multiplyDecimal(99, 0, 99, 0, 3, 0)).toBeNull()
    expect(addDecimal(99, 1, 1, 1, 2, 1)).toBeNull()
    expect(parseDecimal('123456', 5, 2)).toBeNull()
  })

  it('keep the sign of the dividend in remainders', () => {
    expect(remainderDecimal(-209463023, 4, 7, 0, 14, 4)).toBe(-23023)
  })

  it('read exponents, refuse words', () => {
    expect(parseDecimal('1e3', 10, 2)).toBe(100_000)
    expect(parseDecimal('1e-3', 10, 2)).toBe(0)
    expect(parseDecimal('1e999999', 10, 2)).toBeNull()
    expect(parseDecimal('abc', 10, 2)).toBeUndefined()
    expect(parseDecimal('.', 10, 2)).toBeUndefined()
    expect(parseDecimal('', 10, 2)).toBeUndefined()
  })

  it('compare across scales', () => {
    expect(compareDecimal(10, 1, 1, 0)).toBe(0)
    expect(compareDecimal(11, 1, 1, 0)).toBe(1)
    expect(compareDecimal(10n ** 37n, 0, 1, 37)).toBe(1)
  })

  it('become the nearest double', () => {
    fc.assert(
      fc.property(unscaled, scale, (value, s) => {
        const hybrid = canonical(value)
        expect(decimalToNumber(hybrid, s)).toBe(Number(formatDecimal(hybrid, s)))
      }),
    )
    expect(decimalFromNumber(2.345, 5, 2)).toBe(235)
    expect(decimalFromNumber(Number.NaN, 5, 2)).toBeNull()
  })
})
