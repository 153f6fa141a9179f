// OVER aggregates, of streams and of whole results, against naive frames.

import { describe, expect, it } from 'vitest'
import { BatchOverOperator } from '../../../src/runtime/operators/over/batch-over-operator.ts'
import { createJoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import type { FrameReach, OverAggregates } from '../../../src/runtime/operators/over/over-frame.ts'
import { OverOperator } from '../../../src/runtime/operators/over/over-operator.ts'
import { notNull, types } from '../../../src/types/data-type.ts'
import type { Row, Value } from '../../../src/types/value.ts'
import { materialize, OperatorHarness, seeded } from './operator-harness.ts'

/** Rows are (partition, value, time). */
const rowTypes = [types.int, types.int, types.timestamp(3)]
const key = createJoinKey([types.int], [true], row => [row[0] as Value])

interface Totals {
  count: number
  sum: number
}

/** COUNT(*) and SUM(value). */
const aggregates: OverAggregates = {
  fieldTypes: [notNull(types.bigint), notNull(types.bigint)],
  fresh: (): Totals => ({ count: 0, sum: 0 }),
  accumulate(totals, row) {
    const t = totals as Totals
    t.count++
    t.sum += row[1] as number
  },
  results: totals => [(totals as Totals).count, (totals as Totals).sum],
  fieldsOf: totals => [(totals as Totals).count, (totals as Totals).sum],
  restore: ([count, sum]): Totals => ({ count: count as number, sum: sum as number }),
}

const over = (unit: 'rows' | 'range', preceding: number, byTime = true) =>
  new OperatorHarness(
    place =>
      new OverOperator({
        place,
        key,
        rowTypes,
        time: byTime ? 'event' : 'processing',
        timeOf: row => row[2] as number,
        unit,
        preceding,
        aggregates,
      }),
  )

const batchOver = (frame: FrameReach) =>
  new OperatorHarness(
    place =>
      new BatchOverOperator({
        place,
        key,
        rowTypes,
        identity: { kind: 'append' },
        orderOf: row => [row[2] as Value],
        compare: (a, b) => (a[0] as number) - (b[0] as number),
        distanceOf: row => row[2] as number,
        frame,
        aggregates,
        positions: [],
      }),
  )

describe('OVER on a stream', () => {
  it('answers rows in the order of time, those of one time together when the frame is a range', () => {
    const ranged = over('range', 10)
    for (const [value, time] of [
      [2, 20],
      [1, 10],
      [4, 20],
      [8, 31],
    ] as const)
      ranged.send(0, '+I', 1, value, time)
    ranged.watermark(20)
    ranged.crash()
    expect(ranged.take()).toEqual([
      '+I(1, 1, 10, 1, 1)',
      '+I(1, 2, 20, 3, 7)',
      '+I(1, 4, 20, 3, 7)',
    ])
    ranged.end()
    expect(ranged.take()).toEqual(['+I(1, 8, 31, 1, 8)'])
  })

  it('drops rows that are not later than the last answered one of their partition', () => {
    const ranged = over('range', 10)
    ranged.send(0, '+I', 1, 1, 10)
    ranged.watermark(15)
    ranged.send(0, '+I', 1, 2, 10)
    ranged.send(0, '+I', 1, 4, 12)
    ranged.send(0, '+I', 2, 8, 10)
    expect(ranged.take()).toEqual([
      '+I(1, 1, 10, 1, 1)',
      '+I(1, 4, 12, 2, 5)',
      '+I(2, 8, 10, 1, 8)',
    ])
    expect(ranged.operator.stats().late).toBe(1)
  })

  it('lets all rows of a range go once none can be in a frame any more', () => {
    const ranged = over('range', 10)
    ranged.send(0, '+I', 1, 1, 10)
    ranged.watermark(25)
    expect(ranged.take()).toEqual(['+I(1, 1, 10, 1, 1)'])
    expect(ranged.operator.stats().stateEntries).toBe(2)
    ranged.crash()
    ranged.watermark(26)
    expect(ranged.operator.stats().stateEntries).toBe(0)
    ranged.commit()
    expect(ranged.storedEntries).toBe(0)
  })

  it('judges lateness by an alarm that came too early, as Flink does, also after a crash', () => {
    for (const crashes of [false, true]) {
      const ranged = over('range', 10)
      ranged.send(0, '+I', 1, 1, 10)
      ranged.send(0, '+I', 1, 2, 24)
      // The alarm of the first row is at 26; by then the second one has set another, at 40.
      ranged.watermark(30)
      if (crashes) ranged.crash()
      ranged.send(0, '+I', 1, 4, 25)
      ranged.send(0, '+I', 1, 8, 27)
      expect(ranged.take()).toEqual([
        '+I(1, 1, 10, 1, 1)',
        '+I(1, 2, 24, 1, 2)',
        '+I(1, 8, 27, 2, 10)',
      ])
      expect(ranged.operator.stats().late).toBe(1)
    }
  })

  it('answers at once in the order of arrival', () => {
    const rows = over('rows', 1, false)
    for (const value of [1, 2, 4]) {
      rows.send(0, '+I', 1, value, 0)
      rows.crash()
    }
    expect(rows.take()).toEqual(['+I(1, 1, 0, 1, 1)', '+I(1, 2, 0, 2, 3)', '+I(1, 4, 0, 2, 6)'])
    expect(rows.operator.stats().stateEntries).toBe(3)
  })

  it('keeps no rows for a frame that reaches back to the first', () => {
    const all = over('rows', Number.POSITIVE_INFINITY)
    for (let i = 0; i < 50; i++) all.send(0, '+I', 1, 1, i)
    all.watermark(49)
    expect(all.operator.stats().stateEntries).toBe(1)
    expect(all.take().at(-1)).toBe('+I(1, 1, 49, 50, 50)')
  })

  for (const unit of ['rows', 'range'] as const)
    for (const preceding of [0, 3, Number.POSITIVE_INFINITY])
      it(`equals naive frames through crashes: ${unit} ${preceding} preceding`, () => {
        for (let seed = 1; seed <= 20; seed++) {
          const random = seeded(seed)
          const [steady, crashing] = [over(unit, preceding), over(unit, preceding)]
          const rows: Row[] = []
          for (let step = 0; step < 80; step++) {
            const row: Row = [random(3), random(9), step - random(5)]
            rows.push(row)
            for (const o of [steady, crashing]) {
              o.send(0, '+I', ...row)
              o.watermark(step - 5)
            }
            if (random(8) === 0) crashing.crash()
          }
          for (const o of [steady, crashing]) o.end()
          expect(crashing.output).toEqual(steady.output)
          expect(steady.operator.stats().late).toBe(0)
          const frame = { unit, from: -preceding, to: 0 }
          expect(materialize(steady.output)).toEqual(naive(rows, frame))
        }
      })
})

describe('OVER on a whole result', () => {
  const { POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number
  const frames: FrameReach[] = [
    { unit: 'rows', from: -1, to: 1 },
    { unit: 'rows', from: 1, to: 2 },
    { unit: 'rows', from: NEGATIVE_INFINITY, to: POSITIVE_INFINITY },
    { unit: 'rows', from: 0, to: POSITIVE_INFINITY },
    { unit: 'range', from: NEGATIVE_INFINITY, to: 0 },
    { unit: 'range', from: -2, to: 2 },
    { unit: 'range', from: -4, to: -2 },
    { unit: 'range', from: 0, to: POSITIVE_INFINITY },
  ]
  for (const frame of frames)
    it(`equals naive frames: ${frame.unit} from ${frame.from} to ${frame.to}`, () => {
      const random = seeded(3)
      const batch = batchOver(frame)
      const rows: Row[] = []
      for (let step = 0; step < 120; step++) {
        const row: Row = [random(3), random(9), random(30)]
        rows.push(row)
        batch.send(0, '+I', ...row)
        if (step === 60) batch.crash()
      }
      batch.end()
      expect(materialize(batch.output)).toEqual(naive(rows, frame))
    })
})

function naive(rows: readonly Row[], { unit, from, to }: FrameReach): string[] {
  const result: Row[] = []
  for (const partition of new Set(rows.map(r => r[0]))) {
    const sorted = rows
      .filter(r => r[0] === partition)
      .toSorted((a, b) => (a[2] as number) - (b[2] as number))
    sorted.forEach((row, i) => {
      const frame = sorted.filter((other, j) => {
        const distance = unit === 'rows' ? j - i : (other[2] as number) - (row[2] as number)
        return distance >= from && distance <= to
      })
      const sum = frame.reduce((total, r) => total + (r[1] as number), 0)
      result.push([...row, frame.length, sum])
    })
  }
  return result.map(r => r.map(String).join('|')).toSorted()
}
