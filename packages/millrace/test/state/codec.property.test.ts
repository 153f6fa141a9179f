// State encodings: every value of every type comes back, keys are ordered as their values are, damage is told.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareBytes, createKeyCodec } from '../../src/state/key-codec.ts'
import { hashBytes, KEY_GROUPS, keyGroupOf } from '../../src/state/key-group.ts'
import { createRowCodec, createValueCodec } from '../../src/state/value-codec.ts'
import { type DataType, types } from '../../src/types/data-type.ts'
import type { Row, Value } from '../../src/types/value.ts'

const BIG = 2n ** 127n
const hybrid = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -70, max: 70 }),
  fc.bigInt({ min: -BIG, max: BIG }).map(toHybrid),
  fc.constantFrom(
    ...[53n, 63n, 64n].flatMap(p => [2n ** p, -(2n ** p), 2n ** p - 1n]).map(toHybrid),
  ),
)
const double = fc.double()
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\ud800', '\udc00', 'a', '\0', '\uffff', '💧', 'é') }),
  fc.constantFrom('__proto__', 'constructor', '', 'a', 'a\0', 'a\0\uffff', 'x'.repeat(100)),
)
const bytes = fc.uint8Array({ maxLength: 12 })

/** A type with values of it. */
interface Sample {
  readonly type: DataType
  readonly values: fc.Arbitrary<Value>
}

const plainScalars: readonly Sample[] = [
  { type: types.boolean, values: fc.boolean() },
  { type: types.tinyint, values: fc.integer({ min: -128, max: 127 }) },
  { type: types.int, values: fc.integer() },
  { type: types.bigint, values: hybrid },
  { type: types.decimal(38, 10), values: hybrid },
  { type: types.float, values: fc.float() },
  { type: types.double, values: double },
  { type: types.string, values: anyText },
  { type: types.bytes, values: bytes },
  { type: types.date, values: fc.integer() },
  { type: types.time(3), values: fc.integer({ min: 0, max: 86_399_999 }) },
  { type: types.timestamp(3), values: fc.maxSafeInteger() },
  { type: types.timestampLtz(9), values: hybrid },
  { type: types.intervalDay(), values: fc.maxSafeInteger() },
  { type: types.intervalYear(), values: fc.integer() },
]
const scalars = plainScalars.map(({ type, values }) => ({
  type,
  values: fc.option(values, { freq: 8 }),
}))

const anyScalar = fc.constantFrom(...scalars)
const nested = (inner: fc.Arbitrary<Sample>): fc.Arbitrary<Sample> =>
  fc.oneof(
    inner,
    inner.map(({ type, values }) => ({
      type: types.array(type),
      values: fc.option(fc.array(values, { maxLength: 4 })),
    })),
    fc.array(inner, { minLength: 1, maxLength: 10 }).map(fields => ({
      type: types.row(fields.map((f, i) => ({ name: `f${i}`, type: f.type }))),
      values: fc.option(fc.tuple(...fields.map(f => f.values)) as fc.Arbitrary<Value>),
    })),
  )
const anyKeySample = nested(nested(anyScalar))
const anyValueSample = fc.oneof(
  anyKeySample,
  fc.tuple(anyScalar, anyKeySample).map(([key, value]) => ({
    type: types.map(key.type, value.type),
    values: fc
      .uniqueArray(fc.tuple(key.values, value.values), { selector: ([k]) => k, maxLength: 5 })
      .map(entries => new Map<Value, Value>(entries)),
  })),
  anyScalar.map(({ type, values }) => ({
    type: types.multiset(type),
    values: fc
      .uniqueArray(fc.tuple(values, fc.nat()), { selector: ([v]) => v, maxLength: 5 })
      .map(entries => new Map<Value, Value>(entries)),
  })),
)

function withValues(sample: fc.Arbitrary<Sample>, count: number) {
  return sample.chain(({ type, values }) =>
    fc.tuple(fc.constant(type), fc.array(values, { minLength: count, maxLength: count })),
  )
}

