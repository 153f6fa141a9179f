// Deduplication and Top-N: what is given out, ties, retractions, crashes, and equality with sorting the whole history.

import { describe, expect, it } from 'vitest'
import { DeduplicateOperator } from '../../../src/runtime/operators/ranks/deduplicate-operator.ts'
import { createJoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import type { SideIdentity } from '../../../src/runtime/operators/joins/join-side.ts'
import { FinalRankOperator } from '../../../src/runtime/operators/ranks/final-rank-operator.ts'
import { RankOperator } from '../../../src/runtime/operators/ranks/rank-operator.ts'
import type { RankFunction } from '../../../src/runtime/operators/ranks/ranking.ts'
import { types } from '../../../src/types/data-type.ts'
import type { Row, Value } from '../../../src/types/value.ts'
import { materialize, OperatorHarness, seeded } from './operator-harness.ts'

/** Rows are (key, name, time or score). */
const ROW_TYPES = [types.int, types.string, types.int]
const key = createJoinKey([types.int], [true], row => [row[0] as Value])

const deduplicate = (keep: 'first' | 'last', byTime = true) =>
  new OperatorHarness(
    place =>
      new DeduplicateOperator({
        place,
        key,
        rowTypes: ROW_TYPES,
        keep,
        timeOf: byTime ? row => row[2] as number : undefined,
        withRank: false,
        emitsUpdateBefore: true,
      }),
  )

describe('deduplication', () => {
  it('gives the first row of a key by event time once the watermark reaches it, and never another', () => {
    const first = deduplicate('first')
    first.send(0, '+I', 1, 'b', 20)
    first.send(0, '+I', 1, 'a', 10)
    first.send(0, '+I', 1, 'c', 10)
    first.watermark(9)
    expect(first.take()).toEqual([])
    first.watermark(10)
    first.crash()
    first.send(0, '+I', 1, 'd', 30)
    first.send(0, '+I', 2, 'late', 10)
    first.end()
    expect(first.take()).toEqual(['+I(1, a, 10)'])
    expect(first.operator.stats().late).toBe(1)
  })

  it('replaces the last row by one that is not older', () => {
    const last = deduplicate('last')
    last.send(0, '+I', null, 'a', 10)
    last.send(0, '+I', null, 'older', 9)
    last.crash()
    last.send(0, '+I', null, 'b', 10)
    expect(last.take()).toEqual(['+I(null, a, 10)', '-U(null, a, 10)', '+U(null, b, 10)'])
  })

  it('keeps the first row that arrives', () => {
    const first = deduplicate('first', false)
    first.send(0, '+I', 1, 'a', 10)
    first.crash()
    first.send(0, '+I', 1, 'b', 5)
    expect(first.take()).toEqual(['+I(1, a, 10)'])
  })

  it('gives the same through random crashes as without, and the earliest row of each key', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const random = seeded(seed)
      const [steady, crashing] = [deduplicate('first'), deduplicate('first')]
      const rows: Row[] = []
      let now = 0
      for (let step = 0; step < 100; step++) {
        now += random(4)
        const row: Row = [random(20), `r${step}`, now - random(6)]
        rows.push(row)
        for (const d of [steady, crashing]) {
          d.send(0, '+I', ...row)
          d.watermark(now - 6)
        }
        if (random(10) === 0) crashing.crash()
      }
      for (const d of [steady, crashing]) d.end()
      expect(crashing.output).toEqual(steady.output)
      const keys = [...new Set(rows.map(r => r[0]))]
      const expected = keys.map(k =>
        rows
          .filter(r => r[0] === k)
          .reduce((a, b) => ((b[2] as number) < (a[2] as number) ? b : a)),
      )
      expect(materialize(steady.output)).toEqual(expected.map(r => r.join('|')).toSorted())
    }
  })
})

interface RankCase {
  readonly function?: RankFunction
  readonly from?: number
  readonly to: number
  readonly withRank: boolean
  readonly identity: SideIdentity
}

