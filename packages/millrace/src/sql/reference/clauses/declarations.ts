// Clauses of table declarations, and hints.

import type { LanguageEntry } from '../entry.ts'

const FILE = "WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json')"

export const declarationClauses: readonly LanguageEntry[] = [
  {
    kind: 'clause',
    name: 'WATERMARK',
    summary: 'Makes a column the event time of a table, and says how far behind its rows may be.',
    syntax: 'WATERMARK FOR column AS expression',
    notes: [
      'The expression is over the columns of the row, usually `column - interval`. It is computed after every record; the watermark is the greatest value so far. A row whose time it has passed is late.',
      'The column is a TIMESTAMP or TIMESTAMP_LTZ with a precision of at most 3.',
    ],
    examples: [
      {
        sql: `CREATE TABLE by_second (
  id BIGINT, placed STRING, ts AS TO_TIMESTAMP(placed), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND
) ${FILE};

DESCRIBE by_second;`,
      },
    ],
    see: ['CREATE TABLE', 'Late rows', 'Windows'],
  },
  {
    kind: 'clause',
    name: 'Computed columns',
    summary: 'Columns of a table that are computed of its other columns.',
    syntax: "column AS expression [COMMENT 'text']",
    notes: ['They are not stored: INSERT leaves them out.'],
    examples: [
      {
        sql: `CREATE TABLE sales (id BIGINT, amount DECIMAL(6, 2), is_large AS amount > 5) ${FILE};

SELECT * FROM sales WHERE is_large;`,
      },
    ],
    see: ['CREATE TABLE'],
  },
  {
    kind: 'clause',
    name: 'PRIMARY KEY',
    summary: 'Says which columns tell the rows of a table apart.',
    syntax: '[CONSTRAINT name] PRIMARY KEY (column, …) NOT ENFORCED',
    notes: [
      'It is not checked. A change log without old rows needs it, a versioned table has it, and a sink that takes updates replaces rows by it.',
    ],
    examples: [
      {
        sql: `CREATE TABLE stock (
  product STRING, pieces INT, CONSTRAINT by_product PRIMARY KEY (product) NOT ENFORCED
) WITH ('connector' = 'blackhole');

DESCRIBE stock;`,
      },
    ],
    see: ['CREATE TABLE', 'Temporal join'],
  },
  {
    kind: 'clause',
    name: 'ON CONFLICT',
    summary: 'Says what becomes of several rows of a query that claim one key of an upsert sink.',
    syntax: 'INSERT INTO table query ON CONFLICT DO { DEDUPLICATE | NOTHING | ERROR }',
    notes: ['[More on it](../../sql.md#upserts).'],
    examples: [
      {
        command: 'run',
        writes: 'first.ndjson',
        sql: `CREATE TABLE first_orders (customer STRING, id BIGINT, PRIMARY KEY (customer) NOT ENFORCED)
WITH (
  'connector' = 'filesystem', 'path' = 'first.ndjson', 'sink.single-file' = 'true',
  'format' = 'changelog-json', 'changelog-json.mode' = 'I,UA,D'
);

INSERT INTO first_orders SELECT customer, id FROM orders ON CONFLICT DO NOTHING;`,
      },
    ],
    see: ['INSERT', 'PRIMARY KEY'],
  },
  {
    kind: 'clause',
    name: 'PARTITIONED BY',
    summary: 'Says which columns are the names of the folders that a table of files is in.',
    syntax: 'CREATE TABLE name (…) PARTITIONED BY (column, …) WITH (…)',
    notes: [
      'Folders are named `column=value`. Conditions on these columns choose which folders are read; rows that are written go into theirs. [More on it](../../sql.md#partitions).',
    ],
    examples: [
      {
        sql: `CREATE TABLE visits (customer STRING, \`day\` DATE) PARTITIONED BY (\`day\`)
WITH ('connector' = 'filesystem', 'path' = 'visits', 'format' = 'json');

SELECT customer, \`day\` FROM visits WHERE \`day\` < DATE '2024-03-02';`,
        mode: 'batch',
      },
    ],
    see: ['CREATE TABLE', 'Metadata columns'],
  },
  {
    kind: 'clause',
    name: 'Metadata columns',
    summary: 'Columns of a table that hold what its connector knows of a record.',
    syntax: "column type METADATA [FROM 'key'] [VIRTUAL]",
    notes: ['Of `filesystem`: `file.path`, `file.name`, `file.size`, `file.modification-time`.'],
    examples: [
      {
        sql: `CREATE TABLE visits (customer STRING, file STRING METADATA FROM 'file.name')
WITH ('connector' = 'filesystem', 'path' = 'visits', 'format' = 'json');

SELECT customer, file FROM visits;`,
        mode: 'batch',
      },
    ],
    see: ['CREATE TABLE', 'PARTITIONED BY'],
  },
  {
    kind: 'clause',
    name: 'Hints',
    summary:
      'Options of a table, or how an operator is to run, in a comment that begins with `/*+`.',
    syntax: `table /*+ OPTIONS('option' = 'value', …) */
SELECT /*+ STATE_TTL('table' = 'duration', …) */ …
SELECT /*+ LOOKUP('table' = 'name', 'option' = 'value', …) */ …
SELECT /*+ { BROADCAST | SHUFFLE_HASH | SHUFFLE_MERGE | NEST_LOOP | MULTI_JOIN } (…) */ …`,
    notes: [
      'OPTIONS go over those of the declaration. STATE_TTL says how long a join or an aggregation keeps [idle state](../../model.md#idle-state). LOOKUP says how the table of a [look-up join](lookup-join.md) is asked.',
      'The others are checked for names of tables, and have no effect: there is one way to run a join.',
    ],
    examples: [
      {
        sql: "SELECT id FROM orders /*+ OPTIONS('path' = 'orders.ndjson', 'json.ignore-parse-errors' = 'true') */ WHERE id < 3;",
      },
    ],
    see: ['JOIN', 'CREATE TABLE'],
  },
]
