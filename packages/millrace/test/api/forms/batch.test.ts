// Forms that need the whole input: in batch mode.

import { describe, expect, it } from 'vitest'
import {
  avg,
  count,
  cumeDist,
  denseRank,
  lag,
  lead,
  ntile,
  percentRank,
  rank,
  rowNumber,
  sum,
} from '../../../src/index.ts'
import { createFormsApp, testForms } from './form.ts'

const { app, a } = createFormsApp('batch')

describe('over columns, in batch mode', () => {
  testForms(app, {
    ranks: () => ({
      typed: a
        .over({ orderBy: 'k' }, { r: rank(), d: denseRank(), n: rowNumber() })
        .select('k', 'r', 'd'),
      sql: `SELECT k, r, d FROM (SELECT *, RANK() OVER (ORDER BY k) AS r, DENSE_RANK() OVER (ORDER BY k) AS d,
        ROW_NUMBER() OVER (ORDER BY k) AS n FROM a)`,
      rows: [
        ['x', 1n, 1n],
        ['x', 1n, 1n],
        ['x', 1n, 1n],
        ['y', 4n, 2n],
      ],
    }),
    'the best of each, those that are level too': () => ({
      typed: a
        .over({ partitionBy: ['k'], orderBy: r => r.n.desc() }, { place: rank() })
        .where(r => r.place.le(1))
        .select('id', 'place'),
      sql: 'SELECT id, place FROM (SELECT *, RANK() OVER (PARTITION BY k ORDER BY n DESC) AS place FROM a) WHERE place <= 1',
      rows: [
        [3, 1n],
        [2, 1n],
      ],
    }),
    'shares and parts': () => ({
      typed: a
        .over({ orderBy: 'ts' }, { part: ntile(3), p: percentRank(), c: cumeDist() })
        .select('id', 'part', 'p', 'c'),
      sql: `SELECT id, NTILE(3) OVER w AS part, PERCENT_RANK() OVER w AS p, CUME_DIST() OVER w AS c
        FROM a WINDOW w AS (ORDER BY ts)`,
      rows: [
        [1, 1n, 0, 0.25],
        [2, 1n, 1 / 3, 0.5],
        [3, 2n, 2 / 3, 0.75],
        [4, 3n, 1, 1],
      ],
    }),
    neighbours: () => ({
      typed: a
        .over(
          { partitionBy: ['k'], orderBy: ['k', r => r.ts.asc()] },
          { before: lag('id'), behind: lead('id', 1, 0) },
        )
        .select('id', 'before', 'behind'),
      sql: `SELECT id, LAG(id, 1) OVER w AS \`before\`, LEAD(id, 1, 0) OVER w AS behind
        FROM a WINDOW w AS (PARTITION BY k ORDER BY k, ts)`,
      rows: [
        [1, null, 3],
        [2, null, 0],
        [3, 1, 4],
        [4, 3, 0],
      ],
    }),
    'a frame around the row, beside its place': () => ({
      typed: a
        .over(
          { orderBy: 'ts', rows: { from: { preceding: 1 }, to: { following: 1 } } },
          { around: sum('id'), nth: rowNumber(), next: lead('id') },
        )
        .select('id', 'around', 'nth', 'next'),
      sql: `SELECT id, SUM(id) OVER (ORDER BY ts ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS around,
        ROW_NUMBER() OVER (ORDER BY ts) AS nth, LEAD(id, 1) OVER (ORDER BY ts) AS \`next\` FROM a`,
      rows: [
        [1, 3, 1n, 2],
        [2, 6, 2n, 3],
        [3, 9, 3n, 4],
        [4, 7, 4n, null],
      ],
    }),
    'a frame before the row': () => ({
      typed: a
        .over(
          { orderBy: 'ts', range: { from: { preceding: '10s' }, to: { preceding: '1s' } } },
          { c: count() },
        )
        .select('id', 'c'),
      sql: `SELECT id, COUNT(*) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '10' SECOND PRECEDING AND INTERVAL '1' SECOND PRECEDING) AS c FROM a`,
      rows: [
        [1, 0n],
        [2, 1n],
        [3, 2n],
        [4, 1n],
      ],
    }),
    'the rest of the partition': () => ({
      typed: a
        .over(
          { partitionBy: ['k'], orderBy: 'ts', rows: { from: 'current row', to: 'unbounded' } },
          { left: count() },
        )
        .select('id', 'left'),
      sql: 'SELECT id, COUNT(*) OVER (PARTITION BY k ORDER BY ts ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS `left` FROM a',
      rows: [
        [1, 3n],
        [2, 1n],
        [3, 2n],
        [4, 1n],
      ],
    }),
    'the whole partition': () => ({
      typed: a.over({ partitionBy: ['k'] }, { mean: avg('n') }).select('id', 'mean'),
      sql: 'SELECT id, AVG(n) OVER (PARTITION BY k) AS mean FROM a',
      rows: [
        [1, 2],
        [2, null],
        [3, 2],
        [4, 2],
      ],
    }),
  })
})

describe('a column that is appended', () => {
  it('may not have the name of another, but in over(), where it takes its place', async () => {
    expect(() => a.topN({ orderBy: 'n', limit: 1, rank: 'n' })).toThrow(
      'There would be two columns "n".',
    )
    expect(() => a.unnest('tags', { as: ['k'] })).toThrow('There would be two columns "k".')
    const names = a.over({ orderBy: 'ts' }, { k: count() }).plan.schema.map(c => c.name)
    expect(names).toEqual(['id', 'k', 'n', 'tags', 'ts'])
    const replaced = a.over({ orderBy: 'ts' }, { n: sum('id'), more: count() })
    expect(await replaced.select('n', 'more').collect()).toEqual([
      { n: 1, more: 1n },
      { n: 3, more: 2n },
      { n: 6, more: 3n },
      { n: 10, more: 4n },
    ])
  })
})
