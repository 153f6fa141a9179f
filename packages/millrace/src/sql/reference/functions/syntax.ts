// What looks like a function and is syntax: casts, CASE, logic, ranks, and the parts of windows, groups and matches.

import type { SyntaxFunctionEntry } from '../entry.ts'

const TUMBLE_QUERY =
  "SELECT product, TUMBLE_START(placed, INTERVAL '1' MINUTE) AS window_start, COUNT(*) AS orders\nFROM orders\nGROUP BY product, TUMBLE(placed, INTERVAL '1' MINUTE);"

/** In upper case; by what completion and the proposals of errors know them. */
export const syntaxFunctionEntries: Readonly<Record<string, SyntaxFunctionEntry>> = {
  AND: {
    group: 'logical',
    summary: 'Whether both conditions are true; UNKNOWN when that hangs on one that is.',
    forms: ['condition AND condition'],
    examples: [
      ['TRUE AND FALSE', 'FALSE'],
      ['FALSE AND (NULL = 1)', 'FALSE'],
    ],
  },
  OR: {
    group: 'logical',
    summary: 'Whether one of the conditions is true; UNKNOWN when that hangs on one that is.',
    forms: ['condition OR condition'],
    examples: [
      ['TRUE OR FALSE', 'TRUE'],
      ['TRUE OR (NULL = 1)', 'TRUE'],
    ],
  },
  EXISTS: {
    group: 'logical',
    summary: 'Whether a query has a row.',
    forms: ['[NOT] EXISTS (query)'],
    queries: [
      {
        mode: 'batch',
        sql: 'SELECT name FROM customers AS c\nWHERE NOT EXISTS (SELECT 1 FROM orders AS o WHERE o.customer = c.name);',
      },
    ],
  },
  CASE: {
    group: 'conditional',
    summary:
      'The value behind the first condition that is true, or the first value that is equal; else that of ELSE, or NULL.',
    forms: [
      'CASE WHEN condition THEN value … [ELSE value] END',
      'CASE value WHEN value THEN value … [ELSE value] END',
    ],
    examples: [
      ["CASE WHEN 1 > 2 THEN 'a' ELSE 'b' END", "'b'"],
      ["CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN 'two' END", "'two'"],
    ],
  },
  CAST: {
    group: 'conversion',
    summary: 'The value as another type; an error where it has none.',
    forms: ['CAST(value AS type)'],
    examples: [
      ["CAST('12' AS INT)", '12'],
      ["CAST(DATE '2024-02-29' AS STRING)", "'2024-02-29'"],
      ['CAST(1.55 AS DECIMAL(3, 1))', '1.6'],
    ],
    notes: [
      'A number that an integer type cannot hold wraps; one that a DECIMAL cannot hold is NULL.',
    ],
  },
  TRY_CAST: {
    group: 'conversion',
    summary: 'The value as another type; NULL where it has none.',
    forms: ['TRY_CAST(value AS type)'],
    examples: [["TRY_CAST('x' AS INT)", 'NULL']],
  },
  GROUPING: {
    group: 'aggregate',
    summary:
      'A number whose bits say which columns the row’s grouping set leaves out, the last column’s the lowest.',
    forms: ['GROUPING(column, …)', 'GROUPING_ID(column, …)', 'GROUP_ID()'],
    notes: ['`GROUP_ID()` is 0: it would tell repeated grouping sets apart.'],
    queries: [
      {
        mode: 'batch',
        sql: 'SELECT product, COUNT(*) AS orders, GROUPING(product) AS is_total\nFROM orders\nGROUP BY ROLLUP (product);',
      },
    ],
  },
  ROW_NUMBER: {
    group: 'window',
    summary: 'The place of the row in the order of its partition, from 1.',
    forms: ['ROW_NUMBER() OVER ([PARTITION BY …] ORDER BY …)'],
    queries: [
      {
        mode: 'batch',
        sql: 'SELECT customer, product, ROW_NUMBER() OVER (PARTITION BY customer ORDER BY placed) AS n FROM orders;',
      },
    ],
    notes: ['In a stream, a bound on it makes a [Top-N](../clauses/top-n.md).'],
  },
  RANK: {
    group: 'window',
    summary: 'One more than the number of rows that are ordered before the row.',
    forms: ['RANK() OVER ([PARTITION BY …] ORDER BY …)'],
    queries: [
      {
        mode: 'batch',
        sql: 'SELECT id, amount, RANK() OVER (ORDER BY amount DESC) AS place FROM orders;',
      },
    ],
  },
  DENSE_RANK: {
    group: 'window',
    summary: 'The place of the row’s value among the different values of the order, from 1.',
    forms: ['DENSE_RANK() OVER ([PARTITION BY …] ORDER BY …)'],
    queries: [
      {
        mode: 'batch',
        sql: 'SELECT id, amount, DENSE_RANK() OVER (ORDER BY amount DESC) AS place FROM orders;',
      },
    ],
  },
  TUMBLE_START: {
    group: 'window',
    summary:
      'The start, the end, or the time attribute of the group’s window; also for `HOP` and `SESSION`.',
    forms: [
      'TUMBLE_START(time, size)',
      'TUMBLE_END(time, size)',
      'TUMBLE_ROWTIME(time, size)',
      'TUMBLE_PROCTIME(time, size)',
      'HOP_START(time, slide, size), …',
      'SESSION_START(time, gap), …',
    ],
    queries: [{ sql: TUMBLE_QUERY }],
    notes: ['They belong to the older windows of GROUP BY, and take the same arguments as these.'],
  },
  MATCH_ROWTIME: {
    group: 'window',
    summary: 'The time of the last row of a match, as an event time.',
    forms: ['MATCH_ROWTIME([column])', 'MATCH_PROCTIME()'],
    queries: [
      {
        sql: 'SELECT * FROM orders MATCH_RECOGNIZE (\n  PARTITION BY customer ORDER BY placed\n  MEASURES A.id AS first_order, MATCH_ROWTIME() AS matched_at\n  PATTERN (A B)\n  DEFINE B AS B.amount > A.amount\n);',
      },
    ],
    notes: [
      'They stand in [MATCH_RECOGNIZE](../clauses/match-recognize.md), as do `FIRST(A.x [, n])` and `LAST(A.x [, n])`.',
    ],
  },
}
