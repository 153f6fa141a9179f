// Sorting, final results and look-up joins.

import { describe, expect, it } from 'vitest'
import { FinalizeOperator } from '../../../src/runtime/operators/finalize-operator.ts'
import { createJoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import type { SideIdentity } from '../../../src/runtime/operators/joins/join-side.ts'
import { LookupJoinOperator } from '../../../src/runtime/operators/joins/lookup-join-operator.ts'
import { LimitOperator } from '../../../src/runtime/operators/ranks/limit-operator.ts'
import { SortOperator } from '../../../src/runtime/operators/ranks/sort-operator.ts'
import { TimeSortOperator } from '../../../src/runtime/operators/ranks/time-sort-operator.ts'
import { types } from '../../../src/types/data-type.ts'
import type { Row, Value } from '../../../src/types/value.ts'
import { OperatorHarness, seeded } from './operator-harness.ts'

/** Rows are (number, name). */
const rowTypes = [types.int, types.string]
const order = {
  orderOf: (row: Row) => [row[0] as Value],
  compare: (a: Row, b: Row) => (a[0] as number) - (b[0] as number),
}

const sort = (offset: number, limit: number | undefined, identity: SideIdentity) =>
  new OperatorHarness(
    place => new SortOperator({ ...order, place, rowTypes, identity, offset, limit }),
  )
const finalize = (identity: SideIdentity) =>
  new OperatorHarness(place => new FinalizeOperator({ place, rowTypes, identity }))
const timeSort = () =>
  new OperatorHarness(
    place => new TimeSortOperator({ ...order, place, rowTypes, timeOf: row => row[0] as number }),
  )

describe('the first rows', () => {
  const limited = (offset: number, limit: number, satisfied = () => {}) =>
    new OperatorHarness(place => new LimitOperator({ place, offset, limit, satisfied }))

  it('are given at once, behind those that are skipped, and no more of them after a crash', () => {
    const operator = limited(1, 3)
    for (const name of ['a', 'b']) operator.send(0, '+I', 1, name)
    expect(operator.take()).toEqual(['+I(1, b)'])
    operator.crash()
    for (const name of ['c', 'd', 'e']) operator.send(0, '+I', 1, name)
    expect(operator.take()).toEqual(['+I(1, c)', '+I(1, d)'])
    operator.crash()
    operator.send(0, '+I', 1, 'f')
    expect(operator.take()).toEqual([])
    expect((operator.operator as LimitOperator).isSatisfied).toBe(true)
  })

  it('are told of once they are all there', () => {
    let times = 0
    const operator = limited(0, 2, () => times++)
    operator.send(0, '+I', 1, 'a')
    expect(times).toBe(0)
    for (const name of ['b', 'c']) operator.send(0, '+I', 1, name)
    expect(times).toBe(1)
  })
})

describe('sorting a whole result', () => {
  it('gives it out in order at the end, ties as they came, once', () => {
    const sorted = sort(1, 2, { kind: 'append' })
    for (const [n, name] of [
      [3, 'c'],
      [1, 'a'],
      [2, 'b'],
      [1, 'z'],
    ] as const)
      sorted.send(0, '+I', n, name)
    sorted.crash()
    sorted.watermark(1000)
    expect(sorted.take()).toEqual([])
    sorted.end()
    sorted.end()
    expect(sorted.take()).toEqual(['+I(1, z)', '+I(2, b)'])
  })

  it('leaves out rows that were taken back', () => {
    const sorted = sort(0, undefined, { kind: 'row' })
    sorted.send(0, '+I', 1, 'a')
    sorted.send(0, '+I', 0, 'b')
    sorted.send(0, '-U', 1, 'a')
    sorted.send(0, '+U', 2, 'a')
    sorted.end()
    expect(sorted.take()).toEqual(['+I(0, b)', '+I(2, a)'])
  })
})

describe('finalizing', () => {
  it('nets changes out and gives what is left in the order of last insertion', () => {
    const final = finalize({ kind: 'row' })
    final.send(0, '+I', 1, 'a')
    final.send(0, '+I', 2, 'b')
    final.send(0, '-U', 1, 'a')
    final.send(0, '+U', 1, 'a2')
    final.crash()
    final.send(0, '+I', 3, 'c')
    final.send(0, '-D', 3, 'c')
    final.end()
    expect(final.take()).toEqual(['+I(2, b)', '+I(1, a2)'])
  })

  it('keeps the last row of each key of an upsert input', () => {
    const final = finalize({ kind: 'unique-key', columns: [0], upsert: true })
    final.send(0, '+I', 1, 'a')
    final.send(0, '+U', 1, 'b')
    final.send(0, '+I', 2, 'c')
    final.crash()
    final.send(0, '-D', 2, null)
    final.end()
    expect(final.take()).toEqual(['+I(1, b)'])
  })
})

describe('sorting by event time', () => {
  it('gives rows out in order as the watermark passes them, and drops late ones', () => {
    const sorted = timeSort()
    for (const [time, name] of [
      [20, 'b'],
      [10, 'a'],
      [20, 'c'],
    ] as const)
      sorted.send(0, '+I', time, name)
    sorted.watermark(10)
    expect(sorted.take()).toEqual(['+I(10, a)'])
    sorted.crash()
    sorted.send(0, '+I', 10, 'late')
    sorted.watermark(25)
    expect(sorted.take()).toEqual(['+I(20, b)', '+I(20, c)'])
    expect(sorted.operator.stats()).toMatchObject({ late: 1, stateEntries: 0 })
  })

  it('gives the same through random crashes as without', () => {
    const random = seeded(7)
    const [steady, crashing] = [timeSort(), timeSort()]
    for (let step = 0; step < 300; step++) {
      const time = step - random(8)
      for (const sorted of [steady, crashing]) {
        sorted.send(0, '+I', time, `r${step}`)
        sorted.watermark(step - 6)
      }
      if (random(10) === 0) crashing.crash()
    }
    expect(crashing.output).toEqual(steady.output)
    const times = steady.output.map(c => c.row[0] as number)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })
})

describe('a look-up join', () => {
  const table: Row[] = [
    [1, 'x'],
    [1, 'y'],
    [null, 'n'],
  ]
  const key = createJoinKey([types.int], [false], row => [row[0] as Value])
  const lookup = (join: 'inner' | 'left') =>
    new OperatorHarness(
      place =>
        new LookupJoinOperator({
          place,
          join,
          leftKey: key,
          rightKey: key,
          rightWidth: 2,
          matches: (_, right) => right[1] !== 'y',
          rows: () => table,
        }),
    )

  it('joins with the matching rows of the table and passes the kind on', () => {
    const inner = lookup('inner')
    inner.send(0, '-D', 1, 'a')
    inner.send(0, '+I', 2, 'b')
    inner.send(0, '+I', null, 'c')
    expect(inner.take()).toEqual(['-D(1, a, 1, x)'])
  })

  it('pads what finds nothing', () => {
    const left = lookup('left')
    left.send(0, '+I', null, 'c')
    expect(left.take()).toEqual(['+I(null, c, null, null)'])
  })
})