type FinalCase = Omit<RankCase, 'identity'>

const rankOf = ({ function: name = 'row_number', from = 1, to, withRank, identity }: RankCase) =>
  new OperatorHarness(
    place =>
      new RankOperator({
        place,
        key,
        rowTypes: ROW_TYPES,
        orderOf: row => [row[2] as Value],
        compare: (a, b) => (a[0] as number) - (b[0] as number),
        range: { function: name, from, to },
        withRank,
        identity,
        emitsUpdateBefore: true,
      }),
  )

describe('Top-N of a bounded input', () => {
  const finalOf = ({ function: name = 'row_number', from = 1, to, withRank }: FinalCase) =>
    new OperatorHarness(
      place =>
        new FinalRankOperator({
          place,
          key,
          rowTypes: ROW_TYPES,
          orderOf: row => [row[2] as Value],
          compare: (a, b) => (a[0] as number) - (b[0] as number),
          range: { function: name, from, to },
          withRank,
          identity: { kind: 'append' },
        }),
    )

  it('gives rows by rank at the end only, partitions as they began, and keeps nothing', () => {
    const top = finalOf({ to: 2, withRank: true })
    top.send(0, '+I', 2, 'x', 1)
    for (const [name, score] of [
      ['a', 10],
      ['b', 20],
      ['c', 5],
      ['tie', 10],
    ] as const)
      top.send(0, '+I', 1, name, score)
    expect(top.take()).toEqual([])
    top.end()
    expect(top.take()).toEqual(['+I(2, x, 1, 1)', '+I(1, c, 5, 1)', '+I(1, a, 10, 2)'])
    expect(top.operator.stats().stateEntries).toBe(0)
  })

  it('keeps about as many rows as it can give', () => {
    for (const name of ['row_number', 'rank', 'dense_rank'] as const) {
      const top = finalOf({ function: name, to: 3, withRank: false })
      for (let i = 0; i < 200; i++) top.send(0, '+I', 1, `${i}`, (i * 7919) % 211)
      expect(top.operator.stats().stateEntries, name).toBeLessThanOrEqual(6)
    }
  })

  it('ends with what is left of the changes of each row, through crashes', () => {
    for (let seed = 1; seed <= 30; seed++) {
      const random = seeded(seed)
      const name = (['row_number', 'rank', 'dense_rank'] as const)[seed % 3] as RankFunction
      const settings = { function: name, from: 1 + (seed % 2), to: 3, withRank: seed % 5 !== 0 }
      const final = finalOf(settings)
      const changing = rankOf({ ...settings, identity: { kind: 'append' } })
      for (let i = 0; i < 80; i++) {
        const row = [random(3), `${i}`, random(20)]
        final.send(0, '+I', ...row)
        changing.send(0, '+I', ...row)
        if (random(20) === 0) final.crash()
      }
      final.end()
      expect(materialize(final.output), `seed ${seed}`).toEqual(materialize(changing.output))
    }
  })
})

