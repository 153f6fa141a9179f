// Groups over columns: aggregates, grouping sets, windows, late rows.

import { describe } from 'vitest'
import {
  agg,
  arrayAgg,
  avg,
  count,
  countDistinct,
  cumulate,
  firstValue,
  groupingId,
  hop,
  jsonArrayAgg,
  jsonObjectAgg,
  lastValue,
  listAgg,
  lit,
  max,
  session,
  sum,
  t,
  tumble,
  upper,
} from '../../../src/index.ts'
import { createFormsApp, testForms } from './form.ts'

const { app, a } = createFormsApp()

describe('over columns', () => {
  testForms(app, {
    'aggregates, distinct and filtered': () => ({
      typed: a.groupBy('k').select(r => ({
        n: count(),
        different: countDistinct('n'),
        large: sum('n').where(r.n.gt(3)),
        all: listAgg('k', '/'),
        first: firstValue('id'),
        last: lastValue('id'),
      })),
      sql: `SELECT k, COUNT(*) AS n, COUNT(DISTINCT n) AS different, SUM(n) FILTER (WHERE n > 3) AS \`large\`,
        LISTAGG(k, '/') AS \`all\`, FIRST_VALUE(id) AS \`first\`, LAST_VALUE(id) AS \`last\` FROM a GROUP BY k`,
      rows: [
        ['x', 3n, 3n, 4, 'x/x/x', 1, 4],
        ['y', 1n, 0n, null, 'y', 2, 2],
      ],
    }),
    'aggregates by name': () => ({
      typed: a.groupBy('k').select({
        spread: agg('VAR_POP', t.int().nullable(), 'n'),
        most: agg('PERCENTILE', t.double().nullable(), 'id', lit(1)),
      }),
      sql: 'SELECT k, VAR_POP(n) AS spread, PERCENTILE(id, 1) AS most FROM a GROUP BY k',
      rows: [
        ['x', 1, 4],
        ['y', 0, 2],
      ].map(([k, , most]) => [k, k === 'x' ? 1 : null, most]),
    }),
    'aggregates that collect': () => ({
      typed: a.groupBy('k').select({
        list: jsonArrayAgg('n'),
        whole: jsonArrayAgg('n', { nulls: 'NULL' }),
        ids: arrayAgg('id'),
      }),
      sql: `SELECT k, JSON_ARRAYAGG(n) AS list, JSON_ARRAYAGG(n NULL ON NULL) AS whole, ARRAY_AGG(id) AS ids
        FROM a GROUP BY k`,
      rows: [
        ['x', '[3,4,1]', '[3,4,1]', [1, 3, 4]],
        ['y', '[]', '[null]', [2]],
      ],
    }),
    'a JSON object of groups': () => ({
      typed: a
        .groupBy('k')
        .select({ n: count() })
        .groupBy()
        .select({ counts: jsonObjectAgg('k', 'n') }),
      sql: `SELECT JSON_OBJECTAGG(k VALUE n) AS counts FROM (SELECT k, COUNT(*) AS n FROM a GROUP BY k)`,
      rows: [['{"x":3,"y":1}']],
    }),
    'groups by expressions, filtered (HAVING)': () => ({
      typed: a
        .groupBy(r => ({ big: upper(r.k) }))
        .select({ n: count() })
        .where(r => r.n.gt(1)),
      sql: 'SELECT UPPER(k) AS big, COUNT(*) AS n FROM a GROUP BY UPPER(k) HAVING COUNT(*) > 1',
      rows: [['X', 3n]],
    }),
    'groups with a time to live of their state': () => ({
      typed: a.groupBy('k').select({ n: count() }, { stateTtl: '1d' }),
      sql: "SELECT /*+ STATE_TTL('a' = '1 d') */ k, COUNT(*) AS n FROM a GROUP BY k",
      rows: [
        ['x', 3n],
        ['y', 1n],
      ],
    }),
    distinct: () => ({
      typed: a.select('k').distinct(),
      sql: 'SELECT DISTINCT k FROM a',
      rows: [['x'], ['y']],
    }),
    rollup: () => ({
      typed: a.rollup('k', 'n').select({ c: count(), set: groupingId('k', 'n') }),
      sql: 'SELECT k, n, COUNT(*) AS c, GROUPING_ID(k, n) AS `set` FROM a GROUP BY ROLLUP (k, n)',
      rows: [
        ['x', 3, 1n, 0n],
        ['x', 4, 1n, 0n],
        ['x', 1, 1n, 0n],
        ['y', null, 1n, 0n],
        ['x', null, 3n, 1n],
        ['y', null, 1n, 1n],
        [null, null, 4n, 3n],
      ],
    }),
    cube: () => ({
      typed: a
        .where(r => r.n.ne(1))
        .cube('k', 'n')
        .select({ c: count() }),
      sql: 'SELECT k, n, COUNT(*) AS c FROM a WHERE n <> 1 GROUP BY CUBE (k, n)',
      rows: [
        ['x', 3, 1n],
        ['x', 4, 1n],
        ['x', null, 2n],
        [null, 3, 1n],
        [null, 4, 1n],
        [null, null, 2n],
      ],
    }),
    'grouping sets': () => ({
      typed: a.groupingSets(['k'], ['n'], []).select({ c: count() }),
      sql: 'SELECT k, n, COUNT(*) AS c FROM a GROUP BY GROUPING SETS ((k), (n), ())',
      rows: [
        ['x', null, 3n],
        ['y', null, 1n],
        [null, 3, 1n],
        [null, 4, 1n],
        [null, 1, 1n],
        [null, null, 1n],
        [null, null, 4n],
      ],
    }),
    'tumbling windows, rolled up': () => ({
      typed: a
        .window(tumble('ts', '10s'))
        .rollup('k')
        .select({ c: count() })
        .select('k', 'window_start', 'c'),
      sql: `SELECT k, window_start, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND))
        GROUP BY ROLLUP (k), window_start, window_end`,
      rows: [
        ['x', 0, 2n],
        ['y', 0, 1n],
        [null, 0, 3n],
        ['x', 10_000, 1n],
        [null, 10_000, 1n],
      ],
    }),
    'hopping windows': () => ({
      typed: a
        .window(hop('ts', '10s', '20s', { offset: '5s' }))
        .groupBy()
        .select({ c: count() }),
      sql: `SELECT window_start, window_end, COUNT(*) AS c
        FROM TABLE(HOP(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL '20' SECOND, INTERVAL '5' SECOND))
        GROUP BY window_start, window_end`,
      rows: [
        [-15_000, 5_000, 2n],
        [-5_000, 15_000, 4n],
        [5_000, 25_000, 2n],
      ],
    }),
    'cumulating windows': () => ({
      typed: a
        .window(cumulate('ts', '5s', '10s'))
        .groupBy('k')
        .select({ most: max('n') })
        .select('k', 'window_end', 'most'),
      sql: `SELECT k, window_end, MAX(n) AS most FROM TABLE(CUMULATE(TABLE a, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND))
        GROUP BY k, window_start, window_end`,
      rows: [
        ['x', 5_000, 3],
        ['y', 5_000, null],
        ['x', 10_000, 4],
        ['y', 10_000, null],
        ['x', 15_000, 1],
        ['x', 20_000, 1],
      ],
    }),
    'session windows': () => ({
      typed: a
        .window(session('ts', '6s', { partitionBy: ['k'] }))
        .groupBy('k')
        .select({ c: count(), mean: avg('n') }),
      sql: `SELECT k, window_start, window_end, COUNT(*) AS c, AVG(n) AS mean
        FROM TABLE(SESSION(TABLE a PARTITION BY k, DESCRIPTOR(ts), INTERVAL '6' SECOND)) GROUP BY k, window_start, window_end`,
      rows: [
        ['x', 1_000, 7_000, 1n, 3],
        ['y', 2_000, 8_000, 1n, null],
        ['x', 9_000, 20_000, 2n, 2],
      ].map(([k, from, to, c, mean]) => [k, from, to, c, mean]),
    }),
  })
})
