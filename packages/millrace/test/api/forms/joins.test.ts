// Joins over columns.

import { describe } from 'vitest'
import { count, tumble } from '../../../src/index.ts'
import { createFormsApp, testForms } from './form.ts'

const { app, a, b, c } = createFormsApp()

describe('over columns', () => {
  testForms(app, {
    join: () => ({
      typed: a.join(
        c,
        (l, r) => l.k.eq(r.key),
        (l, r) => ({ id: l.id, label: r.label }),
      ),
      sql: 'SELECT a.id, c.label FROM a JOIN c ON a.k = c.key',
      rows: [
        [1, 'ex'],
        [3, 'ex'],
        [4, 'ex'],
      ],
    }),
    'right join': () => ({
      typed: a.rightJoin(
        c,
        (l, r) => l.k.eq(r.key).and(l.n.gt(3)),
        (l, r) => ({ id: l.id, label: r.label }),
      ),
      sql: 'SELECT a.id, c.label FROM a RIGHT JOIN c ON a.k = c.key AND a.n > 3',
      rows: [
        [3, 'ex'],
        [null, 'zed'],
      ],
    }),
    'full join, all columns': () => ({
      typed: a.fullJoin(c, (l, r) => l.k.eq(r.key)).select('id', 'label'),
      sql: 'SELECT id, label FROM a FULL JOIN c ON a.k = c.key',
      rows: [
        [1, 'ex'],
        [2, null],
        [3, 'ex'],
        [4, 'ex'],
        [null, 'zed'],
      ],
    }),
    'cross join': () => ({
      typed: a.crossJoin(c, (l, r) => ({ id: l.id, label: r.label })),
      sql: 'SELECT a.id, c.label FROM a CROSS JOIN c',
      rows: [1, 2, 3, 4].flatMap(id => [
        [id, 'ex'],
        [id, 'zed'],
      ]),
    }),
    'join with a time to live of its state': () => ({
      typed: a.join(
        c,
        (l, r) => l.k.eq(r.key),
        (l, r) => ({ id: l.id, label: r.label }),
        { stateTtl: { left: '1d', right: 0 } },
      ),
      sql: "SELECT /*+ STATE_TTL('a' = '1 d', 'c' = '0 s') */ a.id, c.label FROM a JOIN c ON a.k = c.key",
      rows: [
        [1, 'ex'],
        [3, 'ex'],
        [4, 'ex'],
      ],
    }),
    'interval join': () => ({
      typed: a.join(
        b,
        (l, r) => l.k.eq(r.key).and(r.since.between(l.ts.minus('2s'), l.ts)),
        (l, r) => ({ id: l.id, rate: r.rate }),
      ),
      sql: `SELECT a.id, b.rate FROM a JOIN b ON a.k = b.key
        AND b.since BETWEEN a.ts - INTERVAL '2' SECOND AND a.ts`,
      rows: [
        [1, 5n],
        [3, 6n],
      ],
    }),
    'window join': () => ({
      typed: a.window(tumble('ts', '10s')).join(
        b.window(tumble('since', '10s')),
        (l, r) =>
          l.window_start.eq(r.window_start).and(l.window_end.eq(r.window_end)).and(l.k.eq(r.key)),
        (l, r) => ({ id: l.id, rate: r.rate }),
      ),
      sql: `SELECT l.id, r.rate
        FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND)) l
        JOIN TABLE(TUMBLE(TABLE b, DESCRIPTOR(since), INTERVAL '10' SECOND)) r
        ON l.window_start = r.window_start AND l.window_end = r.window_end AND l.k = r.key`,
      rows: [
        [1, 5n],
        [1, 6n],
        [3, 5n],
        [3, 6n],
      ],
    }),
    'temporal join': () => ({
      typed: a.temporalJoin(b, {
        asOf: 'ts',
        type: 'left',
        on: (l, r) => l.k.eq(r.key),
        select: (l, r) => ({ id: l.id, rate: r.rate }),
      }),
      sql: 'SELECT a.id, b.rate FROM a LEFT JOIN b FOR SYSTEM_TIME AS OF a.ts ON a.k = b.key',
      rows: [
        [1, 5n],
        [2, null],
        [3, 6n],
        [4, 6n],
      ],
    }),
    'lookup join': () => ({
      typed: a.lookupJoin(
        c,
        (l, r) => l.k.eq(r.key),
        (l, r) => ({ id: l.id, label: r.label }),
      ),
      sql: `SELECT l.id, c.label FROM (SELECT *, PROCTIME() AS proctime FROM a) AS l
        LEFT JOIN c FOR SYSTEM_TIME AS OF l.proctime ON l.k = c.key`,
      rows: [
        [1, 'ex'],
        [2, null],
        [3, 'ex'],
        [4, 'ex'],
      ],
    }),
    'inner lookup join': () => ({
      typed: a.lookupJoin(
        c,
        (l, r) => l.k.eq(r.key),
        (l, r) => ({ id: l.id, size: r.label }),
        { type: 'inner', retry: { delay: '1s', attempts: 2 }, capacity: 5, timeout: '9s' },
      ),
      sql: `SELECT /*+ LOOKUP('table' = 'c', 'capacity' = '5', 'timeout' = '9 s', 'retry-predicate' = 'lookup_miss',
          'retry-strategy' = 'fixed_delay', 'fixed-delay' = '1 s', 'max-attempts' = '2') */ l.id, c.label AS size FROM (SELECT *, PROCTIME() AS proctime FROM a) AS l
        JOIN c FOR SYSTEM_TIME AS OF l.proctime ON l.k = c.key`,
      rows: [
        [1, 'ex'],
        [3, 'ex'],
        [4, 'ex'],
      ],
    }),
    'semi join': () => ({
      typed: a.semiJoin(c, (l, r) => l.k.eq(r.key)).select('id'),
      sql: 'SELECT id FROM a WHERE EXISTS (SELECT 1 FROM c WHERE a.k = c.key)',
      rows: [[1], [3], [4]],
    }),
    'anti join': () => ({
      typed: a.antiJoin(c, (l, r) => l.k.eq(r.key)).select('id'),
      sql: 'SELECT id FROM a WHERE NOT EXISTS (SELECT 1 FROM c WHERE a.k = c.key)',
      rows: [[2]],
    }),
    'a scalar subquery': () => ({
      typed: a
        .crossJoin(c.groupBy().select({ labels: count() }), (l, r) => ({
          id: l.id,
          labels: r.labels,
        }))
        .where(r => r.id.gt(2)),
      sql: 'SELECT id, labels FROM (SELECT a.id, s.labels FROM a CROSS JOIN (SELECT COUNT(*) AS labels FROM c) s) WHERE id > 2',
      rows: [
        [3, 2n],
        [4, 2n],
      ],
    }),
  })
})
