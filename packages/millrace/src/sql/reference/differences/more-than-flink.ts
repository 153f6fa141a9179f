// What runs here, and not in Flink 2.2.

import type { Difference } from './difference.ts'

const REFUSED = 'Refused.'

export const moreThanFlink: readonly Difference[] = [
  {
    what: 'Late rows as a table',
    pages: ['Late rows'],
    flink: 'Dropped; a metric counts them.',
    here: '`v$late` has the rows that came too late for the window in view `v`.',
    why: 'Late data is not to be lost in silence.',
    example: {
      sql: `CREATE VIEW per_minute AS
SELECT window_start, COUNT(*) AS payments
FROM TUMBLE(TABLE payments, DESCRIPTOR(paid), INTERVAL '1' MINUTE)
GROUP BY window_start, window_end;

SELECT * FROM per_minute$late;`,
    },
  },
  {
    what: 'Allowed lateness',
    pages: ['Late rows', 'SET'],
    flink: 'Of its DataStream API, not of SQL.',
    here: "`SET 'table.allowed-lateness'`: a window corrects its result for so long.",
    why: 'As above.',
  },
  {
    what: 'Bad records put aside',
    pages: ['CREATE TABLE', 'SET'],
    flink:
      'A record that cannot be read or computed ends the job, unless its format ignores errors.',
    here: "`'bad-records'` of a table or the program: `fail`, `skip`, `dead-letter`.",
    why: 'One bad record is not to stop a stream.',
  },
  {
    what: 'Partitions by NULL, DATE, TIME, DECIMAL and TIMESTAMP_LTZ',
    pages: ['CREATE TABLE'],
    flink:
      'Writes folders that it cannot read: `day=19725`; a folder of NULL fails every query that lists it.',
    here: 'What is written is read: `day=2024-01-03`, and NULL as `partition.default-name` says.',
    why: 'They are the usual partitions.',
  },
  {
    what: 'Session windows in batch mode',
    pages: ['SESSION', 'Group windows'],
    flink: REFUSED,
    here: 'They run.',
    why: 'The answers of both modes are the same.',
    example: {
      mode: 'batch',
      sql: `SELECT customer, window_start, COUNT(*) AS orders
FROM SESSION(TABLE orders PARTITION BY customer, DESCRIPTOR(placed), INTERVAL '1' MINUTE)
GROUP BY customer, window_start, window_end;`,
    },
  },
  {
    what: 'OVER with a RANGE of time in batch mode',
    pages: ['OVER'],
    flink: 'Its generated code does not compile.',
    here: 'It runs.',
    why: 'As above.',
    example: {
      mode: 'batch',
      sql: `SELECT id, COUNT(*) OVER (
  ORDER BY placed RANGE BETWEEN INTERVAL '1' MINUTE PRECEDING AND CURRENT ROW) AS in_last_minute
FROM orders;`,
    },
  },
  {
    what: 'OVER in the order of time over rows that are updated',
    pages: ['OVER'],
    flink: REFUSED,
    here: 'Results are corrected as their rows are. (Nexmark’s q6 is such a query.)',
    why: 'It has a meaning.',
    example: {
      sql: `SELECT customer, id, SUM(amount) OVER (
  PARTITION BY customer ORDER BY placed ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS last_two
FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY product ORDER BY amount DESC) AS n FROM orders)
WHERE n = 1;`,
    },
  },
  {
    what: 'Interval joins over rows that are updated',
    flink: 'Refused.',
    here: 'They run, as joins without a bound in time: state is kept.',
    why: 'It has a meaning.',
  },
  {
    what: 'ON CONFLICT',
    pages: ['ON CONFLICT', 'INSERT'],
    flink: 'From 2.3 on, where it is demanded.',
    here: 'It is there, and not demanded unless `table.exec.sink.require-on-conflict` is set.',
    why: 'Scripts of 2.2 are to run.',
  },
  {
    what: 'Several OVER windows in one SELECT of a stream',
    pages: ['OVER'],
    flink: REFUSED,
    here: 'Each is computed.',
    why: 'Two queries say the same.',
    example: {
      sql: `SELECT id, COUNT(*) OVER (PARTITION BY customer ORDER BY placed) AS of_customer,
  COUNT(*) OVER (PARTITION BY product ORDER BY placed) AS of_product
FROM orders;`,
    },
  },
  {
    what: 'Window joins and window Top-N over rows that are updated',
    pages: ['Window join', 'TUMBLE', 'HOP', 'CUMULATE'],
    flink:
      'Refused, as FIRST_VALUE and LAST_VALUE in HOP and CUMULATE are; other aggregates of windows take rows back.',
    here: 'They take rows back.',
    why: 'It has a meaning.',
    example: {
      sql: `CREATE VIEW dearest AS
SELECT id, amount, placed FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY customer ORDER BY amount DESC) AS n FROM orders)
WHERE n = 1;

SELECT window_start, id, amount FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY amount DESC) AS place
  FROM TUMBLE(TABLE dearest, DESCRIPTOR(placed), INTERVAL '10' MINUTE))
WHERE place = 1;`,
    },
  },
  {
    what: 'Change logs in batch mode',
    pages: ['CREATE TABLE', 'Temporal join'],
    flink: 'Refused: `debezium-json` and the like are read in streaming only.',
    here: 'Read; what is left at the end is the result. As versions of a temporal join, too.',
    why: 'The answers of both modes are the same.',
  },
  {
    what: 'Windows over joins',
    pages: ['TUMBLE', 'HOP', 'CUMULATE', 'SESSION', 'Windows'],
    flink: 'Refused: behind a regular join there is no event time.',
    here: 'They run, under the lower of both watermarks. What a join finds after its window has ended is late, and counted so.',
    why: 'Two queries, with a table between them, say the same.',
    example: {
      sql: `CREATE VIEW paid AS
SELECT o.id, o.placed FROM orders AS o JOIN payments AS p ON o.id = p.order_id;

SELECT window_start, COUNT(*) AS paid
FROM TUMBLE(TABLE paid, DESCRIPTOR(placed), INTERVAL '10' MINUTE)
GROUP BY window_start, window_end;`,
    },
  },
  {
    what: 'A Top-N bounded by a column',
    pages: ['Top-N'],
    flink: 'In streaming only of a column that is part of the partition.',
    here: 'Of any column.',
    why: 'Batch mode has it.',
    example: {
      mode: 'batch',
      sql: `SELECT id, customer FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY customer ORDER BY amount DESC) AS place FROM orders)
WHERE place <= id - 5;`,
    },
  },
  {
    what: 'Named arguments of windows in any order',
    pages: ['TUMBLE', 'HOP', 'CUMULATE', 'SESSION'],
    flink: 'Refused, unless DATA and TIMECOL come first.',
    here: 'In any order.',
    why: 'That is what names are for.',
    example: {
      sql: `SELECT window_start, COUNT(*) AS orders
FROM TUMBLE(SIZE => INTERVAL '5' MINUTE, TIMECOL => DESCRIPTOR(placed), DATA => TABLE orders)
GROUP BY window_start, window_end;`,
    },
  },
  {
    what: 'Types in more places',
    pages: ['GROUP BY', 'SELECT DISTINCT', 'MIN', 'MAX', 'JSON_ARRAYAGG', 'APPROX_COUNT_DISTINCT'],
    flink:
      'Refused: a MAP in GROUP BY and DISTINCT of batch mode; MIN and MAX of an INTERVAL; JSON_ARRAYAGG of a DATE; APPROX_COUNT_DISTINCT of an ARRAY; columns declared as INTERVAL.',
    here: 'They are there, and mean what they do for other types.',
    why: 'Each type has equality, and an order where it is asked for.',
    example: {
      mode: 'batch',
      sql: `SELECT MAP[product, 1] AS basket, JSON_ARRAYAGG(CAST(placed AS DATE)) AS days,
  APPROX_COUNT_DISTINCT(ARRAY[customer]) AS customers
FROM orders GROUP BY MAP[product, 1];`,
    },
  },
  {
    what: 'Expressions over aggregates of no rows, under LEFT JOIN LATERAL',
    pages: ['LATERAL'],
    flink: '`COALESCE(SUM(x), 0)` ends in an error of the planner.',
    here: '0, as of a sub-query in SELECT.',
    why: 'A defect of Flink.',
    example: {
      mode: 'batch',
      sql: `SELECT c.name, o.total FROM customers AS c
LEFT JOIN LATERAL (
  SELECT COALESCE(SUM(amount), 0) AS total FROM orders WHERE customer = c.name AND product = 'bread') AS o ON TRUE;`,
    },
  },
  {
    what: 'OR REPLACE of tables and views',
    pages: ['CREATE TABLE', 'CREATE VIEW'],
    flink: 'Of CREATE TABLE … AS alone; elsewhere an existing one is an error.',
    here: 'Replaces a table or view.',
    why: 'Scripts are run again and again.',
    example: {
      mode: 'batch',
      sql: `CREATE VIEW v AS SELECT 1 AS a;
CREATE OR REPLACE VIEW v AS SELECT 2 AS a;

SELECT a FROM v;`,
    },
  },
  {
    what: 'RANK and DENSE_RANK in a stream',
    pages: ['RANK', 'DENSE_RANK', 'Top-N'],
    flink: REFUSED,
    here: 'A bound on them makes a Top-N with ties.',
    why: 'It is the same state.',
    example: {
      sql: `SELECT id, amount FROM (SELECT *, RANK() OVER (ORDER BY amount) AS place FROM orders WHERE id < 6)
WHERE place = 1;`,
    },
  },
  {
    what: 'LATERAL with a limit over a filtered table',
    pages: ['LATERAL'],
    flink: 'Plans for some queries only.',
    here: 'A Top-N of each row, in both modes.',
    why: 'It reads better than the ranks that it stands for.',
    example: {
      mode: 'batch',
      sql: `SELECT c.name, o.id FROM customers AS c,
LATERAL (SELECT id FROM orders WHERE customer = c.name ORDER BY amount DESC LIMIT 1) AS o;`,
    },
  },
  {
    what: 'Look-ups of files',
    pages: ['Lookup join'],
    flink: 'Only of connectors that can be asked, such as JDBC.',
    here: 'Of any bounded table.',
    why: 'A folder of files is a table of a few rows more often than not.',
    example: {
      sql: `SELECT o.id, c.city FROM (SELECT *, PROCTIME() AS p FROM orders) AS o
JOIN customers FOR SYSTEM_TIME AS OF o.p AS c ON o.customer = c.name WHERE o.id = 1;`,
    },
  },
  {
    what: 'The operator `!=`',
    pages: ['<>'],
    flink: REFUSED,
    here: 'It is `<>`.',
    why: 'Everyone knows it.',
    example: { mode: 'batch', sql: "SELECT id FROM orders WHERE product != 'tea' AND id < 4;" },
  },
  {
    what: 'Temporal joins in batch mode',
    pages: ['Temporal join'],
    flink: REFUSED,
    here: 'They run: each row meets the version of its time, also of a view that keeps the last row of each key.',
    why: 'The answers of both modes are the same.',
    example: {
      mode: 'batch',
      sql: `SELECT o.id, o.product, o.amount, p.price
FROM orders AS o JOIN prices FOR SYSTEM_TIME AS OF o.placed AS p ON o.product = p.product
WHERE o.product = 'tea';`,
    },
  },
  {
    what: 'COUNT(DISTINCT) of several columns',
    pages: ['COUNT'],
    flink: REFUSED,
    here: 'It counts rows of different values.',
    why: 'SQL has it.',
    example: {
      mode: 'batch',
      sql: 'SELECT COUNT(DISTINCT customer, product) AS pairs FROM orders;',
    },
  },
  {
    what: 'Windows of processing time at the end of bounded input',
    pages: ['TUMBLE', 'HOP', 'CUMULATE', 'SESSION'],
    flink: 'What is in the windows that are open is lost.',
    here: 'They close.',
    why: 'Nothing that was read is to be lost.',
  },
  {
    what: 'Window Top-N and window joins by processing time',
    pages: ['TUMBLE', 'HOP', 'CUMULATE'],
    flink: 'Refused.',
    here: 'They run.',
    why: 'The clock is their watermark.',
  },
  {
    what: 'APPROX_COUNT_DISTINCT in a stream',
    pages: ['APPROX_COUNT_DISTINCT'],
    flink: 'Batch mode only; approximate.',
    here: 'In both modes; exact.',
    why: 'The state is there anyhow.',
  },
  {
    what: 'CURRENT_WATERMARK in batch mode',
    pages: ['CURRENT_WATERMARK'],
    flink: 'Refused: there is no event time.',
    here: 'NULL.',
    why: 'A query is to run in both modes.',
    example: {
      mode: 'batch',
      sql: 'SELECT id, CURRENT_WATERMARK(placed) AS so_far FROM orders WHERE id = 1;',
    },
  },
  {
    what: 'Times in JSON files',
    pages: ['CREATE TABLE'],
    flink:
      'Only as `json.timestamp-format.standard` says, to the second at least; a TIMESTAMP_LTZ with `Z`, and no other zone.',
    here: '`2024-03-01 12:00`, `2024-03-01T12:00:00`, with `Z` or `+02:00`, under either.',
    why: 'One source seldom writes all its times alike.',
  },
  {
    what: 'Parts of a VARIANT',
    pages: ['ITEM', 'PARSE_JSON'],
    flink: 'Refused in 2.2.',
    here: "`v['a']`, `v[1]`: the part, a VARIANT too.",
    why: 'There is no other way to its parts.',
    example: {
      mode: 'batch',
      sql: `SELECT PARSE_JSON('{"a": [1, 2]}')['a'][2] AS two;`,
    },
  },
  {
    what: 'JSON_LENGTH, OCTET_LENGTH, SUM0',
    pages: ['JSON_LENGTH', 'OCTET_LENGTH', '$SUM0'],
    flink: 'No such functions.',
    here: 'They are there.',
    why: 'The parts of a JSON value and the bytes of a text are to be counted; a plan that has `$SUM0` prints as SQL.',
    example: {
      mode: 'batch',
      sql: "SELECT JSON_LENGTH('[1, 2]') AS elements, OCTET_LENGTH('é') AS bytes_of_it, SUM0(amount) AS nothing FROM orders WHERE id < 0;",
    },
  },
  {
    what: 'Functions in TypeScript',
    pages: ['CREATE FUNCTION'],
    flink: 'JAVA, SCALA, PYTHON.',
    here: '`LANGUAGE TYPESCRIPT`: an export of a module, or an expression in place.',
    why: 'There is no JVM.',
  },
]
