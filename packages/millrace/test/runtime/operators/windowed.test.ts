// Window join and window Top-N: firing, lateness, dropped state, crashes, and equality with naive evaluations.

import { describe, expect, it } from 'vitest'
import type { JoinKind } from '../../../src/plan/node.ts'
import { createJoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import { WindowJoinOperator } from '../../../src/runtime/operators/windows/window-join-operator.ts'
import { WindowRankOperator } from '../../../src/runtime/operators/windows/window-rank-operator.ts'
import { types } from '../../../src/types/data-type.ts'
import type { Row, Value } from '../../../src/types/value.ts'
import { materialize, OperatorHarness, seeded } from './operator-harness.ts'

/** Rows are (key, name, score, window end). */
const rowTypes = [types.int, types.string, types.int, types.timestamp(3)]
const time = { endOf: (row: Row) => row[3] as number, timerMs: (end: number) => end - 1 }

function windowJoin(join: JoinKind): OperatorHarness {
  const key = createJoinKey([types.int, types.timestamp(3)], [false, false], row => [
    row[0] as Value,
    row[3] as Value,
  ])
  const side = { key, rowTypes, endOf: time.endOf }
  return new OperatorHarness(
    place =>
      new WindowJoinOperator({
        place,
        join,
        left: side,
        right: side,
        timerMs: time.timerMs,
        matches: () => true,
      }),
    2,
  )
}

const windowRank = (to: number) =>
  new OperatorHarness(
    place =>
      new WindowRankOperator({
        ...time,
        place,
        key: createJoinKey([types.int], [true], row => [row[0] as Value]),
        rowTypes,
        orderOf: row => [row[2] as Value],
        compare: (a, b) => (a[0] as number) - (b[0] as number),
        range: { function: 'row_number', from: 1, to },
        withRank: true,
      }),
  )

describe('a window join', () => {
  it('joins the rows of a window when it closes, and drops their state', () => {
    const join = windowJoin('left')
    join.send(0, '+I', 1, 'a', 0, 10)
    join.send(0, '+I', null, 'b', 0, 10)
    join.send(1, '+I', 1, 'x', 0, 10)
    join.send(1, '+I', 1, 'y', 0, 20)
    join.commit()
    for (const input of [0, 1]) join.watermark(8, input)
    expect(join.take()).toEqual([])
    for (const input of [0, 1]) join.watermark(9, input)
    expect(join.take()).toEqual([
      '+I(1, a, 0, 10, 1, x, 0, 10)',
      '+I(null, b, 0, 10, null, null, null, null)',
    ])
    join.commit()
    expect(join.storedEntries).toBe(1)
    join.send(0, '+I', 1, 'late', 0, 10)
    expect(join.operator.stats()).toMatchObject({ late: 1, stateEntries: 1 })
  })

  for (const kind of ['inner', 'left', 'right', 'full', 'semi', 'anti'] as const)
    it(`equals the naive ${kind} join per window, through crashes`, () => {
      for (let seed = 1; seed <= 15; seed++) {
        const random = seeded(seed)
        const [steady, crashing] = [windowJoin(kind), windowJoin(kind)]
        const rows: [Row[], Row[]] = [[], []]
        for (let step = 0; step < 80; step++) {
          const input = random(2)
          const row: Row = [
            random(5) === 0 ? null : random(3),
            `r${step}`,
            0,
            (Math.floor(step / 20) + 1) * 20,
          ]
          rows[input]?.push(row)
          for (const join of [steady, crashing]) {
            join.send(input, '+I', ...row)
            join.watermark(step - 1, 0)
            join.watermark(step - 1, 1)
          }
          if (random(12) === 0) crashing.crash()
        }
        for (const join of [steady, crashing]) join.end()
        expect(crashing.output).toEqual(steady.output)
        expect(steady.operator.stats()).toMatchObject({ stateEntries: 0, late: 0 })
        expect(materialize(steady.output)).toEqual(naiveJoin(kind, rows[0], rows[1]))
      }
    })
})

function naiveJoin(join: JoinKind, left: readonly Row[], right: readonly Row[]): string[] {
  const pairs = (l: Row, r: Row) => l[0] !== null && l[0] === r[0] && l[3] === r[3]
  const nulls: Row = [null, null, null, null]
  const rows: Row[] = []
  for (const l of left) {
    const found = right.filter(r => pairs(l, r))
    if (join === 'semi' ? found.length > 0 : join === 'anti' && found.length === 0) rows.push(l)
    if (join === 'semi' || join === 'anti') continue
    for (const r of found) rows.push([...l, ...r])
    if (found.length === 0 && (join === 'left' || join === 'full')) rows.push([...l, ...nulls])
  }
  if (join === 'right' || join === 'full')
    for (const r of right) if (!left.some(l => pairs(l, r))) rows.push([...nulls, ...r])
  return rows.map(r => r.map(String).join('|')).toSorted()
}

describe('Top-N of windows', () => {
  it('gives each partition in order of rank when the window closes', () => {
    const top = windowRank(2)
    for (const [k, name, score] of [
      [1, 'a', 30],
      [2, 'b', 5],
      [1, 'c', 10],
      [1, 'd', 20],
      [1, 'e', 20],
    ] as const)
      top.send(0, '+I', k, name, score, 10)
    expect(top.operator.stats().stateEntries).toBe(3)
    top.crash()
    top.watermark(9)
    expect(top.take()).toEqual(['+I(2, b, 5, 10, 1)', '+I(1, c, 10, 10, 1)', '+I(1, d, 20, 10, 2)'])
    top.send(0, '+I', 1, 'late', 0, 10)
    expect(top.operator.stats()).toMatchObject({ late: 1, stateEntries: 0 })
  })

  it('gives the same through random crashes as without', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = seeded(seed)
      const [steady, crashing] = [windowRank(3), windowRank(3)]
      const rows: Row[] = []
      for (let step = 0; step < 100; step++) {
        const row: Row = [random(3), `r${step}`, random(6), (Math.floor(step / 20) + 1) * 20]
        rows.push(row)
        for (const top of [steady, crashing]) {
          top.send(0, '+I', ...row)
          top.watermark(step - 1)
        }
        if (random(10) === 0) crashing.crash()
      }
      for (const top of [steady, crashing]) top.end()
      expect(crashing.output).toEqual(steady.output)
      expect(materialize(steady.output)).toEqual(naiveTop(3, rows))
    }
  })
})

function naiveTop(to: number, rows: readonly Row[]): string[] {
  const ranked = rows.map((row, i) => {
    const before = rows.filter(
      (other, j) =>
        other[0] === row[0] &&
        other[3] === row[3] &&
        ((other[2] as number) < (row[2] as number) || (other[2] === row[2] && j < i)),
    )
    return [...row, before.length + 1]
  })
  return ranked
    .filter(r => (r[4] as number) <= to)
    .map(r => r.map(String).join('|'))
    .toSorted()
}
