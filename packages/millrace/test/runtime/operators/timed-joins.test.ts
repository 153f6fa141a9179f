// Interval and temporal joins: bounds, expiry, late rows, versions, crashes, and equality with naive joins.

import { describe, expect, it } from 'vitest'
import {
  IntervalJoinOperator,
  type IntervalSide,
} from '../../../src/runtime/operators/joins/interval-join-operator.ts'
import { createJoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import { TemporalJoinOperator } from '../../../src/runtime/operators/joins/temporal-join-operator.ts'
import { types } from '../../../src/types/data-type.ts'
import type { Row, Value } from '../../../src/types/value.ts'
import { materialize, OperatorHarness, seeded } from './operator-harness.ts'

/** Rows are (key, name, time). */
const side: IntervalSide = {
  key: createJoinKey([types.int], [false], row => [row[0] as Value]),
  rowTypes: [types.int, types.string, types.timestamp(3)],
  timeOf: row => row[2] as number,
}
const matches = () => true

function intervalJoin(
  join: 'inner' | 'left' | 'right' | 'full',
  lowerMs: number,
  upperMs: number,
): OperatorHarness {
  return new OperatorHarness(
    place =>
      new IntervalJoinOperator({ place, join, left: side, right: side, matches, lowerMs, upperMs }),
    2,
  )
}

const temporalJoin = (join: 'inner' | 'left') =>
  new OperatorHarness(
    place => new TemporalJoinOperator({ place, join, left: side, right: side, matches }),
    2,
  )

const both = (harness: OperatorHarness, time: number) => {
  harness.watermark(time, 0)
  harness.watermark(time, 1)
}

describe('an interval join', () => {
  it('joins rows within the bounds, both inclusive', () => {
    const join = intervalJoin('inner', -10, 20)
    join.send(0, '+I', 1, 'a', 100)
    for (const time of [89, 90, 120, 121]) join.send(1, '+I', 1, 'x', time)
    expect(join.take()).toEqual(['+I(1, a, 100, 1, x, 90)', '+I(1, a, 100, 1, x, 120)'])
  })

  it('pads an unmatched outer row once no match can come any more', () => {
    const join = intervalJoin('full', -10, 20)
    join.send(0, '+I', 1, 'a', 100)
    join.send(1, '+I', 2, 'x', 100)
    both(join, 110)
    expect(join.take()).toEqual([])
    both(join, 111)
    expect(join.take()).toEqual(['+I(null, null, null, 2, x, 100)'])
    both(join, 120)
    expect(join.take()).toEqual([])
    both(join, 121)
    expect(join.take()).toEqual(['+I(1, a, 100, null, null, null)'])
    expect(join.operator.stats().stateEntries).toBe(0)
  })

  it('holds its output watermark back by the longest wait', () => {
    expect(intervalJoin('inner', -10, 20).operator.outputDelayMs).toBe(20)
    expect(intervalJoin('inner', -30, -20).operator.outputDelayMs).toBe(30)
  })

  it('pads a row at once that comes too late to wait, and counts it when it is dropped', () => {
    const join = intervalJoin('left', 0, 10)
    both(join, 1000)
    join.send(0, '+I', 1, 'a', 100)
    expect(join.take()).toEqual(['+I(1, a, 100, null, null, null)'])
    join.send(1, '+I', 1, 'x', 100)
    expect(join.operator.stats()).toMatchObject({ late: 1, stateEntries: 0 })
  })

  it('keeps a row with a NULL key only to pad it in its turn', () => {
    const join = intervalJoin('left', 0, 10)
    join.send(0, '+I', null, 'a', 100)
    join.send(1, '+I', null, 'x', 100)
    join.crash()
    expect(join.take()).toEqual([])
    join.end()
    expect(join.take()).toEqual(['+I(null, a, 100, null, null, null)'])
  })

  for (const kind of ['inner', 'left', 'right', 'full'] as const)
    it(`equals the naive ${kind} join through random orders and crashes`, () => {
      for (let seed = 1; seed <= 25; seed++) {
        const random = seeded(seed)
        const [steady, crashing] = [intervalJoin(kind, -5, 8), intervalJoin(kind, -5, 8)]
        const rows: [Row[], Row[]] = [[], []]
        let now = 0
        for (let step = 0; step < 120; step++) {
          now += random(4)
          const input = random(2)
          const row: Row = [random(4) === 0 ? null : random(3), `r${step}`, now - random(6)]
          rows[input]?.push(row)
          for (const join of [steady, crashing]) {
            join.send(input, '+I', ...row)
            join.watermark(now - 6, input)
          }
          if (random(12) === 0) crashing.crash()
        }
        for (const join of [steady, crashing]) join.end()
        expect(crashing.output).toEqual(steady.output)
        expect(steady.operator.stats()).toMatchObject({ stateEntries: 0, late: 0 })
        expect(materialize(steady.output)).toEqual(naiveInterval(kind, rows[0], rows[1], -5, 8))
      }
    })
})

function naiveInterval(
  kind: string,
  left: readonly Row[],
  right: readonly Row[],
  lowerMs: number,
  upperMs: number,
): string[] {
  const pairs = (l: Row, r: Row) => {
    const distance = (r[2] as number) - (l[2] as number)
    return l[0] !== null && l[0] === r[0] && distance >= lowerMs && distance <= upperMs
  }
  const nulls: Row = [null, null, null]
  const rows: Row[] = left.flatMap(l => right.filter(r => pairs(l, r)).map(r => [...l, ...r]))
  if (kind === 'left' || kind === 'full')
    for (const l of left) if (!right.some(r => pairs(l, r))) rows.push([...l, ...nulls])
  if (kind === 'right' || kind === 'full')
    for (const r of right) if (!left.some(l => pairs(l, r))) rows.push([...nulls, ...r])
  return rows.map(r => r.map(String).join('|')).toSorted()
}

describe('a temporal join', () => {
  it('joins a row with the version valid at its time, once the watermark reaches it', () => {
    const join = temporalJoin('inner')
    join.send(0, '+I', 1, 'a', 15)
    join.send(1, '+I', 1, 'v10', 10)
    join.send(1, '-U', 1, 'v10', 10)
    join.send(1, '+U', 1, 'v20', 20)
    both(join, 14)
    expect(join.take()).toEqual([])
    both(join, 15)
    expect(join.take()).toEqual(['+I(1, a, 15, 1, v10, 10)'])
    join.send(0, '+I', 1, 'b', 20)
    both(join, 30)
    expect(join.take()).toEqual(['+I(1, b, 20, 1, v20, 20)'])
  })

  it('drops versions that no row to come can need', () => {
    const join = temporalJoin('inner')
    for (let time = 0; time < 100; time++) {
      join.send(1, '+U', 1, `v${time}`, time)
      both(join, time - 2)
    }
    expect(join.operator.stats().stateEntries).toBeLessThan(6)
  })

  it('finds nothing after a deletion', () => {
    const join = temporalJoin('left')
    join.send(1, '+I', 1, 'v', 10)
    join.send(1, '-D', 1, 'v', 20)
    join.send(0, '+I', 1, 'a', 19)
    join.send(0, '+I', 1, 'b', 20)
    join.send(0, '+I', null, 'c', 21)
    join.end()
    expect(join.take()).toEqual([
      '+I(1, a, 19, 1, v, 10)',
      '+I(1, b, 20, null, null, null)',
      '+I(null, c, 21, null, null, null)',
    ])
  })

  it('equals a naive look-up of versions through random orders and crashes', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = seeded(seed)
      const [steady, crashing] = [temporalJoin('left'), temporalJoin('left')]
      const lefts: Row[] = []
      const versions: { row: Row; deleted: boolean }[] = []
      let now = 0
      for (let step = 0; step < 120; step++) {
        now += random(4)
        const input = random(2)
        const row: Row = [random(3), `r${step}`, now - random(6)]
        const deleted = input === 1 && random(5) === 0
        if (input === 0) lefts.push(row)
        else versions.push({ row, deleted })
        for (const join of [steady, crashing]) {
          join.send(input, deleted ? '-D' : '+U', ...row)
          join.watermark(now - 6, input)
        }
        if (random(12) === 0) crashing.crash()
      }
      for (const join of [steady, crashing]) join.end()
      expect(crashing.output).toEqual(steady.output)
      const expected = lefts.map(l => {
        const valid = versions.filter(
          v => v.row[0] === l[0] && (v.row[2] as number) <= (l[2] as number),
        )
        const latest = Math.max(...valid.map(v => v.row[2] as number))
        const version = valid.findLast(v => v.row[2] === latest)
        const joined = version && !version.deleted ? version.row : [null, null, null]
        return [...l, ...joined].map(String).join('|')
      })
      const sent = steady.output.map(c => c.row.map(String).join('|'))
      expect(sent.toSorted()).toEqual(expected.toSorted())
      const times = steady.output.map(c => c.row[2] as number)
      expect(times).toEqual(times.toSorted((a, b) => a - b))
    }
  })
})
