// Windows, what is computed in them, and what stands beside them: ranks, patterns, late rows.

import type { LanguageEntry } from '../entry.ts'

const PER_MINUTE = "TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE)"

export const windowClauses: readonly LanguageEntry[] = [
  {
    kind: 'clause',
    name: 'Windows',
    summary: 'Table functions that give each row the windows that it is in.',
    syntax: `FROM [TABLE(] TUMBLE(TABLE t, DESCRIPTOR(time), size [, offset]) [)]
FROM [TABLE(] HOP(TABLE t, DESCRIPTOR(time), slide, size [, offset]) [)]
FROM [TABLE(] CUMULATE(TABLE t, DESCRIPTOR(time), step, size [, offset]) [)]
FROM [TABLE(] SESSION(TABLE t [PARTITION BY (column, …)], DESCRIPTOR(time), gap) [)]`,
    notes: [
      'Rows get the columns `window_start`, `window_end` and `window_time` (the end less one millisecond: the event time of what follows). Grouped by the first two, a window gives its rows when the watermark reaches its end.',
      'Arguments may have names: `DATA => TABLE t, TIMECOL => DESCRIPTOR(time), SIZE => …`.',
      'Windows begin at multiples of the size (the slide) since 1970, moved by the offset. A row that comes too late for all its windows is [late](late-rows.md).',
      'Pages of their own: [TUMBLE](tumble.md), [HOP](hop.md), [CUMULATE](cumulate.md), [SESSION](session.md).',
    ],
    examples: [
      {
        sql: `SELECT window_start, window_end, COUNT(*) AS orders, SUM(amount) AS total
FROM ${PER_MINUTE}
GROUP BY window_start, window_end;`,
      },
    ],
    see: ['TUMBLE', 'HOP', 'CUMULATE', 'SESSION', 'Late rows', 'Window join', 'Top-N'],
  },
  {
    kind: 'clause',
    name: 'TUMBLE',
    summary: 'Windows of one size, one behind the other.',
    syntax:
      'TUMBLE(TABLE t, DESCRIPTOR(time), size [, offset])\nTUMBLE(DATA => TABLE t, TIMECOL => DESCRIPTOR(time), SIZE => size [, OFFSET => offset])',
    examples: [
      {
        sql: `SELECT product, window_start, COUNT(*) AS orders
FROM TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '2' MINUTES, INTERVAL '1' MINUTE)
GROUP BY product, window_start, window_end;`,
      },
    ],
    see: ['Windows', 'Group windows'],
  },
  {
    kind: 'clause',
    name: 'HOP',
    summary: 'Windows of one size that begin at each slide: a row is in several.',
    syntax:
      'HOP(TABLE t, DESCRIPTOR(time), slide, size [, offset])\nHOP(DATA => TABLE t, TIMECOL => DESCRIPTOR(time), SLIDE => slide, SIZE => size [, OFFSET => offset])',
    notes: ['The size is a multiple of the slide. What windows have in common is computed once.'],
    examples: [
      {
        sql: `SELECT window_start, window_end, COUNT(*) AS orders
FROM HOP(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE, INTERVAL '2' MINUTES)
GROUP BY window_start, window_end;`,
      },
    ],
    see: ['Windows'],
  },
  {
    kind: 'clause',
    name: 'CUMULATE',
    summary: 'Windows that begin together and end step by step, up to a size.',
    syntax:
      'CUMULATE(TABLE t, DESCRIPTOR(time), step, size [, offset])\nCUMULATE(DATA => TABLE t, TIMECOL => DESCRIPTOR(time), STEP => step, SIZE => size [, OFFSET => offset])',
    examples: [
      {
        sql: `SELECT window_start, window_end, SUM(amount) AS total
FROM CUMULATE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE, INTERVAL '4' MINUTES)
GROUP BY window_start, window_end;`,
      },
    ],
    see: ['Windows'],
  },
  {
    kind: 'clause',
    name: 'SESSION',
    summary: 'Windows that end when nothing has come for as long as a gap.',
    syntax:
      'SESSION(TABLE t [PARTITION BY (column, …)], DESCRIPTOR(time), gap)\nSESSION(DATA => TABLE t [PARTITION BY (column, …)], TIMECOL => DESCRIPTOR(time), GAP => gap)',
    examples: [
      {
        sql: `SELECT customer, window_start, window_end, COUNT(*) AS orders
FROM SESSION(TABLE orders PARTITION BY customer, DESCRIPTOR(placed), INTERVAL '1' MINUTE)
GROUP BY customer, window_start, window_end;`,
      },
    ],
    see: ['Windows'],
  },
  {
    kind: 'clause',
    name: 'Group windows',
    summary: 'The older form of windows: functions in GROUP BY.',
    syntax: `GROUP BY TUMBLE(time, size), …
GROUP BY HOP(time, slide, size), …
GROUP BY SESSION(time, gap), …`,
    notes: [
      '[TUMBLE_START](../functions/tumble-start.md) and its like give the window’s bounds. The [newer form](windows.md) can do more.',
    ],
    examples: [
      {
        sql: `SELECT customer, SESSION_START(placed, INTERVAL '1' MINUTE) AS started, COUNT(*) AS orders
FROM orders GROUP BY customer, SESSION(placed, INTERVAL '1' MINUTE);`,
      },
    ],
    see: ['Windows'],
  },
  {
    kind: 'clause',
    name: 'Late rows',
    summary:
      'Rows that come after their window has closed: counted, readable, and taken if a lateness is allowed.',
    syntax: "FROM view$late\nSET 'table.allowed-lateness' = 'duration'",
    notes: [
      '`v$late` has the rows that the window in view `v` was given too late, with its columns.',
      'Where `v` is a window function alone, its rows are in `v` too: it assigns windows and drops nothing, as in Flink.',
      'With an allowed lateness, a window that has closed takes rows for as long, and corrects its result: a changelog.',
    ],
    examples: [
      {
        about: 'The watermark of the payments has no delay: one that comes out of order is late.',
        sql: `CREATE VIEW per_minute AS
SELECT window_start, COUNT(*) AS payments
FROM TUMBLE(TABLE payments, DESCRIPTOR(paid), INTERVAL '1' MINUTE)
GROUP BY window_start, window_end;

SELECT * FROM per_minute$late;`,
      },
      {
        sql: `SET 'table.allowed-lateness' = '10 min';

SELECT window_start, COUNT(*) AS payments
FROM TUMBLE(TABLE payments, DESCRIPTOR(paid), INTERVAL '1' MINUTE)
GROUP BY window_start, window_end;`,
      },
    ],
    see: ['Windows', 'WATERMARK'],
  },
  {
    kind: 'clause',
    name: 'Top-N',
    summary: 'The first rows of each group in an order, kept up to date.',
    syntax: `SELECT … FROM (
  SELECT *, ROW_NUMBER() OVER ([PARTITION BY column, …] ORDER BY expression [ASC | DESC], …) AS n FROM table
) WHERE n <= number [AND …]`,
    notes: [
      'In a stream the number must be bounded; the result is a changelog. Partitioned by `window_start` and `window_end`, it is a window Top-N: final rows, when the window closes.',
      '[QUALIFY](qualify.md) says the same without a sub-query. RANK and DENSE_RANK are for batch mode.',
    ],
    examples: [
      {
        sql: `SELECT window_start, product, total FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY total DESC) AS n FROM (
    SELECT window_start, window_end, product, SUM(amount) AS total
    FROM ${PER_MINUTE} GROUP BY window_start, window_end, product)
) WHERE n = 1;`,
      },
    ],
    see: ['QUALIFY', 'Deduplication', 'OVER', 'LATERAL'],
  },
  {
    kind: 'clause',
    name: 'Deduplication',
    summary: 'The first or the last row of each key.',
    syntax: `SELECT … FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY key, … ORDER BY time [ASC | DESC]) AS n FROM table
) WHERE n = 1`,
    notes: [
      'A Top-N of one row, ordered by event time or processing time. Ascending it keeps the first row; descending the last, and its key makes a view of it a versioned table.',
    ],
    examples: [
      {
        sql: `SELECT customer, product FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY customer ORDER BY placed) AS n FROM orders
) WHERE n = 1;`,
      },
    ],
    see: ['Top-N', 'SELECT DISTINCT', 'Temporal join'],
  },
  {
    kind: 'clause',
    name: 'MATCH_RECOGNIZE',
    summary: 'Finds sequences of rows that follow a pattern; each match gives a row.',
    syntax: `table MATCH_RECOGNIZE (
  [PARTITION BY column, …]
  ORDER BY time [, …]
  MEASURES expression AS name, …
  [ONE ROW PER MATCH]
  [AFTER MATCH SKIP { PAST LAST ROW | TO NEXT ROW | TO FIRST variable | TO LAST variable }]
  PATTERN (variable[*|+|?|{n,m}][?] …) [WITHIN interval]
  DEFINE variable AS condition, …
)`,
    notes: [
      '[More on it](../../sql.md#match_recognize): what patterns may be, what `A.x`, `FIRST` and `LAST` mean, how matches go on.',
    ],
    examples: [
      {
        about: 'Orders of a customer that became larger and larger:',
        sql: `SELECT customer, first_order, last_order, orders FROM orders MATCH_RECOGNIZE (
  PARTITION BY customer ORDER BY placed
  MEASURES A.id AS first_order, LAST(B.id) AS last_order, COUNT(B.id) + 1 AS orders
  AFTER MATCH SKIP PAST LAST ROW
  PATTERN (A B+?)
  DEFINE B AS B.amount > LAST(A.amount)
);`,
      },
    ],
    see: ['Windows'],
  },
]
