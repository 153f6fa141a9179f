// What a script does: queries, INSERTs, what it asks, what it sets.

import type { LanguageEntry } from '../entry.ts'

export const programStatements: readonly LanguageEntry[] = [
  {
    kind: 'statement',
    name: 'SELECT',
    summary: 'A query: rows computed of the rows of tables.',
    syntax: `[WITH name AS (query), …]
SELECT [DISTINCT] { * | table.* | expression [[AS] name] }, …
[FROM table [[AS] name] …]
[WHERE condition]
[GROUP BY …]
[HAVING condition]
[WINDOW name AS (…), …]
[QUALIFY condition]
[{ UNION | INTERSECT | EXCEPT } [ALL] query]
[ORDER BY expression [ASC | DESC] [NULLS { FIRST | LAST }], …]
[LIMIT n] [OFFSET n ROWS] [FETCH FIRST n ROWS ONLY]`,
    notes: [
      '`millrace query` prints the result of a script’s last query: in streaming mode each change with its kind, in batch mode the final rows.',
      '`TABLE orders` is `SELECT * FROM orders`; `r.*` of a ROW is a column of each field.',
      'Every clause has a page of its own: [clauses](../clauses/README.md).',
    ],
    examples: [
      { sql: "SELECT id, UPPER(product) AS product FROM orders WHERE customer = 'ann';" },
      {
        about: 'Without a window the result of an aggregation is updated with each row:',
        sql: "SELECT customer, COUNT(*) AS orders FROM orders WHERE customer <> 'cid' GROUP BY customer;",
      },
    ],
    see: ['INSERT', 'CREATE VIEW', 'EXPLAIN'],
  },
  {
    kind: 'statement',
    name: 'INSERT',
    summary: 'Writes the rows of a query into a table.',
    syntax: `[EXECUTE] INSERT { INTO | OVERWRITE } table [/*+ OPTIONS('option' = 'value') */]
[PARTITION (column = value, …)] [(column, …)] { query | VALUES (…), … }
[ON CONFLICT DO { DEDUPLICATE | NOTHING | ERROR }]`,
    notes: [
      'Columns are matched by their place. With a list of columns, the others are NULL.',
      'All INSERTs of a script are one job: what they have in common is computed once. `millrace run` runs it.',
      '`OVERWRITE`, in batch mode, replaces what a table of files has, once all rows are there; of a table with partitions, those that get rows.',
      '`PARTITION` gives columns of PARTITIONED BY a constant; the query leaves them out.',
      '[`ON CONFLICT`](../../sql.md#upserts) says what becomes of rows that have one primary key of the table.',
      'A query whose rows are updated needs a sink that takes updates: `explain` says what reaches it.',
    ],
    examples: [
      {
        command: 'run',
        sql: `CREATE TABLE large_orders (id BIGINT, note STRING, customer STRING) WITH ('connector' = 'print');

INSERT INTO large_orders (customer, id) SELECT customer, id FROM orders WHERE amount >= 9;`,
      },
    ],
    see: ['ON CONFLICT', 'PARTITIONED BY', 'EXECUTE STATEMENT SET', 'CREATE TABLE AS', 'SELECT'],
  },
  {
    kind: 'statement',
    name: 'EXECUTE STATEMENT SET',
    summary: 'Runs several INSERTs as one job.',
    syntax: `EXECUTE STATEMENT SET BEGIN
  INSERT INTO … ;
  INSERT INTO … ;
END`,
    notes: [
      'Here all INSERTs of a script are one job, within a statement set or not.',
      '`BEGIN STATEMENT SET; … END;` says the same.',
    ],
    examples: [
      {
        command: 'run',
        sql: `CREATE TABLE teas (id BIGINT) WITH ('connector' = 'print', 'print-identifier' = 'tea');
CREATE TABLE jams (id BIGINT) WITH ('connector' = 'print', 'print-identifier' = 'jam');

EXECUTE STATEMENT SET BEGIN
  INSERT INTO teas SELECT id FROM orders WHERE product = 'tea';
  INSERT INTO jams SELECT id FROM orders WHERE product = 'jam';
END;`,
      },
    ],
    see: ['INSERT'],
  },
  {
    kind: 'statement',
    name: 'EXPLAIN',
    summary: 'Shows the plans of a query, an INSERT or a statement set.',
    syntax: `EXPLAIN [ESTIMATED_COST | CHANGELOG_MODE | PLAN_ADVICE | JSON_EXECUTION_PLAN, …]
{ query | INSERT … | EXECUTE STATEMENT SET … | CREATE TABLE … AS query }
EXPLAIN PLAN FOR …`,
    notes: [
      'It shows the changes between operators, what grows without bound, and what each sink guarantees. `JSON_EXECUTION_PLAN` adds the plan as JSON; the other details are always there.',
    ],
    examples: [
      { sql: 'EXPLAIN SELECT customer, SUM(amount) AS total FROM orders GROUP BY customer;' },
    ],
    see: ['SELECT', 'INSERT'],
  },
  {
    kind: 'statement',
    name: 'DESCRIBE',
    summary: 'Lists the columns of a table or view, or what a catalog, database or function is.',
    syntax: `{ DESCRIBE | DESC } [EXTENDED] table\n{ DESCRIBE | DESC } { CATALOG | DATABASE | FUNCTION } [EXTENDED] name`,
    examples: [{ sql: 'DESCRIBE orders;' }, { sql: 'DESCRIBE FUNCTION REPEAT;' }],
    see: ['SHOW'],
  },
  {
    kind: 'statement',
    name: 'SHOW',
    summary: 'Lists what the catalog has, or the statement that makes a table or view.',
    syntax: `SHOW { CATALOGS | DATABASES | TABLES | VIEWS | [USER] FUNCTIONS | MATERIALIZED TABLES | MODELS | PROCEDURES }
  [{ FROM | IN } name] [[NOT] { LIKE | ILIKE } 'pattern']
SHOW COLUMNS { FROM | IN } table [[NOT] { LIKE | ILIKE } 'pattern']
SHOW CURRENT { CATALOG | DATABASE }
SHOW [FULL] MODULES
SHOW CREATE { TABLE | VIEW | CATALOG } name`,
    notes: [
      'In patterns `%` stands for any text and `_` for a character; ILIKE does not mind case.',
    ],
    examples: [{ sql: "SHOW COLUMNS FROM orders LIKE 'p%';" }, { sql: 'SHOW CREATE TABLE carts;' }],
    see: ['DESCRIBE', 'USE'],
  },
  {
    kind: 'statement',
    name: 'SET',
    summary: 'Sets an option of the program; alone, it lists what is set.',
    syntax: `SET 'option' = 'value'\nSET`,
    notes: [
      'The [settings](../../sql.md#settings) with an effect are few. Others of Flink are accepted, and the command says that they have none.',
    ],
    examples: [
      {
        sql: `SET 'execution.runtime-mode' = 'batch';
SET 'table.local-time-zone' = 'Europe/Oslo';

SELECT CAST(TO_TIMESTAMP_LTZ(0, 3) AS STRING) AS midnight_in_oslo;`,
      },
    ],
    see: ['RESET'],
  },
  {
    kind: 'statement',
    name: 'RESET',
    summary: 'Takes a setting of the script back, or all.',
    syntax: `RESET 'option'\nRESET`,
    examples: [
      {
        sql: `SET 'table.local-time-zone' = 'Europe/Oslo';
SET 'parallelism.default' = '2';
RESET 'table.local-time-zone';

SET;`,
      },
    ],
    see: ['SET'],
  },
]
