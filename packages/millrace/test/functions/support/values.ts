// Arbitrary values of SQL types, edge cases preferred.

import fc from 'fast-check'
import type { DataType } from '../../../src/types/data-type.ts'
import { canonical } from '../../../src/types/integer.ts'
import type { Hybrid, Value } from '../../../src/types/value.ts'

/** Values of a type, now and then NULL when it is nullable. */
export function valueOf(type: DataType): fc.Arbitrary<Value> {
  const some = nonNullOf(type)
  return type.nullable ? fc.option(some, { nil: null, freq: 6 }) : some
}

function integer(bits: number): fc.Arbitrary<Hybrid> {
  const bound = 2n ** BigInt(bits - 1)
  return fc
    .oneof(
      fc.bigInt({ min: -bound, max: bound - 1n }),
      fc.bigInt({ min: -3n, max: 3n }),
      fc.constantFrom(-bound, bound - 1n),
    )
    .map(canonical)
}

function nonNullOf(type: DataType): fc.Arbitrary<Value> {
  switch (type.kind) {
    case 'tinyint':
      return integer(8)
    case 'smallint':
      return integer(16)
    case 'int':
      return integer(32)
    case 'bigint':
      return fc.oneof(integer(64), integer(54))
    case 'decimal': {
      const bound = 10n ** BigInt(type.precision) - 1n
      return fc
        .oneof(
          fc.bigInt({ min: -bound, max: bound }),
          fc.bigInt({ min: -200n, max: 200n }),
          fc.constantFrom(-bound, bound),
        )
        .map(canonical)
    }
    case 'double':
      return fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }))
    case 'float':
      return fc.float({ noDefaultInfinity: false })
    case 'boolean':
      return fc.boolean()
    case 'char':
      return fc.string({ minLength: type.length, maxLength: type.length })
    case 'varchar':
      return fc.oneof(
        fc.string({ unit: 'binary', maxLength: 6 }),
        fc.constantFrom(
          '',
          '1',
          '-2.5',
          ' 3 ',
          'true',
          '2024-02-29',
          '10:20:30',
          '2024-01-05 10:20:30.5',
          '\u{1F600}a',
          '\uFFFDb',
        ),
      )
    case 'binary':
    case 'varbinary':
      return fc.uint8Array({ maxLength: 4 })
    case 'date':
      return fc.integer({ min: -100_000, max: 100_000 })
    case 'time':
      return fc.integer({ min: 0, max: 86_399 }).map(s => s * 1000)
    case 'timestamp':
    case 'timestamp_ltz': {
      const seconds = fc.integer({ min: -5_000_000_000, max: 5_000_000_000 })
      if (type.precision > 6)
        return fc
          .tuple(seconds, fc.nat(999_999_999))
          .map(([s, n]) => canonical(BigInt(s) * 1_000_000_000n + BigInt(n)))
      const digits = 10 ** Math.max(0, type.precision)
      const perSecond = type.precision <= 3 ? 1_000 : 1_000_000
      return fc
        .tuple(seconds, fc.nat(digits - 1))
        .map(([s, f]) => s * perSecond + f * (perSecond / digits))
    }
    case 'interval_day':
      return fc.integer({ min: -10_000_000_000, max: 10_000_000_000 })
    case 'interval_year':
      return fc.integer({ min: -1000, max: 1000 })
    case 'array':
      return fc.array(valueOf(type.element), { maxLength: 3 })
    case 'map':
      return fc
        .array(fc.tuple(nonNullOf(type.key), valueOf(type.value)), { maxLength: 3 })
        .map(e => new Map(e))
    case 'multiset':
      return fc
        .array(fc.tuple(nonNullOf(type.element), fc.integer({ min: 1, max: 3 })), { maxLength: 3 })
        .map(e => new Map(e))
    case 'row':
      return fc.tuple(...type.fields.map(f => valueOf(f.type)))
    default:
      return fc.constant(null)
  }
}

/** Values and errors alike, so that two evaluations can be compared. */
export function outcome(compute: () => Value): { value: Value } | { error: string } {
  try {
    return { value: compute() }
  } catch (error) {
    return { error: (error as Error).message }
  }
}
