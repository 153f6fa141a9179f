// Clauses of a query over one table: what is selected, filtered, grouped and ordered.

import type { LanguageEntry } from '../entry.ts'

export const queryClauses: readonly LanguageEntry[] = [
  {
    kind: 'clause',
    name: 'WITH',
    summary: 'Names queries for the query that follows.',
    syntax: 'WITH name [(column, …)] AS (query), … query',
    notes: [
      'A query of WITH may use those before it. Where it is named twice, it is computed once.',
    ],
    examples: [
      {
        sql: `WITH big AS (SELECT * FROM orders WHERE amount > 5)
SELECT product, COUNT(*) AS orders FROM big GROUP BY product;`,
        mode: 'batch',
      },
    ],
    see: ['SELECT', 'CREATE VIEW'],
  },
  {
    kind: 'clause',
    name: 'VALUES',
    summary: 'Rows as they are written.',
    syntax:
      '{ query | INSERT INTO table } … VALUES (value, …), …\nFROM (VALUES (value, …), …) AS name (column, …)',
    notes: ['NULL needs a type: `CAST(NULL AS INT)`.'],
    examples: [
      { sql: "SELECT size, letter FROM (VALUES (1, 'S'), (2, 'M')) AS sizes (size, letter);" },
    ],
    see: ['INSERT'],
  },
  {
    kind: 'clause',
    name: 'SELECT DISTINCT',
    summary: 'Each row of the result once.',
    syntax: 'SELECT DISTINCT expression, …',
    notes: [
      'In a stream, all rows seen are kept, unless a window or a time to live bounds them: `explain` says so.',
    ],
    examples: [{ sql: 'SELECT DISTINCT product FROM orders;' }],
    see: ['Deduplication', 'GROUP BY'],
  },
  {
    kind: 'clause',
    name: 'WHERE',
    summary: 'Keeps the rows for which a condition is true.',
    syntax: 'WHERE condition',
    notes: ['A row for which the condition is UNKNOWN, because of a NULL, is dropped.'],
    examples: [
      { sql: "SELECT id FROM orders WHERE product LIKE 't%' AND amount BETWEEN 5 AND 10;" },
    ],
    see: ['Sub-queries', 'HAVING'],
  },
  {
    kind: 'clause',
    name: 'GROUP BY',
    summary: 'One row for each group of rows that have the same values.',
    syntax: 'GROUP BY { expression | number of a column }, …',
    notes: [
      'Without a window the result is a changelog: each row of the input updates the row of its group.',
      'With `window_start` and `window_end` of a [window](windows.md) among its columns, each group gives one row, when the window closes.',
      'An empty input without GROUP BY gives one row in batch mode, none in a stream.',
    ],
    examples: [
      {
        sql: 'SELECT product, COUNT(*) AS orders, SUM(amount) AS total FROM orders GROUP BY product;',
        mode: 'batch',
      },
    ],
    see: ['GROUPING SETS', 'HAVING', 'FILTER', 'Windows', 'Group windows'],
  },
  {
    kind: 'clause',
    name: 'GROUPING SETS',
    summary:
      'Groups by several sets of columns at once; ROLLUP and CUBE write common families of sets.',
    syntax: `GROUP BY GROUPING SETS ((expression, …), …, ())
GROUP BY ROLLUP (expression, …)
GROUP BY CUBE (expression, …)`,
    notes: [
      'Columns that a set leaves out are NULL; [GROUPING](../functions/grouping.md) tells such a NULL from a NULL of the data.',
    ],
    examples: [
      {
        sql: `SELECT customer, product, COUNT(*) AS orders FROM orders WHERE amount < 6
GROUP BY GROUPING SETS ((customer, product), (product), ());`,
        mode: 'batch',
      },
    ],
    see: ['GROUP BY'],
  },
  {
    kind: 'clause',
    name: 'HAVING',
    summary: 'Keeps the groups for which a condition over aggregates is true.',
    syntax: 'HAVING condition',
    examples: [
      {
        sql: 'SELECT customer, SUM(amount) AS total FROM orders GROUP BY customer HAVING COUNT(*) > 2;',
        mode: 'batch',
      },
    ],
    see: ['GROUP BY', 'QUALIFY'],
  },
  {
    kind: 'clause',
    name: 'FILTER',
    summary: 'An aggregate takes only the rows for which a condition is true.',
    syntax: 'aggregate(…) FILTER (WHERE condition)',
    examples: [
      {
        sql: `SELECT COUNT(*) AS orders, COUNT(*) FILTER (WHERE amount > 5) AS big,
  COUNT(DISTINCT customer) FILTER (WHERE product = 'tea') AS tea_drinkers
FROM orders;`,
        mode: 'batch',
      },
    ],
    see: ['GROUP BY'],
  },
  {
    kind: 'clause',
    name: 'OVER',
    summary: 'Gives each row a value computed of the rows around it in an order.',
    syntax: `function(…) OVER { name | (
  [PARTITION BY expression, …]
  ORDER BY expression [ASC | DESC], …
  [{ ROWS | RANGE } BETWEEN { UNBOUNDED | n | interval } PRECEDING AND CURRENT ROW]
) }
WINDOW name AS (…), …`,
    notes: [
      'What orders, and which frames it may have, is listed [here](../../sql.md#over).',
      'Without a frame, all rows up to the current one count, with those of the same time.',
    ],
    examples: [
      {
        sql: `SELECT id, product, SUM(amount) OVER last_minute AS product_in_last_minute
FROM orders
WINDOW last_minute AS (
  PARTITION BY product ORDER BY placed RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW
);`,
      },
    ],
    see: ['QUALIFY', 'Top-N'],
  },
  {
    kind: 'clause',
    name: 'QUALIFY',
    summary: 'Keeps the rows for which a condition over results of OVER is true.',
    syntax: 'QUALIFY condition',
    examples: [
      {
        sql: `SELECT customer, id, amount FROM orders
QUALIFY ROW_NUMBER() OVER (PARTITION BY customer ORDER BY amount DESC) = 1;`,
        mode: 'batch',
      },
    ],
    see: ['OVER', 'Top-N'],
  },
  {
    kind: 'clause',
    name: 'ORDER BY',
    summary: 'Sorts the result.',
    syntax: 'ORDER BY expression [ASC | DESC] [NULLS { FIRST | LAST }], …',
    notes: [
      'NULL comes first ascending, last descending.',
      'A stream can be sorted by its event time, ascending, first; by anything else with a LIMIT, and in batch mode.',
    ],
    examples: [{ sql: 'SELECT id, amount FROM orders ORDER BY amount DESC, id;', mode: 'batch' }],
    see: ['LIMIT', 'Top-N'],
  },
  {
    kind: 'clause',
    name: 'LIMIT',
    summary: 'At most so many rows of the result.',
    syntax:
      '[LIMIT { n | ALL }] [OFFSET n [ROW | ROWS]]\n[OFFSET n [ROW | ROWS]] [FETCH { FIRST | NEXT } n { ROW | ROWS } ONLY]',
    examples: [
      {
        sql: 'SELECT id, amount FROM orders ORDER BY amount DESC LIMIT 2 OFFSET 1;',
        mode: 'batch',
      },
    ],
    see: ['ORDER BY', 'Top-N'],
  },
  {
    kind: 'clause',
    name: 'Set operations',
    summary: 'Rows of one query, the other, or both.',
    syntax: 'query { UNION | INTERSECT | EXCEPT } [ALL | DISTINCT] query',
    notes: [
      'Columns are matched by their place; the names are those of the first query. INTERSECT binds more tightly than the others.',
      'With ALL, rows that are equal count each for itself. `UNION ALL` alone keeps nothing.',
    ],
    examples: [
      {
        sql: "SELECT customer FROM orders WHERE product = 'tea'\nEXCEPT\nSELECT customer FROM orders WHERE product = 'bread';",
        mode: 'batch',
      },
    ],
    see: ['SELECT DISTINCT'],
  },
  {
    kind: 'clause',
    name: 'Sub-queries',
    summary: 'A query within a query: as a table, as a value, or as a condition.',
    syntax: `FROM (query) [AS] name [(column, …)]
(query)                                         -- one value
value [NOT] IN (query)
[NOT] EXISTS (query)
value { = | <> | < | <= | > | >= } { ANY | SOME | ALL } (query)`,
    notes: [
      'A query in an expression may name columns of the query around it, in equalities of its WHERE; IN and EXISTS that are conditions of a WHERE joined by AND, in any condition.',
      'A query that stands for a value must give at most one row; without a row the value is NULL.',
    ],
    examples: [
      {
        sql: `SELECT o.id, o.amount FROM orders AS o
WHERE o.amount > (SELECT AVG(i.amount) FROM orders AS i WHERE i.product = o.product);`,
        mode: 'batch',
      },
      { sql: 'SELECT id FROM orders WHERE customer IN (SELECT name FROM customers);' },
    ],
    see: ['WITH', 'JOIN'],
  },
]
