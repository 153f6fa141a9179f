// Forms of queries over columns: each is the plan of its SQL twin, gives its rows, and prints as SQL that is the same plan.

import { expect, it } from 'vitest'
import { count, memory, Millrace, sum, t, type AnyTable } from '../../src/index.ts'

const app = new Millrace('forms')
const a = app.table('a', {
  source: memory([
    { id: 1, k: 'x', ts: 1000 },
    { id: 2, k: 'y', ts: 2000 },
    { id: 3, k: 'x', ts: 9000 },
  ]),
  schema: { id: t.int(), k: t.string(), ts: t.timestamp() },
  watermark: { column: 'ts' },
})
const b = app.table('b', {
  source: memory([
    { key: 'x', rate: 5n },
    { key: 'z', rate: 7n },
  ]),
  schema: { key: t.string(), rate: t.bigint() },
})

const FORMS: readonly (readonly [
  name: string,
  typed: () => AnyTable,
  sql: string,
  rows: unknown[][],
])[] = [
  [
    'right join',
    () =>
      a.rightJoin(
        b,
        (l, r) => l.k.eq(r.key),
        (l, r) => ({ id: l.id, rate: r.rate }),
      ),
    'SELECT a.id, b.rate FROM a RIGHT JOIN b ON a.k = b.key',
    [
      [1, 5n],
      [3, 5n],
      [null, 7n],
    ],
  ],
  [
    'full join',
    () =>
      a.fullJoin(
        b,
        (l, r) => l.k.eq(r.key),
        (l, r) => ({ id: l.id, rate: r.rate }),
      ),
    'SELECT a.id, b.rate FROM a FULL JOIN b ON a.k = b.key',
    [
      [1, 5n],
      [2, null],
      [3, 5n],
      [null, 7n],
    ],
  ],
  [
    'semi join',
    () => a.semiJoin(b, (l, r) => l.k.eq(r.key)).select('id'),
    'SELECT id FROM a WHERE EXISTS (SELECT 1 FROM b WHERE a.k = b.key)',
    [[1], [3]],
  ],
  [
    'anti join',
    () => a.antiJoin(b, (l, r) => l.k.eq(r.key)).select('id'),
    'SELECT id FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE a.k = b.key)',
    [[2]],
  ],
  [
    'union',
    () => a.select('k').union(b.select(r => ({ k: r.key }))),
    'SELECT k FROM a UNION SELECT key AS k FROM b',
    [['x'], ['y'], ['z']],
  ],
  [
    'over a time',
    () =>
      a
        .over({ partitionBy: ['k'], orderBy: 'ts', range: '5s' }, { n: count(), s: sum('id') })
        .select('id', 'n', 's'),
    `SELECT id, COUNT(*) OVER w AS n, SUM(id) OVER w AS s FROM a
     WINDOW w AS (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '5' SECOND PRECEDING AND CURRENT ROW)`,
    [
      [1, 1n, 1],
      [2, 1n, 2],
      [3, 1n, 3],
    ],
  ],
  [
    'over rows',
    () => a.over({ orderBy: 'ts', rows: 1 }, { s: sum('id') }).select('id', 's'),
    'SELECT id, SUM(id) OVER (ORDER BY ts ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM a',
    [
      [1, 1],
      [2, 3],
      [3, 5],
    ],
  ],
]

const optimizedPlan = (text: string) => /== Optimized plan ==\n([\s\S]*?)\n\n==/.exec(text)?.[1]

it.each(FORMS)('%s', async (_, typed, sql, rows) => {
  const table = typed()
  const twin = app.sql([sql] as never)
  expect(optimizedPlan(table.explain())).toBe(optimizedPlan(twin.explain()))
  const found = (await table.collect()).map(r => Object.values(r as object))
  expect(found.map(r => JSON.stringify(r, plain)).sort()).toEqual(
    rows.map(r => JSON.stringify(r, plain)).sort(),
  )
  const printed =
    /== SQL ==\n[\s\S]*?\n(?=WITH|SELECT)([\s\S]*);/.exec(table.explain({ sql: true }))?.[1] ?? ''
  expect(optimizedPlan(app.sql([printed] as never).explain())).toBe(optimizedPlan(table.explain()))
})

const plain = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value)
