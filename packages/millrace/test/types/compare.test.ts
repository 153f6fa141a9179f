import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareStrings, compareValues, equalValues } from '../../src/types/compare.ts'
import { types } from '../../src/types/data-type.ts'

const encoder = new TextEncoder()

describe('order of strings', () => {
  it('is that of their UTF-8 bytes, not of their UTF-16 units', () => {
    expect(compareStrings('\u{1F600}', '\uFFFD')).toBeGreaterThan(0)
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const expected = Buffer.compare(encoder.encode(a), encoder.encode(b))
        expect(Math.sign(compareStrings(a, b))).toBe(expected)
      }),
    )
  })
})

describe('values', () => {
  it('compare NULL as the smallest', () => {
    expect(compareValues(null, 0, types.int)).toBeLessThan(0)
    expect(compareValues(null, null, types.int)).toBe(0)
  })

  it('compare numbers with bigints exactly', () => {
    expect(compareValues(2 ** 53 - 1, 2n ** 53n, types.bigint)).toBeLessThan(0)
  })

  it('take NaN for equal to itself and greater than infinity', () => {
    expect(equalValues(Number.NaN, Number.NaN, types.double)).toBe(true)
    expect(compareValues(Number.NaN, Infinity, types.double)).toBeGreaterThan(0)
  })

  it('compare composites deeply', () => {
    const row = types.row([
      { name: 'a', type: types.array(types.int) },
      { name: 'b', type: types.bytes },
    ])
    expect(equalValues([[1, null], Uint8Array.of(1)], [[1, null], Uint8Array.of(1)], row)).toBe(
      true,
    )
    expect(equalValues([[1, null], Uint8Array.of(1)], [[1, 2], Uint8Array.of(1)], row)).toBe(false)
    expect(compareValues([[1], null], [[1, 2], null], row)).toBeLessThan(0)
  })

  it('compare maps without regard to the order of their entries', () => {
    const map = types.map(types.string, types.int)
    const left = new Map([
      ['a', 1],
      ['b', 2],
    ])
    const right = new Map([
      ['b', 2],
      ['a', 1],
    ])
    expect(equalValues(left, right, map)).toBe(true)
    expect(equalValues(left, new Map([['a', 1]]), map)).toBe(false)
  })
})
