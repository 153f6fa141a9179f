// CREATE TABLE, its LIKE and AS forms, and ALTER TABLE.

import type { LanguageEntry } from '../entry.ts'

const FILE = "WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json')"

export const tableStatements: readonly LanguageEntry[] = [
  {
    kind: 'statement',
    name: 'CREATE TABLE',
    summary:
      'Declares a table: its columns, its event time, its key, and the system that it is in.',
    syntax: `CREATE [OR REPLACE] [TEMPORARY] TABLE [IF NOT EXISTS] [catalog.][database.]name (
  { column type [NOT NULL] [COMMENT 'text']
  | column AS expression [COMMENT 'text']
  | column type METADATA [FROM 'key'] [VIRTUAL]
  | WATERMARK FOR column AS expression
  | [CONSTRAINT name] PRIMARY KEY (column, …) NOT ENFORCED }, …
)
[COMMENT 'text']
[PARTITIONED BY (column, …)]
[DISTRIBUTED [BY [HASH | RANGE] (column, …)] [INTO n BUCKETS]]
WITH ('connector' = 'name', 'option' = 'value', …)
[LIKE table [(…)]]`,
    notes: [
      'A computed column (`AS`) may use functions and the physical columns; it is not written by INSERT.',
      'One [watermark](../clauses/watermark.md) makes a TIMESTAMP or TIMESTAMP_LTZ column of precision up to 3 the event time.',
      'A primary key is not checked. It makes the table a versioned one in [temporal joins](../clauses/temporal-join.md), and lets a sink replace rows.',
      'The [options](../../sql.md#options) are checked: one that the connector or format does not have is an error that proposes the right one.',
      '`METADATA` columns of files are `file.path`, `file.name`, `file.size` and `file.modification-time`. A table that is written declares them VIRTUAL.',
      '[PARTITIONED BY](../../sql.md#partitions) puts the rows of a table of files into folders by the values of columns.',
      'DISTRIBUTED is accepted without effect.',
    ],
    examples: [
      {
        sql: `CREATE TABLE sales (
  id BIGINT,
  amount DECIMAL(6, 2),
  placed TIMESTAMP(3),
  with_tax AS CAST(amount * 1.25 AS DECIMAL(8, 2)),
  WATERMARK FOR placed AS placed - INTERVAL '5' SECOND
) ${FILE};

SELECT id, with_tax FROM sales WHERE amount > 6;`,
      },
    ],
    see: [
      'Computed columns',
      'Metadata columns',
      'PARTITIONED BY',
      'PRIMARY KEY',
      'CREATE TABLE LIKE',
      'CREATE TABLE AS',
      'ALTER TABLE',
      'WATERMARK',
      'DROP',
    ],
  },
  {
    kind: 'statement',
    name: 'CREATE TABLE LIKE',
    summary: 'Declares a table by what another one has.',
    syntax: `CREATE TABLE name [(column or watermark or key, …)] [WITH (…)]
LIKE table [(
  { INCLUDING | EXCLUDING | OVERWRITING }
  { ALL | CONSTRAINTS | DISTRIBUTION | GENERATED | METADATA | OPTIONS | PARTITIONS | WATERMARKS } …
)]`,
    notes: [
      'Unless told otherwise everything is taken over, and options of the same name are those given here (`INCLUDING ALL`, `OVERWRITING OPTIONS`).',
    ],
    examples: [
      {
        sql: `CREATE TABLE orders_again (noted AS CONCAT('order ', CAST(id AS STRING)))
WITH ('path' = 'orders.ndjson')
LIKE orders (EXCLUDING WATERMARKS);

DESCRIBE orders_again;`,
      },
    ],
    see: ['CREATE TABLE'],
  },
  {
    kind: 'statement',
    name: 'CREATE TABLE AS',
    summary: 'Declares a table by the columns of a query, and inserts its rows.',
    syntax: `CREATE TABLE name [(column, …)] [WITH (…)] AS query`,
    notes: [
      'Columns of the list give the order, and may add computed columns, a watermark or a key.',
      'It is an INSERT: `millrace run` runs it.',
    ],
    examples: [
      {
        command: 'run',
        sql: `CREATE TABLE teas WITH ('connector' = 'print') AS
SELECT id, customer FROM orders WHERE product = 'tea';`,
      },
    ],
    see: ['CREATE TABLE', 'INSERT'],
  },
  {
    kind: 'statement',
    name: 'ALTER TABLE',
    summary: 'Changes the declaration of a table, for the statements that follow.',
    syntax: `ALTER TABLE [IF EXISTS] table
{ RENAME TO name
| RENAME column TO name
| SET ('option' = 'value', …)
| RESET ('option', …)
| ADD { column [FIRST | AFTER column] | watermark | key | DISTRIBUTION … | ( …, … ) }
| MODIFY { column [FIRST | AFTER column] | watermark | key | DISTRIBUTION … | ( …, … ) }
| DROP { column | (column, …) | PRIMARY KEY | CONSTRAINT name | WATERMARK | DISTRIBUTION } }`,
    notes: ['What is stored is not changed: the declaration says how it is read and written.'],
    examples: [
      {
        sql: `ALTER TABLE orders ADD (is_large AS amount > 5, \`day\` AS CAST(placed AS DATE));
ALTER TABLE orders DROP WATERMARK;

DESCRIBE orders;`,
      },
    ],
    see: ['CREATE TABLE', 'DROP'],
  },
]