describe('the value codec', () => {
  it('gives back every value of every type', () => {
    fc.assert(
      fc.property(withValues(anyValueSample, 1), ([type, [value]]) => {
        const codec = createValueCodec(type)
        expect(codec.decode(codec.encode(value as Value))).toStrictEqual(value)
      }),
      { numRuns: 500 },
    )
  })

  it('keeps integers canonical: a bigint only beyond the safe range', () => {
    const codec = createValueCodec(types.bigint)
    for (const value of [0, -1, 63, 64, -64, 2 ** 53 - 1, -(2 ** 53 - 1), 2n ** 53n, -(2n ** 63n)])
      expect(codec.decode(codec.encode(value))).toBe(value)
  })

  it('codes RAW by the codec that is handed in', () => {
    const raw = {
      encode: (v: unknown) => new TextEncoder().encode(JSON.stringify(v)),
      decode: (b: Uint8Array) => JSON.parse(new TextDecoder().decode(b)) as unknown,
    }
    const codec = createRowCodec([{ kind: 'raw', className: 'point', nullable: true }], { raw })
    expect(codec.decode(codec.encode([{ x: 1 }]))).toEqual([{ x: 1 }])
  })

  it('refuses broken bytes by an error that names the offset, and never hangs or returns rubbish types', () => {
    const codec = createValueCodec(
      types.row([
        { name: 'a', type: types.array(types.string) },
        { name: 'b', type: types.bigint },
      ]),
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), input => {
        try {
          codec.decode(input)
        } catch (error) {
          expect(error).toMatchObject({ code: 'MR_STATE_CORRUPT' })
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('the key codec', () => {
  it('tells how long the first values of a longer key are', () => {
    const twoSamples = fc.tuple(withValues(anyValueSample, 1), withValues(anyKeySample, 1))
    fc.assert(
      fc.property(twoSamples, ([[type, [value]], [more, [other]]]) => {
        const first = createKeyCodec([type])
        const both = createKeyCodec([type, more])
        const key = both.encode([value as Value, other as Value])
        expect(first.lengthIn(key)).toBe(first.encode([value as Value]).length)
        expect(both.lengthIn(key)).toBe(key.length)
      }),
      { numRuns: 500 },
    )
  })

  it('gives back every key, -0 as 0', () => {
    fc.assert(
      fc.property(withValues(anyKeySample, 1), ([type, [value]]) => {
        const codec = createKeyCodec([type])
        const [back] = codec.read(codec.encode([value as Value]))
        expect(compareValues(type, back as Value, value as Value)).toBe(0)
      }),
      { numRuns: 500 },
    )
  })

  it('orders keys as SQL orders their values, NULL first', () => {
    fc.assert(
      fc.property(withValues(anyKeySample, 2), ([type, [a, b]]) => {
        const codec = createKeyCodec([type])
        const order = compareBytes(codec.encode([a as Value]), codec.encode([b as Value]))
        expect(Math.sign(order)).toBe(compareValues(type, a as Value, b as Value))
      }),
      { numRuns: 2000 },
    )
  })

  it('orders keys of several columns by the first that differs', () => {
    const codec = createKeyCodec([types.string, types.int])
    const keys: Row[] = [
      [null, 9],
      ['', 9],
      ['a', null],
      ['a', -5],
      ['a', 5],
      ['a\0', -9],
      ['a\u{ffff}', 0],
      ['a💧', 0],
      ['b', -1],
    ]
    const encoded = keys.map(k => codec.encode(k))
    expect(encoded.toSorted(compareBytes)).toEqual(encoded)
  })

  it('gives equal values equal bytes: both zeros, every NaN, maps in any order', () => {
    const doubles = createKeyCodec([types.double])
    expect(doubles.encode([-0])).toEqual(doubles.encode([0]))
    const otherNaN = new Float64Array(new BigUint64Array([0xfff8000000000001n]).buffer)[0] as number
    expect(doubles.encode([otherNaN])).toEqual(doubles.encode([Number.NaN]))
    const maps = createKeyCodec([types.map(types.string, types.int)])
    const entries: [string, number][] = [
      ['__proto__', 1],
      ['b', 2],
    ]
    expect(maps.encode([new Map(entries)])).toEqual(maps.encode([new Map(entries.toReversed())]))
  })

  it('spreads keys over all key groups', () => {
    const codec = createKeyCodec([types.bigint])
    const sizes = new Array<number>(KEY_GROUPS).fill(0)
    for (let i = 0; i < 12_800; i++) {
      const group = keyGroupOf(codec.encode([i]))
      sizes[group] = (sizes[group] as number) + 1
    }
    expect(Math.min(...sizes)).toBeGreaterThan(60)
    expect(Math.max(...sizes)).toBeLessThan(150)
  })

  it('keeps the key group of a key for good: stored keys carry it', () => {
    const codec = createKeyCodec([types.string, types.bigint])
    expect(keyGroupOf(codec.encode(['user-1', 42]))).toBe(6)
    // The hash is MurmurHash3 x86_32 with seed 0, by its published answers.
    const hash = (text: string) => hashBytes(new TextEncoder().encode(text))
    expect([hash(''), hash('hello'), hash('hello, world')]).toEqual([0, 0x248bfa47, 0x149bbb7f])
  })
})

function toHybrid(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

/** SQL's order, written without the codec. */
function compareValues(type: DataType, a: Value, b: Value): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1
  switch (type.kind) {
    case 'float':
    case 'double':
      return compareDoubles(a as number, b as number)
    case 'varchar':
      return compareLists([...(a as string)], [...(b as string)], (x, y) =>
        Math.sign((x.codePointAt(0) as number) - (y.codePointAt(0) as number)),
      )
    case 'varbinary':
      return compareLists([...(a as Uint8Array)], [...(b as Uint8Array)], (x, y) =>
        Math.sign(x - y),
      )
    case 'array':
      return compareLists(a as Value[], b as Value[], (x, y) => compareValues(type.element, x, y))
    case 'row':
      for (const [i, field] of type.fields.entries()) {
        const order = compareValues(field.type, (a as Row)[i] as Value, (b as Row)[i] as Value)
        if (order !== 0) return order
      }
      return 0
    default:
      return a < b ? -1 : a > b ? 1 : 0
  }
}

function compareDoubles(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
  return a < b ? -1 : a > b ? 1 : 0
}

function compareLists<T>(
  a: readonly T[],
  b: readonly T[],
  compare: (x: T, y: T) => number,
): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const order = compare(a[i] as T, b[i] as T)
    if (order !== 0) return order
  }
  return Math.sign(a.length - b.length)
}
