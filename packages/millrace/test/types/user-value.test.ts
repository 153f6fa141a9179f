// Values at the edge between programs and the engine.

import { Big } from 'big.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DataType } from '../../src/types/data-type.ts'
import { notNull, types } from '../../src/types/data-type.ts'
import {
  fromUserRow,
  fromUserValue,
  toUserRow,
  toUserValue,
  UserValueError,
} from '../../src/types/user-value.ts'
import type { Value } from '../../src/types/value.ts'

describe('toUserValue and fromUserValue', () => {
  it.each<[string, DataType, Value, unknown]>([
    ['a small BIGINT', types.bigint, 5, 5n],
    ['a large BIGINT', types.bigint, 9007199254740993n, 9007199254740993n],
    ['a DATE', types.date, 1, '1970-01-02'],
    ['a TIME', types.time(0), 61_000, '00:01:01'],
    ['a TIMESTAMP(3)', types.timestamp(3), 1_500, 1_500],
    ['a TIMESTAMP(6)', types.timestamp(6), 1_500_250, 1_500.25],
    ['an ARRAY', types.array(types.bigint), [1, null], [1n, null]],
    ['a MAP', types.map(types.string, types.bigint), new Map([['a', 1]]), new Map([['a', 1n]])],
    ['a ROW', types.row([{ name: 'x', type: types.bigint }]), [1], { x: 1n }],
    ['NULL', types.bigint, null, null],
  ])('convert %s both ways', (_, type, engine, user) => {
    expect(toUserValue(type)(engine)).toEqual(user)
    expect(fromUserValue(type)(user)).toEqual(engine)
  })

  it('convert every DECIMAL exactly', () => {
    const type = types.decimal(20, 4)
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n) + 1n, max: 10n ** 20n - 1n }), unscaled => {
        const exact = Number(unscaled)
        const engine = Number.isSafeInteger(exact) ? exact : unscaled
        const user = toUserValue(type)(engine) as Big
        expect(user.times(10_000).toFixed()).toBe(String(unscaled))
        expect(fromUserValue(type)(user)).toBe(engine)
      }),
    )
  })

  it('take numbers and texts for exact types, and dates for points in time', () => {
    expect(fromUserValue(types.decimal(5, 2))(1.25)).toBe(125)
    expect(fromUserValue(types.decimal(5, 2))('1.5')).toBe(150)
    expect(fromUserValue(types.bigint)(7)).toBe(7)
    expect(fromUserValue(types.timestamp(3))(new Date(7))).toBe(7)
  })

  it.each<[DataType, unknown]>([
    [types.int, 1.5],
    [types.int, 2 ** 31],
    [types.tinyint, 128],
    [types.bigint, 2n ** 63n],
    [types.decimal(3, 2), new Big('10')],
    [types.string, 1],
    [types.boolean, 'true'],
    [types.timestamp(3), Number.NaN],
    [types.date, 'yesterday'],
    [notNull(types.int), null],
    [notNull(types.int), undefined],
  ])('refuse for %j the value %s', (type, value) => {
    expect(() => fromUserValue(type, 'seats')(value)).toThrow(UserValueError)
  })
})

describe('rows', () => {
  const schema = [
    { name: '__proto__', type: types.int },
    { name: 'n', type: types.bigint },
  ]

  it('have a column named __proto__ as their own property', () => {
    const row = toUserRow(schema)([1, 2])
    expect(Object.entries(row)).toEqual([
      ['__proto__', 1],
      ['n', 2n],
    ])
    expect(fromUserRow(schema)(row)).toEqual([1, 2])
    expect(fromUserRow(schema)({})).toEqual([null, null])
  })

  it('have only the columns that are read', () => {
    expect(toUserRow(schema, [1])([1, 2])).toEqual({ n: 2n })
  })

  it('name the place of a value that does not fit', () => {
    const nested = [{ name: 'a', type: types.row([{ name: 'b', type: types.array(types.int) }]) }]
    expect(() => fromUserRow(nested)({ a: { b: ['x'] } })).toThrow(
      'a.b[] is INT, which cannot hold "x".',
    )
  })
})
