// Rows over columns: sets, ranks, frames, order, collections, constants, late rows.

import { describe } from 'vitest'
import {
  count,
  fn,
  lag,
  lastValue,
  rowNumber,
  sum,
  t,
  tableFunction,
  tumble,
} from '../../../src/index.ts'
import { createFormsApp, testForms } from './form.ts'

const { app, a, c } = createFormsApp()

const chars = tableFunction({
  args: [t.string()],
  returns: { char: t.string() },
  *eval(text) {
    for (const char of text) yield { char }
  },
})
app.function('CHARS', chars)

describe('over columns', () => {
  const keys = a.select('k')
  const others = c.select(r => ({ k: r.key }))
  testForms(app, {
    union: () => ({
      typed: keys.union(others),
      sql: 'SELECT k FROM a UNION SELECT key AS k FROM c',
      rows: [['x'], ['y'], ['z']],
    }),
    'union all, of other lengths': () => ({
      typed: keys.unionAll(others.withColumns(r => ({ k: r.k.cast(t.varchar(3)) }))),
      sql: 'SELECT k FROM a UNION ALL SELECT CAST(key AS VARCHAR(3)) AS k FROM c',
      rows: [['x'], ['y'], ['x'], ['x'], ['x'], ['z']],
    }),
    intersect: () => ({
      typed: keys.intersect(others),
      sql: 'SELECT k FROM a INTERSECT SELECT key AS k FROM c',
      rows: [['x']],
    }),
    'intersect all': () => ({
      typed: keys.intersectAll(others),
      sql: 'SELECT k FROM a INTERSECT ALL SELECT key AS k FROM c',
      rows: [['x']],
    }),
    except: () => ({
      typed: keys.except(others),
      sql: 'SELECT k FROM a EXCEPT SELECT key AS k FROM c',
      rows: [['y']],
    }),
    'except all': () => ({
      typed: keys.exceptAll(others),
      sql: 'SELECT k FROM a EXCEPT ALL SELECT key AS k FROM c',
      rows: [['x'], ['x'], ['y']],
    }),
    values: () => ({
      typed: app.values({ n: t.int(), s: t.string().nullable() }, [
        { n: 1, s: 'one' },
        { n: 2, s: null },
      ]),
      sql: "SELECT n, s FROM (VALUES (1, CAST('one' AS STRING)), (2, CAST(NULL AS STRING))) AS v (n, s)",
      rows: [
        [1, 'one'],
        [2, null],
      ],
    }),
    'a range of time': () => ({
      typed: a
        .over({ partitionBy: ['k'], orderBy: 'ts', range: '5s' }, { c: count(), s: sum('id') })
        .select('id', 'c', 's'),
      sql: `SELECT id, COUNT(*) OVER w AS c, SUM(id) OVER w AS s FROM a
       WINDOW w AS (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '5' SECOND PRECEDING AND CURRENT ROW)`,
      rows: [
        [1, 1n, 1],
        [2, 1n, 2],
        [3, 1n, 3],
        [4, 2n, 7],
      ],
    }),
    'some rows': () => ({
      typed: a.over({ orderBy: 'ts', rows: 1 }, { s: sum('id') }).select('id', 's'),
      sql: 'SELECT id, SUM(id) OVER (ORDER BY ts ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS s FROM a',
      rows: [
        [1, 1],
        [2, 3],
        [3, 5],
        [4, 7],
      ],
    }),
    'rows before': () => ({
      typed: a
        .over({ partitionBy: ['k'], orderBy: 'ts' }, r => ({
          before: lag(r.n),
          twoBefore: lag('n', 2, -1),
          last: lastValue('n'),
        }))
        .select('id', 'before', 'twoBefore', 'last'),
      sql: `SELECT id, LAG(n, 1) OVER w AS \`before\`, LAG(n, 2, -1) OVER w AS twoBefore, LAST_VALUE(n) OVER w AS \`last\`
        FROM a WINDOW w AS (PARTITION BY k ORDER BY ts)`,
      rows: [
        [1, null, -1, 3],
        [2, null, -1, null],
        [3, 3, -1, 4],
        [4, 4, 3, 1],
      ],
    }),
    'Top-N': () => ({
      typed: a
        .topN({ partitionBy: ['k'], orderBy: r => r.n.desc(), limit: 2, rank: 'r' })
        .select('id', 'r'),
      sql: `SELECT id, r FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY n DESC) AS r FROM a) WHERE r <= 2`,
      rows: [
        [3, 1n],
        [1, 2n],
        [2, 1n],
      ],
    }),
    'Top-N by a condition on the number': () => ({
      typed: a
        .over({ partitionBy: ['k'], orderBy: r => r.n.desc() }, { r: rowNumber() })
        .where(x => x.r.le(1).and(x.id.ne(2)))
        .select('id'),
      sql: `SELECT id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY n DESC) AS r FROM a) WHERE r <= 1 AND id <> 2`,
      rows: [[3]],
    }),
    'the second of each': () => ({
      typed: a
        .topN({ partitionBy: ['k'], orderBy: r => r.n.desc(), limit: 1, offset: 1 })
        .select('id'),
      sql: `SELECT id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY n DESC) AS r FROM a) WHERE r = 2`,
      rows: [[1]],
    }),
    'window Top-N': () => ({
      typed: a
        .window(tumble('ts', '10s'))
        .groupBy('k')
        .select({ c: count() })
        .topN({
          partitionBy: ['window_start', 'window_end'],
          orderBy: r => r.c.desc(),
          limit: 1,
        })
        .select('window_start', 'k', 'c'),
      sql: `SELECT window_start, k, c FROM (
          SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY c DESC) AS r FROM (
            SELECT k, window_start, window_end, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND))
            GROUP BY k, window_start, window_end)) WHERE r <= 1`,
      rows: [
        [0, 'x', 2n],
        [10_000, 'x', 1n],
      ],
    }),
    'window deduplication': () => ({
      typed: a
        .window(tumble('ts', '10s'))
        .deduplicate({ by: ['window_start', 'window_end', 'k'], orderBy: 'ts', keep: 'last' })
        .select('id'),
      sql: `SELECT id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end, k ORDER BY ts DESC) AS r
          FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND))) WHERE r = 1`,
      rows: [[3], [2], [4]],
    }),
    'the first of each': () => ({
      typed: a.deduplicate({ by: ['k'], orderBy: 'ts', keep: 'first' }).select('id'),
      sql: 'SELECT id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) AS r FROM a) WHERE r = 1',
      rows: [[1], [2]],
    }),
    'order, limit, offset': () => ({
      typed: a
        .select('id', 'n')
        .orderBy(r => r.n.desc().nullsFirst(), 'id')
        .limit(2, 1),
      sql: 'SELECT id, n FROM a ORDER BY n DESC NULLS FIRST, id LIMIT 2 OFFSET 1',
      rows: [
        [3, 4],
        [1, 3],
      ],
    }),
    unnest: () => ({
      typed: a.unnest('tags', { as: ['tag'], ordinality: 'nth' }).select('id', 'tag', 'nth'),
      sql: 'SELECT id, tag, nth FROM a CROSS JOIN UNNEST(tags) WITH ORDINALITY AS u (tag, nth)',
      rows: [
        [1, 'p', 1],
        [1, 'q', 2],
        [3, 'p', 1],
      ],
    }),
    'unnest, keeping all': () => ({
      typed: a.unnest('tags', { as: ['tag'], join: 'left' }).select('id', 'tag'),
      sql: 'SELECT id, tag FROM a LEFT JOIN UNNEST(tags) AS u (tag) ON TRUE',
      rows: [
        [1, 'p'],
        [1, 'q'],
        [2, null],
        [3, 'p'],
        [4, null],
      ],
    }),
    'a table function': () => ({
      typed: a.leftJoinLateral(r => chars(r.k)).select('id', 'char'),
      sql: 'SELECT id, `char` FROM a LEFT JOIN LATERAL TABLE(CHARS(k)) AS f (`char`) ON TRUE',
      rows: [
        [1, 'x'],
        [2, 'y'],
        [3, 'x'],
        [4, 'x'],
      ],
    }),
    'functions by name': () => ({
      typed: a.select(r => ({ id: r.id, both: fn('CONCAT_WS', t.string(), '-', r.k, 'z') })),
      sql: "SELECT id, CONCAT_WS('-', k, 'z') AS `both` FROM a",
      rows: [
        [1, 'x-z'],
        [2, 'y-z'],
        [3, 'x-z'],
        [4, 'x-z'],
      ],
    }),
  })
})
