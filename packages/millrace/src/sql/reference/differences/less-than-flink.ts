// What of Flink 2.2 is not here, with what to write instead.

import type { Difference } from './difference.ts'

export const lessThanFlink: readonly Difference[] = [
  {
    what: 'Row-level DELETE, UPDATE, TRUNCATE',
    flink: 'For connectors that have them, in batch mode.',
    here: 'Refused.',
    why: 'Tables are streams; the query that reads them filters and changes.',
    example: { isRefused: true, sql: 'DELETE FROM orders WHERE id = 1;' },
  },
  {
    what: 'Commit of partitions',
    pages: ['CREATE TABLE'],
    flink:
      'In streaming, `sink.partition-commit.*` marks a partition as whole, by a file or in a metastore.',
    here: 'Files appear once they are whole; no mark says that a partition is.',
    why: 'A file of late rows may still come.',
  },
  {
    what: 'GROUP_ID of grouping sets that come twice',
    pages: ['GROUPING SETS'],
    flink: 'Numbers the sets that are equal.',
    here: 'Refused where a set comes twice; 0 elsewhere.',
    why: 'Not there yet. A UNION ALL with a number says the same.',
    example: {
      isRefused: true,
      sql: `SELECT product, GROUP_ID() AS n, COUNT(*) AS orders
FROM orders GROUP BY GROUPING SETS ((product), (product));`,
    },
  },
  {
    what: 'Tables without columns',
    pages: ['CREATE TABLE'],
    flink: 'A table may be declared without any, and its rows be counted.',
    here: 'Refused.',
    why: 'A column list is left out by mistake more often than not.',
    example: {
      isRefused: true,
      sql: "CREATE TABLE t WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');",
    },
  },
  {
    what: '`*` of a LATERAL sub-query with a condition other than =',
    pages: ['LATERAL'],
    flink: 'Plans.',
    here: 'Refused: name the columns.',
    why: 'Not there yet.',
    example: {
      isRefused: true,
      sql: `SELECT o.id, x.id AS other
FROM orders AS o, LATERAL (SELECT * FROM orders AS i WHERE i.amount > o.amount) AS x;`,
    },
  },
  {
    what: 'Materialized tables',
    flink: 'CREATE, ALTER, DROP MATERIALIZED TABLE, refreshed by a service.',
    here: 'Refused.',
    why: 'An INSERT that runs keeps a table fresh.',
    example: {
      isRefused: true,
      sql: "CREATE MATERIALIZED TABLE t FRESHNESS = INTERVAL '1' MINUTE AS SELECT * FROM orders;",
    },
  },
  {
    what: 'Models, ML_PREDICT, ML_EVALUATE, VECTOR_SEARCH',
    flink: 'Call models and vector stores from SQL.',
    here: 'Refused.',
    why: 'An [async function](api.md#functions) calls whatever it likes.',
    example: {
      isRefused: true,
      sql: 'SELECT * FROM ML_PREDICT(TABLE orders, MODEL m, DESCRIPTOR(product));',
    },
  },
  {
    what: 'Process table functions',
    pages: ['LATERAL', 'CREATE FUNCTION'],
    flink: 'Functions over a whole table, with state and timers.',
    here: 'Refused.',
    why: '[Streams](api.md#streams) have them, with `toTable()`.',
    example: {
      isRefused: true,
      sql: 'SELECT * FROM sessions(TABLE orders PARTITION BY customer);',
    },
  },
  {
    what: 'Procedures',
    flink: '`CALL catalog.procedure(…)`.',
    here: 'Refused.',
    why: 'There are no catalogs that bring any.',
    example: { isRefused: true, sql: 'CALL sys.compact(1);' },
  },
  {
    what: 'Modules, jars, statistics',
    flink: 'LOAD MODULE, ADD JAR, ANALYZE TABLE.',
    here: 'Accepted without effect; the command says so.',
    why: 'Nothing would change.',
    example: { mode: 'batch', sql: 'LOAD MODULE hive;\n\nSELECT COUNT(*) AS orders FROM orders;' },
  },
  {
    what: 'The Hive dialect',
    pages: ['SET'],
    flink: "`SET 'table.sql-dialect' = 'hive'`.",
    here: 'Refused.',
    why: 'There is one dialect.',
    example: { isRefused: true, sql: "SET 'table.sql-dialect' = 'hive';" },
  },
  {
    what: 'Catalogs that last',
    pages: ['CREATE CATALOG'],
    flink: 'Hive, JDBC and other catalogs; catalog stores.',
    here: 'In memory, for the script.',
    why: 'Scripts declare what they use.',
    example: { isRefused: true, sql: "CREATE CATALOG lake WITH ('type' = 'hive');" },
  },
  {
    what: 'Compiled plans, jobs',
    flink: 'COMPILE PLAN, EXECUTE PLAN, STOP JOB; SHOW JOBS lists those of the cluster.',
    here: 'Refused; SHOW JOBS lists nothing.',
    why: 'A script is its plan: state goes on where its operators are the same. A process is its job.',
    example: {
      isRefused: true,
      sql: "COMPILE PLAN 'plan.json' FOR INSERT INTO orders SELECT * FROM orders;",
    },
  },
  {
    what: 'Functions of the JVM and of Python',
    pages: ['CREATE FUNCTION'],
    flink: 'LANGUAGE JAVA, SCALA, PYTHON; USING JAR.',
    here: 'Refused.',
    why: 'Functions are written in TypeScript.',
    example: {
      isRefused: true,
      sql: "CREATE FUNCTION f AS 'com.acme.F' USING JAR 'functions.jar';",
    },
  },
  {
    what: 'RAW with a serializer, STRUCTURED types',
    flink: "`RAW('class', …)`; `OBJECT_OF`, `OBJECT_UPDATE`.",
    here: 'Refused.',
    why: 'They name classes of the JVM; a ROW holds the same.',
    example: { isRefused: true, sql: "SELECT OBJECT_OF('com.acme.User', 'name', 'ann') AS who;" },
  },
  {
    what: 'SOURCE_WATERMARK()',
    pages: ['WATERMARK'],
    flink: 'Of connectors that bring their own watermarks.',
    here: 'Refused.',
    why: 'No connector brings any.',
    example: {
      isRefused: true,
      sql: `CREATE TABLE t (ts TIMESTAMP(3), WATERMARK FOR ts AS SOURCE_WATERMARK())
WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');`,
    },
  },
  {
    what: 'Anchors and SUBSET in MATCH_RECOGNIZE',
    pages: ['MATCH_RECOGNIZE'],
    flink: 'Parsed, and ignored.',
    here: 'Refused.',
    why: 'A query is not to mean something else than it says.',
    example: {
      isRefused: true,
      sql: `SELECT * FROM orders MATCH_RECOGNIZE (
  ORDER BY placed MEASURES A.id AS id PATTERN (^A B) DEFINE B AS B.amount > A.amount
);`,
    },
  },
  {
    what: 'Hints on how to run',
    pages: ['Hints'],
    flink: 'Join hints; LOOKUP may give rows out of their order.',
    here: 'Join hints are checked, without effect; LOOKUP has effect, but rows stay in their order.',
    why: 'There is one way to run a join; and order is what windows above rely on.',
    example: {
      sql: 'SELECT /*+ BROADCAST(c) */ o.id, c.city FROM orders AS o JOIN customers AS c ON o.customer = c.name WHERE o.id = 1;',
    },
  },
  {
    what: 'Settings of its runtime',
    pages: ['SET'],
    flink: 'Mini-batches, checkpoints, restarts, memory.',
    here: 'Accepted without effect; the command says so, and proposes the right name where one is misspelt.',
    why: 'They have no counterpart, or are always so.',
    example: {
      mode: 'batch',
      sql: "SET 'table.exec.mini-batch.enabled' = 'true';\nSET 'table.exec.state.tttl' = '1 d';\n\nSELECT COUNT(*) AS orders FROM orders;",
    },
  },
  {
    what: 'Other systems and formats',
    pages: ['CREATE TABLE'],
    flink: 'JDBC, Hive and many more; Parquet, ORC, files of Avro.',
    here: '[These](sql.md#options), and those of [Kafka](kafka.md) and [schema registries](schema-registry.md).',
    why: 'Not there yet.',
    example: {
      isRefused: true,
      sql: `CREATE TABLE t (id BIGINT) WITH ('connector' = 'jdbc', 'url' = 'jdbc:mysql://localhost/shop', 'table-name' = 'orders');

SELECT * FROM t;`,
    },
  },
]
