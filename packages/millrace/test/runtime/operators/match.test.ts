// MATCH_RECOGNIZE one operator at a time: order, lateness, skipping, WITHIN, and state through crashes.

import { describe, expect, it } from 'vitest'
import type { MatchPattern, MatchSkip } from '../../../src/plan/match.ts'
import { createJoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import { createAutomaton } from '../../../src/runtime/operators/match/automaton.ts'
import { MatchOperator } from '../../../src/runtime/operators/match/match-operator.ts'
import type { MatchValue } from '../../../src/runtime/operators/match/match-values.ts'
import { types } from '../../../src/types/data-type.ts'
import type { Row, Value } from '../../../src/types/value.ts'
import { OperatorHarness, seeded } from './operator-harness.ts'

/** Rows are (partition, letter, time); a variable takes the rows whose letters it names. */
const rowTypes = [types.int, types.string, types.timestamp(3)]
const key = createJoinKey([types.int], [true], row => [row[0] as Value])
const letter = (row: Row): Value => row[1] as Value
const time = (row: Row): Value => row[2] as Value

type Quantifier = readonly [min: number, max: number, greedy: boolean]
const MORE: Quantifier = [1, Number.POSITIVE_INFINITY, true]
const ANY: Quantifier = [0, Number.POSITIVE_INFINITY, false]

interface Search {
  readonly skip?: MatchSkip
  readonly withinMs?: number
  readonly byClock?: boolean
  readonly sorted?: boolean
}

/** Measures are the times of the first and the last row, and the number of rows. */
const measured: readonly MatchValue[] = [
  { kind: 'first', variable: undefined, offset: 0, valueOf: time },
  { kind: 'last', variable: undefined, offset: 0, valueOf: time },
]

const match = (
  variables: readonly (readonly [letters: string, quantifier?: Quantifier])[],
  { skip = { kind: 'past-last-row' }, withinMs = 0, byClock = false, sorted = false }: Search = {},
) => {
  const items = variables.map(([, quantifier], variable): MatchPattern => {
    const item: MatchPattern = { kind: 'variable', variable }
    if (!quantifier) return item
    const [min, max, greedy] = quantifier
    return { kind: 'repeat', item, min, max, greedy }
  })
  return new OperatorHarness(
    place =>
      new MatchOperator({
        place,
        key,
        rowTypes,
        time: byClock ? 'processing' : 'event',
        timeOf: row => row[2] as number,
        further: sorted
          ? {
              orderOf: row => [letter(row)],
              compare: ([a], [b]) => String(a).localeCompare(String(b)),
            }
          : undefined,
        automaton: createAutomaton({ kind: 'sequence', items }),
        definition: { skip, withinMs },
        variableNames: variables.map((_, i) => `V${i}`),
        conditions: variables.map(([letters], variable) => ({
          values: [{ kind: 'last', variable, offset: 0, valueOf: letter } as const],
          holds: ([own]) => letters.includes(String(own)),
        })),
        measures: { values: measured, resultOf: values => [...values] },
      }),
  )
}

/** Sends letters of partition 1 at times 10, 20, …, and moves the watermark behind each. */
function play(harness: OperatorHarness, letters: string): string[] {
  ;[...letters].forEach((l, i) => {
    harness.send(0, '+I', 1, l, (i + 1) * 10)
    harness.watermark((i + 1) * 10)
  })
  return harness.take()
}

describe('MATCH_RECOGNIZE', () => {
  it('searches rows in the order of time, drops late ones and counts them', () => {
    const ab = match([['a'], ['b']])
    ab.send(0, '+I', 1, 'b', 20)
    ab.send(0, '+I', 1, 'a', 10)
    expect(ab.take()).toEqual([])
    ab.watermark(20)
    expect(ab.take()).toEqual(['+I(1, 10, 20)'])
    ab.send(0, '+I', 1, 'a', 20)
    expect(ab.operator.stats().late).toBe(1)
  })

  it('orders rows of one time by the further keys', () => {
    const ab = match([['a'], ['b']], { sorted: true })
    ab.send(0, '+I', 1, 'b', 10)
    ab.send(0, '+I', 1, 'a', 10)
    ab.end()
    expect(ab.take()).toEqual(['+I(1, 10, 10)'])
  })

  it('keeps partitions apart', () => {
    const ab = match([['a'], ['b']])
    ab.send(0, '+I', 1, 'a', 10)
    ab.send(0, '+I', 2, 'b', 20)
    ab.send(0, '+I', 1, 'b', 30)
    ab.end()
    expect(ab.take()).toEqual(['+I(1, 10, 30)'])
  })

  it('keeps rows that a greedy loop could take from what follows it, as Flink does', () => {
    expect(play(match([['ab', MORE], ['b']]), 'aabb')).toEqual([])
    expect(play(match([['ab', MORE], ['bc']]), 'aabbc')).toEqual(['+I(1, 10, 50)'])
  })

  it('ends at the first row that completes the match when the loop is reluctant', () => {
    expect(play(match([['a'], ['ab', ANY], ['b']]), 'aabb')).toEqual(['+I(1, 10, 30)'])
  })

  it('goes on behind the match, at its second row, or at a variable', () => {
    const letters = 'aab'
    const pattern = [['a', ANY], ['b']] as const
    expect(play(match(pattern), letters)).toEqual(['+I(1, 10, 30)'])
    expect(play(match(pattern, { skip: { kind: 'to-next-row' } }), letters)).toEqual([
      '+I(1, 10, 30)',
      '+I(1, 20, 30)',
      '+I(1, 30, 30)',
    ])
    const toLast = match([['a', [2, 2, true]], ['ab']], { skip: { kind: 'to-last', variable: 1 } })
    expect(play(toLast, 'aaaab')).toEqual(['+I(1, 10, 30)', '+I(1, 30, 50)'])
  })

  it('refuses to begin at the same row again, or at a variable without rows', () => {
    const again = match([['a'], ['b']], { skip: { kind: 'to-first', variable: 0 } })
    expect(() => play(again, 'ab')).toThrow('SKIP TO V0: the search would begin at the first row')
    const missing = match([['a'], ['c', ANY], ['b']], { skip: { kind: 'to-last', variable: 1 } })
    expect(() => play(missing, 'ab')).toThrow('SKIP TO V1: the match has no row of "V1"')
  })

  it('gives a match only once no match that began before it can come', () => {
    // From 10 on c is awaited; from 20 on the match is complete with the row of 30.
    const waiting = match([['a'], ['ab', ANY], ['bc']], { skip: { kind: 'to-next-row' } })
    expect(play(waiting, 'aab')).toEqual(['+I(1, 10, 30)', '+I(1, 20, 30)'])
  })

  it('lets a match end only in less than WITHIN after it began', () => {
    const pattern = [['a'], ['x', ANY], ['b']] as const
    expect(play(match(pattern, { withinMs: 21 }), 'axb')).toEqual(['+I(1, 10, 30)'])
    expect(play(match(pattern, { withinMs: 20 }), 'axb')).toEqual([])
  })

  it('holds no state once nothing has begun, and drops what WITHIN has passed without further rows', () => {
    const ab = match([['a'], ['b']], { withinMs: 100 })
    play(ab, 'abxx')
    expect(ab.operator.stats().stateEntries).toBe(0)
    ab.send(0, '+I', 1, 'a', 50)
    ab.watermark(60)
    expect(ab.operator.stats().stateEntries).toBe(3)
    ab.crash()
    ab.watermark(150)
    expect(ab.operator.stats().stateEntries).toBe(0)
    ab.commit()
    expect(ab.storedEntries).toBe(0)
  })

  it('searches rows as they come when ordered by processing time', () => {
    const ab = match([['a'], ['b']], { byClock: true, withinMs: 100 })
    ab.send(0, '+I', 1, 'a', 10)
    ab.send(0, '+I', 1, 'b', 20)
    expect(ab.take()).toEqual(['+I(1, 10, 20)'])
    ab.send(0, '+I', 1, 'a', 30)
    const operator = ab.operator as MatchOperator
    expect(operator.processingDeadline).toBeLessThanOrEqual(131)
    operator.advanceProcessingTime(131)
    expect(operator.stats().stateEntries).toBe(0)
  })

  it('sorts rows of one processing time by the further keys once the clock has passed it', () => {
    const ab = match([['a'], ['b']], { byClock: true, sorted: true })
    ab.send(0, '+I', 1, 'b', 10)
    ab.send(0, '+I', 1, 'a', 10)
    expect(ab.take()).toEqual([])
    ;(ab.operator as MatchOperator).advanceProcessingTime(11)
    expect(ab.take()).toEqual(['+I(1, 10, 10)'])
  })

  it('finds the same through crashes at any time', () => {
    for (let seed = 0; seed < 60; seed++) {
      const results = [false, true].map(crashes => {
        const random = seeded(seed)
        const chance = seeded(seed + 1000)
        const skip: MatchSkip = seed % 3 === 0 ? { kind: 'past-last-row' } : { kind: 'to-next-row' }
        const harness = match([['ab', seed % 2 === 0 ? MORE : ANY], ['bc', ANY], ['cd']], {
          skip,
          withinMs: [0, 40, 200][seed % 3] as number,
          sorted: seed % 5 === 0,
        })
        for (let i = 0; i < 80; i++) {
          const at = i * 5 + random(30)
          harness.send(0, '+I', random(2), 'abcd'[random(4)] as string, at)
          harness.watermark(i * 5)
          if (crashes && chance(6) === 0) harness.crash()
        }
        harness.end()
        return { rows: harness.take(), late: harness.operator.stats().late }
      })
      expect(results[1]?.rows, `seed ${seed}`).toEqual(results[0]?.rows)
      expect(results[0]?.rows.length, `seed ${seed}`).toBeGreaterThan(0)
    }
  })
})
