// Clauses that combine tables, or make rows of a row.

import type { LanguageEntry } from '../entry.ts'

export const joinClauses: readonly LanguageEntry[] = [
  {
    kind: 'clause',
    name: 'JOIN',
    summary: 'Pairs of rows of two tables for which a condition is true.',
    syntax: `table [INNER] JOIN table { ON condition | USING (column, …) }
table { LEFT | RIGHT | FULL } [OUTER] JOIN table { ON condition | USING (column, …) }
table NATURAL … JOIN table
table CROSS JOIN table
table, table`,
    notes: [
      'Both sides are kept, and each new row meets all of the other side: without a time to live the state grows, and `explain` says so. [Interval](interval-join.md), [temporal](temporal-join.md), [look-up](lookup-join.md) and [window joins](window-join.md) keep less.',
      'An outer join takes back the row without a partner when the first partner comes.',
    ],
    examples: [
      {
        sql: 'SELECT o.id, o.customer, c.city FROM orders AS o LEFT JOIN customers AS c ON o.customer = c.name WHERE o.id < 5;',
        mode: 'batch',
      },
    ],
    see: ['Interval join', 'Temporal join', 'Lookup join', 'Window join', 'Sub-queries', 'Hints'],
  },
  {
    kind: 'clause',
    name: 'Interval join',
    summary:
      'A join whose condition bounds how far apart in time two rows may be: rows are dropped when no partner can come.',
    syntax: `table [LEFT | RIGHT | FULL] JOIN table
ON condition AND a.time BETWEEN b.time - interval AND b.time + interval`,
    notes: [
      'It is a JOIN between insert-only tables with event time, or processing time, on both sides; the bounds may also be written with `<=`, `<`, `>=`, `>`.',
    ],
    examples: [
      {
        sql: `SELECT o.id, o.placed, p.paid FROM orders AS o JOIN payments AS p
ON o.id = p.order_id AND p.paid BETWEEN o.placed AND o.placed + INTERVAL '1' MINUTE;`,
      },
    ],
    see: ['JOIN', 'WATERMARK'],
  },
  {
    kind: 'clause',
    name: 'Temporal join',
    summary: 'Each row meets the version of the other table that was valid at its time.',
    syntax:
      'table [LEFT] JOIN table FOR SYSTEM_TIME AS OF left.time [AS] name ON left.column = name.key …',
    notes: [
      'The right side is a table with a primary key and a watermark, or a view that keeps the last row of each key ([deduplication](deduplication.md)). The condition names its whole key.',
      'A row is given out once the watermarks of both sides have passed its time.',
    ],
    examples: [
      {
        sql: `SELECT o.id, o.product, o.amount, p.price
FROM orders AS o JOIN prices FOR SYSTEM_TIME AS OF o.placed AS p ON o.product = p.product
WHERE o.product = 'tea';`,
      },
    ],
    see: ['Lookup join', 'JOIN'],
  },
  {
    kind: 'clause',
    name: 'Lookup join',
    summary: 'Each row meets the rows that another table has for it when it is processed.',
    syntax: `table [LEFT] JOIN table FOR SYSTEM_TIME AS OF left.proctime [AS] name ON left.column = name.column …
SELECT /*+ LOOKUP('table' = 'name', 'option' = 'value', …) */ …`,
    notes: [
      'The time is a processing time: a computed column `AS PROCTIME()` of the left table.',
      'A table that can be asked for the rows of a key is asked for those of each row (`duckdb`; [`lookup()`](../../api.md#joins) in TypeScript): several rows at once, each given out in its turn. Its options say whether answers are kept (`lookup.cache`, `lookup.partial-cache.*`) and how often a question that fails is asked again (`lookup.max-retries`). One that fails to the end, or is not answered in time, ends the job.',
      'Any other right table is read whole before the job starts, as is one with `lookup.cache` = `FULL`. With `lookup.full-cache.periodic-reload.interval`, or where `source.monitor-interval` watches its folder, it is read again as often; files only when one has changed, come or gone. Rows that come later meet the new rows; what was given out stays.',
      "The hint `LOOKUP` says of one join: `'async'` = `'false'` for one question after the other; `'capacity'`, how many are asked at once; `'timeout'` for one row. With `'retry-predicate' = 'lookup_miss'`, `'retry-strategy' = 'fixed_delay'`, `'fixed-delay'` and `'max-attempts'`, a key without rows is asked for again. `'output-mode'` is accepted: rows stay in their order. For all joins, `SET 'table.exec.async-lookup.buffer-capacity'` and `'table.exec.async-lookup.timeout'`. `EXPLAIN` shows what holds.",
    ],
    examples: [
      {
        sql: `SELECT o.id, c.city
FROM (SELECT *, PROCTIME() AS p FROM orders) AS o
LEFT JOIN customers FOR SYSTEM_TIME AS OF o.p AS c ON o.customer = c.name
WHERE o.id IN (1, 4);`,
      },
    ],
    see: ['Temporal join', 'JOIN'],
  },
  {
    kind: 'clause',
    name: 'Window join',
    summary: 'A join of rows that are in the same window.',
    syntax: `windowed query AS l [INNER | LEFT | RIGHT | FULL | semi | anti] JOIN windowed query AS r
ON l.window_start = r.window_start AND l.window_end = r.window_end AND condition`,
    notes: ['Both sides have the same [window](windows.md). Rows are given out when it closes.'],
    examples: [
      {
        sql: `SELECT l.window_start, l.id AS tea, r.id AS jam
FROM (SELECT * FROM TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE) WHERE product = 'tea') AS l
JOIN (SELECT * FROM TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE) WHERE product = 'jam') AS r
ON l.window_start = r.window_start AND l.window_end = r.window_end;`,
      },
    ],
    see: ['JOIN', 'Windows'],
  },
  {
    kind: 'clause',
    name: 'UNNEST',
    summary: 'A row for each element of an array, or entry of a map or multiset.',
    syntax: `table CROSS JOIN UNNEST(array) [WITH ORDINALITY] AS name (column, …)
table LEFT JOIN UNNEST(array) AS name (column, …) ON TRUE`,
    notes: [
      'A map gives two columns, an array of rows a column for each field. LEFT JOIN keeps rows whose array is empty.',
    ],
    examples: [
      {
        sql: 'SELECT id, item, n FROM carts CROSS JOIN UNNEST(items) WITH ORDINALITY AS i (item, n);',
      },
    ],
    see: ['LATERAL'],
  },
  {
    kind: 'clause',
    name: 'LATERAL',
    summary:
      'For each row, the rows of a table function, or of a query that names columns of the row.',
    syntax: `table, LATERAL TABLE(function(…)) AS name (column, …)
table LEFT JOIN LATERAL TABLE(function(…)) AS name (column, …) ON TRUE
table, LATERAL (query) AS name
table LEFT JOIN LATERAL (query) AS name ON condition`,
    notes: [
      'Table functions are written in [TypeScript](../../api.md#functions).',
      'A query names columns of the row in its WHERE clause: by `=` where it aggregates, is DISTINCT or has a LIMIT, else in any condition.',
      'A row for which nothing is aggregated has no group: an inner join drops it, a left join gives NULLs, also for COUNT.',
    ],
    examples: [
      {
        sql: `SELECT c.name, o.id, o.amount FROM customers AS c,
LATERAL (SELECT id, amount FROM orders WHERE customer = c.name ORDER BY amount DESC LIMIT 1) AS o;`,
        mode: 'batch',
      },
      {
        sql: `SELECT c.name, o.orders, o.total FROM customers AS c
LEFT JOIN LATERAL (SELECT COUNT(*) AS orders, SUM(amount) AS total FROM orders WHERE customer = c.name) AS o ON TRUE;`,
        mode: 'batch',
      },
    ],
    see: ['UNNEST', 'Top-N', 'CREATE FUNCTION'],
  },
]
