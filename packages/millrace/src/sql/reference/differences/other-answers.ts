// Where the same SQL gives another answer than Flink 2.2.1 gives.

import type { Difference } from './difference.ts'

const DEFECT = 'A defect of Flink.'

export const otherAnswers: readonly Difference[] = [
  {
    what: 'An index beyond an array that is written out',
    pages: ['ITEM', 'ARRAY'],
    flink: '`ARRAY[1, 2][5]` is -1 where the elements are NOT NULL constants.',
    here: 'NULL, as for a column.',
    why: DEFECT,
    example: { mode: 'batch', sql: "SELECT ARRAY[1, 2][5] AS fifth, MAP['a', 1]['b'] AS entry_b;" },
  },
  {
    what: 'TO_DATE of a text that is no date, with a pattern',
    pages: ['TO_DATE'],
    flink: "`TO_DATE('nonsense', 'yyyy-MM-dd')` is 5471-09-27.",
    here: 'NULL, as without a pattern.',
    why: DEFECT,
    example: {
      mode: 'batch',
      sql: "SELECT TO_DATE('nonsense', 'yyyy-MM-dd') AS no_date, TO_DATE('2024-02-30') AS nor_this;",
    },
  },
  {
    what: 'JSON_QUOTE of characters beyond the basic plane',
    pages: ['JSON_QUOTE'],
    flink: '`"\\u1f600\\ude00"`, which is not the text.',
    here: 'The two escapes that JSON has for it.',
    why: DEFECT,
    example: { mode: 'batch', sql: "SELECT JSON_QUOTE('😀') AS quoted;" },
  },
  {
    what: 'INTERVAL in weeks and quarters',
    flink: "`+ INTERVAL '1' WEEK` adds an hour to a timestamp, `'1' QUARTER` a month.",
    here: 'A WEEK is 7 days, a QUARTER 3 months.',
    why: DEFECT,
    example: {
      mode: 'batch',
      sql: "SELECT DATE '2024-03-01' + INTERVAL '1' WEEK AS a_week_later, DATE '2024-03-01' + INTERVAL '1' QUARTER AS a_quarter_later;",
    },
  },
  {
    what: 'A FLOAT constant as a DOUBLE',
    pages: ['CAST'],
    flink:
      '`CAST(CAST(1.1 AS FLOAT) AS DOUBLE)` of constants is 1.1, of columns 1.100000023841858.',
    here: 'Constants are computed as columns are.',
    why: DEFECT,
    example: { mode: 'batch', sql: 'SELECT CAST(CAST(1.1 AS FLOAT) AS DOUBLE) AS x;' },
  },
  {
    what: 'Functions that Flink types as NOT NULL, and that give NULL',
    pages: ['LPAD', 'RPAD'],
    flink: "`LPAD('hi', -1, '?')` ends the job: NULL is written to a column that is NOT NULL.",
    here: 'The result is NULL, and typed so.',
    why: DEFECT,
    example: { mode: 'batch', sql: "SELECT LPAD('hi', -1, '?') AS nothing;" },
  },
  {
    what: 'Fields of timestamps before 1970',
    pages: ['EXTRACT', 'FLOOR', 'CEIL'],
    flink:
      "Of `TIMESTAMP '1969-12-31 20:00:00'` the HOUR is -4 and the YEAR 1970: it divides towards zero. FLOOR to a MONTH or more, and CAST to TIME, likewise.",
    here: 'HOUR 20 of 1969.',
    why: DEFECT,
    example: {
      mode: 'batch',
      sql: "SELECT HOUR(t) AS h, YEAR(t) AS y, FLOOR(t TO MONTH) AS m FROM (VALUES (TIMESTAMP '1969-12-31 20:00:00')) AS v(t);",
    },
  },
  {
    what: 'Sums of DECIMALs that overflow on the way',
    pages: ['SUM', 'AVG'],
    flink:
      'Beyond 38 digits SUM starts anew with the next value, and AVG is NULL even where later values bring the sum back.',
    here: 'SUM is NULL where the sum of all does not fit, AVG is computed from the whole sum.',
    why: DEFECT,
    example: {
      mode: 'batch',
      sql: "SELECT SUM(x) AS total, AVG(x) AS mean FROM (VALUES (CAST('9e19' AS DECIMAL(38, 18))), (CAST('9e19' AS DECIMAL(38, 18))), (CAST(1 AS DECIMAL(38, 18)))) AS v(x);",
    },
  },
  {
    what: 'A BOOLEAN compared with a text',
    flink: "`TRUE = 'true'` is FALSE, always.",
    here: 'Refused: write `flag` or `NOT flag`, or cast one side.',
    why: DEFECT,
    example: { isRefused: true, sql: "SELECT TRUE = 'true' AS same;" },
  },
  {
    what: 'JSON_VALUE RETURNING another type than the value has',
    pages: ['JSON_VALUE'],
    flink: 'Ends the job, whatever ON ERROR says.',
    here: 'What ON ERROR says: NULL unless told otherwise.',
    why: DEFECT,
    example: {
      mode: 'batch',
      sql: `SELECT JSON_VALUE('{"a": "x"}', '$.a' RETURNING INT DEFAULT -1 ON ERROR) AS a;`,
    },
  },
  {
    what: 'LAG and LEAD of NULLs, with a default that is NOT NULL',
    pages: ['LAG', 'LEAD'],
    flink: 'The type is NOT NULL, and a NULL comes out as -1, or an empty text.',
    here: 'The type is NOT NULL, and a NULL is the default.',
    why: DEFECT,
  },
  {
    what: 'CUME_DIST of ties, beside functions that count rows',
    pages: ['CUME_DIST'],
    flink:
      'Equal rows have the same only where it stands alone; beside PERCENT_RANK each has its own.',
    here: 'Equal rows have the same.',
    why: DEFECT,
  },
  {
    what: 'LEAST and GREATEST of DECIMALs that are NULL',
    pages: ['LEAST', 'GREATEST'],
    flink: 'Of two columns, a NULL ends the job.',
    here: 'NULL.',
    why: DEFECT,
    example: {
      mode: 'batch',
      sql: 'SELECT id, LEAST(amount, NULLIF(amount, 6)) AS least_of_both FROM orders WHERE id < 3;',
    },
  },
  {
    what: 'The order of entries of a MAP',
    pages: ['MAP_KEYS', 'MAP_VALUES', 'MAP_ENTRIES', 'UNNEST'],
    flink: 'That of a hash table, for maps that were read.',
    here: 'That in which they were written.',
    why: 'It is the same in every run. Equality does not mind it.',
    example: { mode: 'batch', sql: 'SELECT id, MAP_KEYS(counts) AS items FROM carts;' },
  },
  {
    what: 'A column compared with itself',
    pages: ['WHERE'],
    flink: '`d = d` is taken for TRUE, also where `d` is NULL.',
    here: 'It is unknown where `d` is NULL, so WHERE drops the row.',
    why: DEFECT,
    example: { mode: 'batch', sql: 'SELECT d FROM (VALUES (1), (NULL)) AS v(d) WHERE d = d;' },
  },
  {
    what: 'Part of the columns of an EXCEPT ALL or INTERSECT ALL',
    pages: ['Set operations'],
    flink: 'In batch mode, columns that are not read above do not count when rows are compared.',
    here: 'Whole rows are compared.',
    why: DEFECT,
  },
  {
    what: 'Grouping sets that come out twice',
    pages: ['GROUP BY', 'GROUPING SETS'],
    flink:
      '`GROUP BY a, ROLLUP (a, b)`, whose sets are (a, b) and twice (a), gives the groups of (a, b) once more in place of (a).',
    here: 'Each set as often as it comes out.',
    why: 'The SQL standard says so; Flink itself does for `GROUPING SETS ((a), (a))`.',
    example: {
      mode: 'batch',
      sql: 'SELECT customer, product, COUNT(*) AS n FROM orders WHERE id < 4 GROUP BY customer, ROLLUP (customer, product);',
    },
  },
  {
    what: 'Windows with an offset, in a stream',
    pages: ['TUMBLE', 'HOP', 'CUMULATE'],
    flink:
      'Rows, and whole windows, are lost, in one-phase aggregation too: those not yet flushed at the last multiple of the size.',
    here: 'They are there, as in batch mode.',
    why: `${DEFECT} [Proven](adr/0009-windows-with-an-offset.md).`,
    example: {
      sql: `SELECT window_start, COUNT(*) AS orders
FROM TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' MINUTE, INTERVAL '30' SECOND)
GROUP BY window_start, window_end;`,
    },
  },
  {
    what: 'The first row by several columns',
    pages: ['Top-N', 'Deduplication'],
    flink:
      '`ROW_NUMBER() … = 1` ordered by several columns is planned as append-only, and sends `+U` without `-U`.',
    here: 'A changelog that takes back what it replaces.',
    why: DEFECT,
    example: {
      sql: `SELECT product, id FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY product ORDER BY amount DESC, id) AS n FROM orders
) WHERE n = 1;`,
    },
  },
  {
    what: 'Which rows are late',
    pages: ['WATERMARK', 'Late rows'],
    flink: 'Watermarks are made every 200 ms: which rows are late hangs on the speed of the run.',
    here: 'After every record. The same data has the same late rows in every run, whatever the batches, crashes and threads.',
    why: 'Answers are to follow from the data.',
  },
  {
    what: 'The time to live of state',
    pages: ['SET', 'Hints'],
    flink: 'Measured by the clock.',
    here: 'Measured by the watermarks, where every input has one. A row that changes nothing counts as a sign of life.',
    why: 'A replay of a year drops what a year of running would have dropped ([more](adr/0006-state-ttl.md)).',
  },
  {
    what: 'The order and the number of changes',
    flink:
      'A first row may come as `+U`; changes of queries over several sources differ between runs.',
    here: 'A first row is `+I`. The final rows are the same.',
    why: 'One thread reads the sources in a fixed order.',
  },
  {
    what: 'What is wrong with a line of JSON',
    pages: ['CREATE TABLE'],
    flink:
      'Of a key that comes twice the first counts; what follows an object in its line is ignored; a line may be an array of objects.',
    here: 'The last counts; a line is one object, and nothing else.',
    why: 'Half a record is not to pass for a whole one.',
  },
  {
    what: 'An option that a format does not have',
    pages: ['CREATE TABLE'],
    flink: 'Ignored, for the formats of files.',
    here: 'An error that proposes the right one.',
    why: 'A misspelt option is not to be found out from wrong rows.',
    example: {
      isRefused: true,
      sql: `CREATE TABLE t (id BIGINT)
WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json', 'json.ignore-parse-error' = 'true');

SELECT * FROM t;`,
    },
  },
]
