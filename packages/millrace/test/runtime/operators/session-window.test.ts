// Session windows: merging, lateness, dropped state, crashes, and equality with cutting the whole history at its gaps.

import { describe, expect, it } from 'vitest'
import { createJoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import { SessionWindowOperator } from '../../../src/runtime/operators/windows/session-window-operator.ts'
import { types } from '../../../src/types/data-type.ts'
import type { Row, Value } from '../../../src/types/value.ts'
import { materialize, OperatorHarness, seeded } from './operator-harness.ts'

const GAP = 5

/** Rows are (key, time). */
const sessions = (gives: 'windows' | 'late' = 'windows') =>
  new OperatorHarness(
    place =>
      new SessionWindowOperator({
        place,
        key: createJoinKey([types.int], [true], row => [row[0] as Value]),
        rowTypes: [types.int, types.timestamp(3)],
        timeOf: row => row[1] as number,
        gapMs: GAP,
        gives,
        retracts: false,
        timerMs: end => end - 1,
        timeOfWindow: end => end - 1,
      }),
  )

describe('a session window', () => {
  it('gives its rows in the order of their arrival once the watermark closes it, and drops their state', () => {
    const window = sessions()
    for (const time of [3, 1, 6]) window.send(0, '+I', 1, time)
    window.commit()
    window.watermark(9)
    expect(window.take()).toEqual([])
    window.watermark(10)
    expect(window.take()).toEqual([
      '+I(1, 3, 1, 11, 10)',
      '+I(1, 1, 1, 11, 10)',
      '+I(1, 6, 1, 11, 10)',
    ])
    window.commit()
    expect(window.storedEntries).toBe(0)
  })

  it('joins two sessions by a row between them, and by one that only touches', () => {
    const window = sessions()
    for (const time of [0, 10, 5]) window.send(0, '+I', 1, time)
    window.end()
    expect(window.take()).toEqual([
      '+I(1, 0, 0, 15, 14)',
      '+I(1, 10, 0, 15, 14)',
      '+I(1, 5, 0, 15, 14)',
    ])
  })

  it('counts a row as late when its own session is closed, but takes it into one that is open', () => {
    const window = sessions()
    window.send(0, '+I', 1, 10)
    window.watermark(9)
    window.send(0, '+I', 1, 4)
    window.send(0, '+I', 1, 6)
    expect(window.operator.stats().late).toBe(1)
    window.end()
    expect(window.take()).toEqual(['+I(1, 10, 6, 15, 14)', '+I(1, 6, 6, 15, 14)'])
  })

  it('gives what is too late for a session when that is asked of it', () => {
    const window = sessions('late')
    window.send(0, '+I', 1, 10)
    window.watermark(9)
    window.send(0, '+I', 1, 4)
    window.crash()
    window.send(0, '+I', 1, 6)
    window.end()
    expect(window.take()).toEqual(['+I(1, 4)'])
  })

  it('keeps keys apart, NULL among them', () => {
    const window = sessions()
    for (const key of [1, null]) window.send(0, '+I', key, 0)
    window.end()
    expect(window.take().toSorted()).toEqual(['+I(1, 0, 0, 5, 4)', '+I(null, 0, 0, 5, 4)'])
  })

  it('equals the history cut at its gaps, through crashes', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = seeded(seed)
      const [steady, crashing] = [sessions(), sessions()]
      const rows: Row[] = []
      for (let step = 0; step < 100; step++) {
        // Never later than the watermark, which follows 12 behind.
        const row: Row = [random(3), step * 2 - random(6)]
        rows.push(row)
        for (const window of [steady, crashing]) {
          window.send(0, '+I', ...row)
          window.watermark(step * 2 - 12)
        }
        if (random(10) === 0) crashing.crash()
      }
      for (const window of [steady, crashing]) {
        window.end()
        expect(materialize(window.output)).toEqual(naive(rows))
        expect(window.operator.stats()).toMatchObject({ late: 0, stateEntries: 0 })
      }
    }
  })
})

function naive(rows: readonly Row[]): string[] {
  const result: Row[] = []
  for (const key of new Set(rows.map(r => r[0]))) {
    const times = rows.filter(r => r[0] === key).map(r => r[1] as number)
    let session: number[] = []
    const close = () => {
      const [start, end] = [session[0] as number, (session.at(-1) as number) + GAP]
      for (const time of session) result.push([key as Value, time, start, end, end - 1])
      session = []
    }
    for (const time of times.toSorted((a, b) => a - b)) {
      if (session.length > 0 && time - (session.at(-1) as number) > GAP) close()
      session.push(time)
    }
    close()
  }
  return materialize(result.map(row => ({ kind: '+I' as const, row })))
}
