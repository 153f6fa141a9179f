// Views, functions, catalogs, databases; DROP and USE.

import type { LanguageEntry } from '../entry.ts'

export const objectStatements: readonly LanguageEntry[] = [
  {
    kind: 'statement',
    name: 'CREATE VIEW',
    summary: 'Names a query, which is used as a table is.',
    syntax: `CREATE [OR REPLACE] [TEMPORARY] VIEW [IF NOT EXISTS] name [(column, …)] [COMMENT 'text'] AS query`,
    notes: [
      'A view means what its names mean when it is read: it follows an ALTER of its tables.',
      'The late rows of a windowed view `v` are in [`v$late`](../clauses/late-rows.md).',
    ],
    examples: [
      {
        sql: `CREATE VIEW spent (who, total) AS
SELECT customer, SUM(amount) FROM orders GROUP BY customer;

SELECT * FROM spent WHERE total > 10;`,
        mode: 'batch',
      },
    ],
    see: ['ALTER VIEW', 'DROP', 'WITH'],
  },
  {
    kind: 'statement',
    name: 'ALTER VIEW',
    summary: 'Renames a view, or gives it another query.',
    syntax: `ALTER VIEW [IF EXISTS] view { RENAME TO name | AS query }`,
    examples: [
      {
        sql: `CREATE VIEW big AS SELECT id FROM orders WHERE amount > 10;
ALTER VIEW big AS SELECT id FROM orders WHERE amount > 8;

SELECT * FROM big;`,
      },
    ],
    see: ['CREATE VIEW'],
  },
  {
    kind: 'statement',
    name: 'CREATE FUNCTION',
    summary: 'Makes a function of a TypeScript module known to SQL.',
    syntax: `CREATE [OR REPLACE] [TEMPORARY [SYSTEM]] FUNCTION [IF NOT EXISTS] name
AS { 'module.ts#export' | 'scalarFunction({ … })' } [LANGUAGE TYPESCRIPT]`,
    notes: [
      'The export, or the expression, is made by `scalarFunction`, `asyncFunction`, `aggregateFunction`, `tableFunction` or `overloads` ([how](../../api.md#functions)). The path of a module starts at the script’s folder.',
      'Arguments go by position or by name: `f(rate => 0.25, price => 8)`.',
    ],
    examples: [
      {
        sql: `CREATE FUNCTION DISCOUNT AS 'scalarFunction({
  args: { price: t.double(), cut: t.double() }, defaults: { cut: 10 },
  returns: t.double(),
  eval: ({ price, cut }) => price * (1 - cut / 100),
})' LANGUAGE TYPESCRIPT;

SELECT id, DISCOUNT(amount) AS a, DISCOUNT(price => amount, cut => 50) AS b
FROM orders WHERE id <= 2;`,
      },
    ],
    see: ['ALTER FUNCTION', 'DROP', 'LATERAL'],
  },
  {
    kind: 'statement',
    name: 'ALTER FUNCTION',
    summary: 'Gives a function another implementation.',
    syntax: `ALTER [TEMPORARY [SYSTEM]] FUNCTION [IF EXISTS] name AS 'implementation' [LANGUAGE TYPESCRIPT]`,
    examples: [
      {
        sql: `CREATE FUNCTION TWICE AS 'scalarFunction({ args: [t.int()], returns: t.int(), eval: x => x + x + 1 })' LANGUAGE TYPESCRIPT;
ALTER FUNCTION TWICE AS 'scalarFunction({ args: [t.int()], returns: t.int(), eval: x => x + x })' LANGUAGE TYPESCRIPT;

SELECT TWICE(21) AS answer;`,
      },
    ],
    see: ['CREATE FUNCTION'],
  },
  {
    kind: 'statement',
    name: 'CREATE CATALOG',
    summary: 'Makes a catalog of databases, in memory, for the script.',
    syntax: `CREATE CATALOG [IF NOT EXISTS] name [COMMENT 'text'] WITH ('type' = 'generic_in_memory', …)`,
    notes: [
      "`'default-database'` names the database that it begins with, `default` unless given. No other type of catalog is there.",
    ],
    examples: [
      {
        sql: `CREATE CATALOG shop WITH ('type' = 'generic_in_memory');
USE CATALOG shop;

SHOW DATABASES;`,
      },
    ],
    see: ['ALTER CATALOG', 'CREATE DATABASE', 'USE', 'DROP'],
  },
  {
    kind: 'statement',
    name: 'ALTER CATALOG',
    summary: 'Changes options or the comment of a catalog.',
    syntax: `ALTER CATALOG name { SET ('key' = 'value', …) | RESET ('key', …) | COMMENT 'text' }`,
    examples: [
      {
        sql: `CREATE CATALOG shop WITH ('type' = 'generic_in_memory');
ALTER CATALOG shop COMMENT 'what is sold';

DESCRIBE CATALOG shop;`,
      },
    ],
    see: ['CREATE CATALOG'],
  },
  {
    kind: 'statement',
    name: 'CREATE DATABASE',
    summary: 'Makes a database, a name space of tables and views.',
    syntax: `CREATE DATABASE [IF NOT EXISTS] [catalog.]name [COMMENT 'text'] [WITH ('key' = 'value', …)]`,
    examples: [
      {
        sql: `CREATE DATABASE archive;
CREATE VIEW archive.old_orders AS SELECT * FROM orders WHERE placed < TIMESTAMP '2024-03-01 10:01:00';
USE archive;

SHOW TABLES;`,
      },
    ],
    see: ['ALTER DATABASE', 'USE', 'DROP'],
  },
  {
    kind: 'statement',
    name: 'ALTER DATABASE',
    summary: 'Changes options of a database.',
    syntax: `ALTER DATABASE [catalog.]name SET ('key' = 'value', …)`,
    examples: [
      {
        sql: `CREATE DATABASE archive COMMENT 'what is over';
ALTER DATABASE archive SET ('owner' = 'ann');

DESCRIBE DATABASE EXTENDED archive;`,
      },
    ],
    see: ['CREATE DATABASE'],
  },
  {
    kind: 'statement',
    name: 'DROP',
    summary: 'Removes a table, view, function, catalog or database from the catalog.',
    syntax: `DROP [TEMPORARY] TABLE [IF EXISTS] name
DROP [TEMPORARY] VIEW [IF EXISTS] name
DROP [TEMPORARY [SYSTEM]] FUNCTION [IF EXISTS] name
DROP DATABASE [IF EXISTS] name [RESTRICT | CASCADE]
DROP CATALOG [IF EXISTS] name`,
    notes: [
      'What a table is declared over stays: files are not deleted.',
      'A built-in function that a function of the program hid is back once that is dropped.',
    ],
    examples: [
      {
        sql: `DROP TABLE carts;
DROP TABLE IF EXISTS no_such_table;

SHOW TABLES;`,
      },
    ],
    see: ['CREATE TABLE', 'CREATE VIEW', 'CREATE FUNCTION', 'CREATE DATABASE', 'CREATE CATALOG'],
  },
  {
    kind: 'statement',
    name: 'USE',
    summary: 'Says in which catalog or database names without one are looked up.',
    syntax: `USE [catalog.]database\nUSE CATALOG catalog`,
    examples: [
      {
        sql: `CREATE DATABASE archive;
USE archive;

SELECT CURRENT_DATABASE() AS \`database\`, COUNT(*) AS orders FROM default_database.orders;`,
        mode: 'batch',
      },
    ],
    see: ['CREATE DATABASE', 'CREATE CATALOG', 'SHOW'],
  },
]
