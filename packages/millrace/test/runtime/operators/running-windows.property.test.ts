// Running totals against merging every slice of every window anew.

import { describe, expect, it } from 'vitest'
import {
  type RunningEntry,
  RunningWindows,
} from '../../../src/runtime/operators/windows/running-windows.ts'
import { seeded } from './operator-harness.ts'

interface Sum extends RunningEntry {
  readonly key: number
  sum: number
}

const sumOf = (key: number, sum = 0): Sum => ({ key, sum, slices: 0, dirty: false, live: true })

const adding = {
  fresh: (entry: Sum) => sumOf(entry.key),
  merge(into: Sum, from: Sum) {
    into.sum += from.sum
  },
}
const subtracting = {
  ...adding,
  unmerge(from: Sum, part: Sum) {
    from.sum -= part.sum
  },
}

const shown = (entries: Iterable<Sum>) =>
  [...entries].map(e => [e.key, e.sum] as const).sort(([a], [b]) => a - b)

type Slices = Map<number, Map<unknown, Sum>>

function fresh(start: number, end: number, slices: Slices) {
  return shown(new RunningWindows(adding).totalsOf(start, end, 1, slices))
}

describe('running windows', () => {
  for (const [name, code] of Object.entries({ adding, subtracting }))
    it(`give what merging anew gives, through late rows, gaps and dropped slices (${name})`, () => {
      for (let seed = 1; seed <= 40; seed++) {
        const random = seeded(seed)
        const slices: Slices = new Map()
        const running = new RunningWindows<Sum>(code)
        const size = 3 + random(4)
        for (let end = size; end < 60; end += 1 + random(random(4) === 0 ? size * 2 : 2)) {
          for (let row = random(12); row > 0; row--) {
            // Sometimes of a slice that is merged already, sometimes of one that is not yet due.
            const sliceEnd = end - size + 1 + random(size + 2)
            running.leave(sliceEnd)
            const slice = slices.get(sliceEnd) ?? new Map<unknown, Sum>()
            slices.set(sliceEnd, slice)
            const key = random(5)
            const entry = slice.get(key) ?? sumOf(key)
            slice.set(key, entry)
            entry.sum += random(7) - 3
          }
          const totals = shown(running.totalsOf(end - size, end, 1, slices))
          expect(totals).toEqual(fresh(end - size, end, slices))
          for (const sliceEnd of [...slices.keys()])
            if (sliceEnd <= end - size + random(2)) {
              running.leave(sliceEnd)
              slices.delete(sliceEnd)
            }
        }
      }
    })

  it('merge each slice once and take it out once', () => {
    const calls: string[] = []
    const running = new RunningWindows<Sum>({
      ...adding,
      merge: (into, from) => {
        calls.push(`+${from.sum}`)
        into.sum += from.sum
      },
      unmerge: (from, part) => {
        calls.push(`-${part.sum}`)
        from.sum -= part.sum
      },
    })
    const slices: Slices = new Map(
      [1, 2, 4, 8].map((sum, i) => [i + 1, new Map([[0, sumOf(0, sum)]])]),
    )
    expect(shown(running.totalsOf(0, 3, 1, slices))).toEqual([[0, 7]])
    expect(shown(running.totalsOf(1, 4, 1, slices))).toEqual([[0, 14]])
    expect(calls).toEqual(['+1', '+2', '+4', '-1', '+8'])
  })

  it('forget a key with the last slice that has it, though its total is that of no rows', () => {
    const running = new RunningWindows<Sum>(subtracting)
    const slices: Slices = new Map([
      [1, new Map([[7, sumOf(7, 0)]])],
      [2, new Map([[8, sumOf(8, 0)]])],
    ])
    expect(shown(running.totalsOf(0, 2, 1, slices))).toEqual([
      [7, 0],
      [8, 0],
    ])
    expect(shown(running.totalsOf(1, 3, 1, slices))).toEqual([[8, 0]])
  })
})