describe('Top-N', () => {
  it('moves ranks when a better row comes', () => {
    const top = rankOf({ to: 2, withRank: true, identity: { kind: 'append' } })
    top.send(0, '+I', 1, 'a', 10)
    top.send(0, '+I', 1, 'b', 20)
    top.send(0, '+I', 1, 'c', 5)
    top.send(0, '+I', 1, 'tie', 10)
    expect(top.take()).toEqual([
      '+I(1, a, 10, 1)',
      '+I(1, b, 20, 2)',
      '-U(1, a, 10, 1)',
      '+U(1, c, 5, 1)',
      '-U(1, b, 20, 2)',
      '+U(1, a, 10, 2)',
    ])
    expect(top.operator.stats().stateEntries).toBe(2)
  })

  it('gives out only who enters and leaves when there is no rank column', () => {
    const top = rankOf({ to: 2, withRank: false, identity: { kind: 'row' } })
    top.send(0, '+I', 1, 'a', 10)
    top.send(0, '+I', 1, 'b', 20)
    top.send(0, '+I', 1, 'c', 5)
    top.send(0, '-D', 1, 'a', 10)
    expect(top.take()).toEqual([
      '+I(1, a, 10)',
      '+I(1, b, 20)',
      '-D(1, b, 20)',
      '+I(1, c, 5)',
      '-D(1, a, 10)',
      '+I(1, b, 20)',
    ])
  })

  it('replaces the row of a key on upsert input, in another partition too', () => {
    const identity = { kind: 'unique-key', columns: [1], upsert: true } as const
    const top = rankOf({ to: 1, withRank: false, identity })
    top.send(0, '+I', 1, 'a', 10)
    top.send(0, '+I', 1, 'b', 20)
    top.crash()
    top.send(0, '+U', 2, 'a', 30)
    expect(materialize(top.output)).toEqual(['1|b|20', '2|a|30'])
    top.send(0, '-D', 2, 'a', 30)
    expect(materialize(top.output)).toEqual(['1|b|20'])
  })

  const cases: Record<string, RankCase> = {
    'growing input': { to: 3, withRank: true, identity: { kind: 'append' } },
    'updating input': { to: 3, withRank: true, identity: { kind: 'row' } },
    'updating input without rank': { to: 3, withRank: false, identity: { kind: 'row' } },
    'an offset': { from: 2, to: 4, withRank: false, identity: { kind: 'row' } },
    'an offset of growing input': { from: 2, to: 4, withRank: true, identity: { kind: 'append' } },
    RANK: { function: 'rank', to: 3, withRank: true, identity: { kind: 'row' } },
    'RANK of growing input': {
      function: 'rank',
      to: 3,
      withRank: true,
      identity: { kind: 'append' },
    },
    DENSE_RANK: { function: 'dense_rank', to: 2, withRank: true, identity: { kind: 'row' } },
  }
  for (const [name, rankCase] of Object.entries(cases))
    it(`equals sorting the whole history: ${name}`, () => {
      for (let seed = 1; seed <= 25; seed++) runRandomly(rankCase, seed)
    })
})

function runRandomly(rankCase: RankCase, seed: number): void {
  const random = seeded(seed)
  const [steady, crashing] = [rankOf(rankCase), rankOf(rankCase)]
  const rows: Row[] = []
  for (let step = 0; step < 100; step++) {
    const retracts = rankCase.identity.kind === 'row' && rows.length > 0 && random(3) === 0
    const row: Row = retracts
      ? (rows.splice(random(rows.length), 1)[0] as Row)
      : [random(3), `r${step}`, random(8)]
    if (!retracts) rows.push(row)
    for (const top of [steady, crashing]) top.send(0, retracts ? '-D' : '+I', ...row)
    if (random(10) === 0) crashing.crash()
  }
  expect(crashing.output).toEqual(steady.output)
  expect(materialize(steady.output)).toEqual(naiveRank(rankCase, rows))
}

function naiveRank(rankCase: RankCase, rows: readonly Row[]): string[] {
  const { function: name = 'row_number', from = 1, to, withRank } = rankCase
  const result: Row[] = []
  for (const partition of [0, 1, 2]) {
    const sorted = rows
      .filter(r => r[0] === partition)
      .toSorted((a, b) => (a[2] as number) - (b[2] as number))
    sorted.forEach((row, i) => {
      const smaller = sorted.filter(r => (r[2] as number) < (row[2] as number)).map(r => r[2])
      const rank =
        name === 'row_number'
          ? i + 1
          : name === 'rank'
            ? smaller.length + 1
            : new Set(smaller).size + 1
      if (rank >= from && rank <= to) result.push(withRank ? [...row, rank] : row)
    })
  }
  return result.map(r => r.map(String).join('|')).toSorted()
}
