// Emitted aggregates against their meaning: accumulating, taking back and merging give what the remaining rows give.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aggregateFunctions } from '../../src/functions/aggregate/index.ts'
import type {
  AggregateBinding,
  AggregateFunction,
} from '../../src/functions/function-definition.ts'
import { isProblem } from '../../src/functions/function-definition.ts'
import type { DataType } from '../../src/types/data-type.ts'
import { formatType, isApproximate, types } from '../../src/types/data-type.ts'
import type { Value } from '../../src/types/value.ts'
import { compileAggregate } from './support/compile.ts'
import { valueOf } from './support/values.ts'

const session = { timeZone: 'UTC' }

const TYPES: readonly DataType[] = [
  types.boolean,
  types.tinyint,
  types.int,
  types.bigint,
  types.float,
  types.double,
  types.decimal(10, 2),
  types.decimal(20, 8),
  types.string,
  types.date,
  types.timestamp(3),
  types.bytes,
  types.array(types.int),
  types.row([{ name: 'a', type: types.string }]),
]

function resolved(
  definition: AggregateFunction,
  retract: boolean,
): [string, DataType, AggregateBinding][] {
  return TYPES.flatMap((type): [string, DataType, AggregateBinding][] => {
    const binding = definition.resolve([{ type }], { retract }, session)
    return isProblem(binding) ? [] : [[`${definition.name}(${formatType(type)})`, type, binding]]
  })
}

/** Sums of floating-point numbers hang on their order: compared to few digits, and only over tame values. */
function rowsOf(type: DataType): fc.Arbitrary<Value[][]> {
  const value: fc.Arbitrary<Value> = isApproximate(type)
    ? fc.option(fc.integer({ min: -500, max: 500 }), { nil: null, freq: 6 })
    : valueOf(type)
  return fc.array(
    value.map(v => [v]),
    { maxLength: 12 },
  )
}

function meaning(binding: AggregateBinding, rows: readonly (readonly Value[])[]): Value {
  return binding.evaluate(binding.skipsNulls ? rows.filter(r => !r.includes(null)) : rows)
}

/** SINGLE_VALUE refuses a second row: it has tests of its own. */
const definitions = aggregateFunctions
  .filter(f => f.name !== 'SINGLE_VALUE')
  .map(f => [f.name, f] as const)

describe('aggregates', () => {
  it.each(definitions)('%s accumulates to its meaning', (_, definition) => {
    for (const [title, type, binding] of resolved(definition, false)) {
      const aggregate = compileAggregate(binding)
      fc.assert(
        fc.property(rowsOf(type), rows => {
          const state = aggregate.create()
          for (const row of rows) aggregate.accumulate(state, row)
          expect(aggregate.result(state), title).toStrictEqual(meaning(binding, rows))
        }),
        { numRuns: 40 },
      )
    }
  })

  it.each(definitions)('%s merges two halves into the whole', (_, definition) => {
    for (const [title, type, binding] of resolved(definition, false)) {
      expect(binding.merge, title).toBeDefined()
      const aggregate = compileAggregate(binding)
      fc.assert(
        fc.property(rowsOf(type), rowsOf(type), (left, right) => {
          const state = aggregate.create()
          const other = aggregate.create()
          for (const row of left) aggregate.accumulate(state, row)
          for (const row of right) aggregate.accumulate(other, row)
          aggregate.merge(state, other)
          expect(aggregate.result(state), title).toStrictEqual(
            meaning(binding, [...left, ...right]),
          )
        }),
        { numRuns: 40 },
      )
    }
  })

  it.each(definitions)('%s takes rows back as if they had never been', (_, definition) => {
    for (const [title, type, binding] of resolved(definition, true)) {
      expect(binding.retract, title).toBeDefined()
      const aggregate = compileAggregate(binding)
      const steps = rowsOf(type).chain(rows =>
        fc.tuple(fc.constant(rows), fc.array(fc.nat(), { maxLength: rows.length })),
      )
      fc.assert(
        fc.property(steps, ([rows, removals]) => {
          const state = aggregate.create()
          const kept = [...rows]
          for (const row of rows) aggregate.accumulate(state, row)
          for (const removal of removals) {
            const row = kept[removal % kept.length] as Value[]
            // Of equal rows the oldest goes, as it does in the functions that mind the order.
            const oldest = kept.findIndex(r => isSame(r[0] as Value, row[0] as Value))
            kept.splice(oldest, 1)
            aggregate.retract(state, row)
          }
          expect(aggregate.result(state), title).toStrictEqual(meaning(binding, kept))
        }),
        { numRuns: 40 },
      )
    }
  })

  it.each(definitions)('%s takes rows back from groups of hundreds', (_, definition) => {
    const steps = fc.array(fc.tuple(fc.integer({ min: -300, max: 300 }), fc.nat({ max: 2 })), {
      minLength: 300,
      maxLength: 900,
    })
    const binding = bindingOfMany(definition)
    if (!binding) return
    const aggregate = compileAggregate(binding)
    fc.assert(
      fc.property(steps, fc.nat(), (changes, seed) => {
        const state = aggregate.create()
        const kept: Value[][] = []
        for (const [i, [value, removal]] of changes.entries()) {
          const row = [valueFor(definition, value)]
          kept.push(row)
          aggregate.accumulate(state, row)
          if (removal === 0) continue
          // Mostly what came last or is the greatest, as updates do.
          const one = kept[removal === 1 ? kept.length - 1 : (i * seed) % kept.length] as Value[]
          kept.splice(
            kept.findIndex(r => isSame(r[0] as Value, one[0] as Value)),
            1,
          )
          aggregate.retract(state, one)
          if (i % 50 === 0) expect(aggregate.result(state)).toStrictEqual(meaning(binding, kept))
        }
        expect(aggregate.result(state)).toStrictEqual(meaning(binding, kept))
      }),
      { numRuns: 10 },
    )
  })
})

/** A binding over INT or STRING, whose values are few enough to come again. */
function bindingOfMany(definition: AggregateFunction): AggregateBinding | undefined {
  const type = definition.name === 'LISTAGG' ? types.string : types.int
  const part = { type: types.double, constant: { value: 0.75 } }
  const args = definition.name === 'PERCENTILE' ? [{ type }, part] : [{ type }]
  const binding = definition.resolve(args, { retract: true }, session)
  return isProblem(binding) ? undefined : binding
}

const valueFor = (definition: AggregateFunction, value: number): Value =>
  definition.name === 'LISTAGG' ? `v${value}` : value

function isSame(a: Value, b: Value): boolean {
  if (a instanceof Uint8Array || Array.isArray(a)) return JSON.stringify(a) === JSON.stringify(b)
  return a === b
}
