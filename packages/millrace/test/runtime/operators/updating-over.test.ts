// OVER in an order that is not that of time: results that change with every row, against naive sums; and functions of positions.

import { describe, expect, it } from 'vitest'
import { createBuiltInRegistry } from '../../../src/functions/built-in.ts'
import { isProblem, type PositionBinding } from '../../../src/functions/function-definition.ts'
import { createJoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import type { OverAggregates } from '../../../src/runtime/operators/over/over-frame.ts'
import { UpdatingOverOperator } from '../../../src/runtime/operators/over/updating-over-operator.ts'
import { type DataType, notNull, types } from '../../../src/types/data-type.ts'
import type { Row, Value } from '../../../src/types/value.ts'
import { materialize, OperatorHarness, seeded } from './operator-harness.ts'

/** Rows are (partition, order, value). */
const rowTypes = [types.int, types.int, types.int]
const key = createJoinKey([types.int], [true], row => [row[0] as Value])

const sum: OverAggregates = {
  fieldTypes: [notNull(types.bigint)],
  fresh: () => ({ sum: 0 }),
  accumulate(a, row) {
    const totals = a as { sum: number }
    totals.sum += row[2] as number
  },
  results: a => [(a as { sum: number }).sum],
  fieldsOf: a => [(a as { sum: number }).sum],
  restore: ([total]) => ({ sum: total as number }),
}

const SO_FAR = { from: Number.NEGATIVE_INFINITY, to: 0 }
const over = (unit: 'rows' | 'range', upsert = false, reach = SO_FAR) =>
  new OperatorHarness(
    place =>
      new UpdatingOverOperator({
        place,
        key,
        rowTypes,
        orderOf: row => [row[1] as Value],
        compare: (a, b) => (a[0] as number) - (b[0] as number),
        identity: upsert ? { kind: 'unique-key', columns: [1], upsert } : { kind: 'row' },
        frame: { unit, ...reach },
        distanceOf: row => row[1] as number,
        aggregates: sum,
        resultTypes: [types.bigint],
        emitsUpdateBefore: true,
      }),
  )

describe('OVER in the order of values', () => {
  it('changes the results of rows behind one that comes, or goes', () => {
    const sums = over('range')
    sums.send(0, '+I', 1, 10, 1)
    sums.send(0, '+I', 1, 30, 4)
    expect(sums.take()).toEqual(['+I(1, 10, 1, 1)', '+I(1, 30, 4, 5)'])
    sums.send(0, '+I', 1, 20, 2)
    expect(sums.take()).toEqual(['+I(1, 20, 2, 3)', '-U(1, 30, 4, 5)', '+U(1, 30, 4, 7)'])
    sums.send(0, '-D', 1, 10, 1)
    expect(sums.take()).toEqual([
      '-D(1, 10, 1, 1)',
      '-U(1, 20, 2, 3)',
      '+U(1, 20, 2, 2)',
      '-U(1, 30, 4, 7)',
      '+U(1, 30, 4, 6)',
    ])
  })

  it('has rows of equal order in each other’s RANGE frames, and by arrival in ROWS frames', () => {
    for (const [unit, expected] of [
      ['range', ['+I(1, 10, 1, 1)', '-U(1, 10, 1, 1)', '+U(1, 10, 1, 3)', '+I(1, 10, 2, 3)']],
      ['rows', ['+I(1, 10, 1, 1)', '+I(1, 10, 2, 3)']],
    ] as const) {
      const sums = over(unit)
      sums.send(0, '+I', 1, 10, 1)
      sums.send(0, '+I', 1, 10, 2)
      expect(sums.take()).toEqual(expected)
    }
  })

  it('finds a row by its key where the input only says what is new', () => {
    const sums = over('rows', true)
    sums.send(0, '+I', 1, 10, 1)
    sums.send(0, '+U', 1, 10, 5)
    sums.send(0, '-D', 1, 10, 0)
    expect(sums.take()).toEqual([
      '+I(1, 10, 1, 1)',
      '-D(1, 10, 1, 1)',
      '+I(1, 10, 5, 5)',
      '-D(1, 10, 5, 5)',
    ])
    expect(sums.operator.stats().stateEntries).toBe(0)
  })

  it('ends with what naive sums give, through insertions, deletions and crashes', () => {
    for (let seed = 0; seed < 40; seed++) {
      const random = seeded(seed)
      const unit = seed % 2 === 0 ? 'rows' : 'range'
      const sums = over(unit)
      const rows: Row[] = []
      for (let i = 0; i < 60; i++) {
        const gone = rows[random(rows.length + 1)]
        if (gone && random(3) === 0) {
          rows.splice(rows.indexOf(gone), 1)
          sums.send(0, '-D', ...gone)
        } else {
          // Values tell rows apart, so that it is certain which one of equal order goes.
          const row = [random(2), random(6), 1000 + i]
          rows.push(row)
          sums.send(0, '+I', ...row)
        }
        if (random(8) === 0) sums.crash()
      }
      const expected = rows.map((row, at) => {
        const isIn = ([p, o]: Row, i: number) =>
          p === row[0] &&
          ((o as number) < (row[1] as number) || (o === row[1] && (unit === 'range' || i <= at)))
        const total = rows.filter(isIn).reduce((n, r) => n + (r[2] as number), 0)
        return [...row, total].map(String).join('|')
      })
      expect(materialize(sums.output), `seed ${seed}`).toEqual(expected.toSorted())
    }
  })
})

describe('frames with bounds', () => {
  const frames = [
    { unit: 'rows', from: -2, to: 0 },
    { unit: 'rows', from: -1, to: 2 },
    { unit: 'rows', from: 1, to: 3 },
    { unit: 'rows', from: Number.NEGATIVE_INFINITY, to: -1 },
    { unit: 'rows', from: -1, to: Number.POSITIVE_INFINITY },
    { unit: 'range', from: -2, to: 0 },
    { unit: 'range', from: -1, to: 1 },
    { unit: 'range', from: 0, to: Number.POSITIVE_INFINITY },
  ] as const

  it.each(frames)(
    'end with what naive sums give: $unit from $from to $to',
    ({ unit, from, to }) => {
      for (let seed = 0; seed < 20; seed++) {
        const random = seeded(seed)
        const sums = over(unit, false, { from, to })
        const rows: Row[] = []
        for (let i = 0; i < 50; i++) {
          const gone = rows[random(rows.length + 1)]
          if (gone && random(3) === 0) {
            rows.splice(rows.indexOf(gone), 1)
            sums.send(0, '-D', ...gone)
          } else {
            const row = [random(2), random(9), 1000 + i]
            rows.push(row)
            sums.send(0, '+I', ...row)
          }
          if (random(8) === 0) sums.crash()
        }
        const expected = [0, 1].flatMap(p => {
          const partition = rows
            .filter(r => r[0] === p)
            .toSorted((a, b) => (a[1] as number) - (b[1] as number))
          return partition.map((row, at) => {
            const isIn = (other: Row, i: number) => {
              const distance = unit === 'rows' ? i - at : (other[1] as number) - (row[1] as number)
              return distance >= from && distance <= to
            }
            const total = partition.filter(isIn).reduce((n, r) => n + (r[2] as number), 0)
            return [...row, total].map(String).join('|')
          })
        })
        expect(materialize(sums.output), `seed ${seed}`).toEqual(expected.toSorted())
      }
    },
  )

  it('tell only the rows whose frames a change is in', () => {
    const sums = over('rows', false, { from: -1, to: 0 })
    for (const order of [10, 20, 30, 40]) sums.send(0, '+I', 1, order, order)
    sums.take()
    sums.send(0, '+I', 1, 25, 25)
    expect(sums.take()).toEqual(['+I(1, 25, 25, 45)', '-U(1, 30, 30, 50)', '+U(1, 30, 30, 55)'])
  })
})

const functions = createBuiltInRegistry()

/** What a function gives for each row of a partition with these order values; peers are next to each other. */
function positions(
  name: string,
  order: readonly number[],
  ...args: readonly (readonly [DataType, Value?])[]
) {
  const infos = args.map(([type, value]) =>
    value === undefined ? { type } : { type, constant: { value } },
  )
  const binding = functions.position(name)?.resolve(infos, { timeZone: 'UTC' })
  if (!binding || isProblem(binding)) return binding?.problem
  const { at } = binding as PositionBinding
  const rows = {
    size: order.length,
    argsAt: (i: number) =>
      args.map(([, value]) => (value === undefined ? (order[i] as Value) : value)),
    peersOf: (i: number) =>
      [order.indexOf(order[i] as number), order.lastIndexOf(order[i] as number) + 1] as const,
  }
  return order.map((_, i) => at(rows, i))
}

describe('functions over positions', () => {
  const int = notNull(types.int)

  it('LAG and LEAD give the value some rows before or behind, else the default', () => {
    expect(positions('LAG', [1, 2, 3], [int])).toEqual([null, 1, 2])
    expect(positions('LEAD', [1, 2, 3], [int], [int, 2], [int, -1])).toEqual([3, -1, -1])
    expect(positions('LAG', [1, 2, 3], [int], [int, 0])).toEqual([1, 2, 3])
    expect(positions('LAG', [1, 2], [types.int, null], [int, 1], [int, 7])).toEqual([7, 7])
  })

  it('NTILE makes the first parts one row larger than the others', () => {
    expect(positions('NTILE', [1, 2, 3, 4, 5, 6, 7, 8], [int, 3])).toEqual([1, 1, 1, 2, 2, 2, 3, 3])
    expect(positions('NTILE', [1, 2], [int, 5])).toEqual([1, 2])
    expect(positions('NTILE', [1], [int, 0])).toBe('cannot cut into 0 parts')
    expect(positions('NTILE', [1], [int])).toBe('needs a constant number of parts')
  })

  it('CUME_DIST and PERCENT_RANK are shares, level for rows of equal order', () => {
    expect(positions('CUME_DIST', [1, 2, 2, 3])).toEqual([0.25, 0.75, 0.75, 1])
    expect(positions('PERCENT_RANK', [1, 2, 2, 3])).toEqual([0, 1 / 3, 1 / 3, 1])
    expect(positions('PERCENT_RANK', [1])).toEqual([0])
  })
})
