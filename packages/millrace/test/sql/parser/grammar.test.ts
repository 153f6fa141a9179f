// Forms of the grammar that are easy to read wrongly.

import { describe, expect, it } from 'vitest'
import { parseExpression, parseQuery, parseStatement } from '../../../src/sql/parse.ts'
import { printQuery, printSqlExpression, printStatement } from '../../../src/sql/print-sql.ts'
import { syntaxErrorOf } from './support/syntax-error-of.ts'

/** The expression printed again, with all that was implied and nothing that is superfluous. */
const expression = (text: string) => printSqlExpression(parseExpression(text))
const query = (text: string) => printQuery(parseQuery(text)).replaceAll('\n', ' ')
const statement = (text: string) => printStatement(parseStatement(text))

describe('operators', () => {
  it.each([
    ['a OR (b AND c)', 'a OR b AND c'],
    ['(a OR b) AND c', '(a OR b) AND c'],
    ['NOT (a = b)', 'NOT a = b'],
    ['(NOT a) = b', '(NOT a) = b'],
    ['NOT (a AND b)', 'NOT (a AND b)'],
    ['a - (b - c)', 'a - (b - c)'],
    ['(a - b) - c', 'a - b - c'],
    ['a || (b || c)', 'a || (b || c)'],
    ['-(-a)', '- -a'],
    ['- - 1', '- -1'],
    ['-(a + b)', '-(a + b)'],
    ['(a + b) BETWEEN (c) AND (d + 1)', 'a + b BETWEEN c AND d + 1'],
    ['a BETWEEN (b AND c) AND d', 'a BETWEEN (b AND c) AND d'],
    ['(a IS NULL) = b', '(a IS NULL) = b'],
    ['(a = b) IS NOT TRUE', 'a = b IS NOT TRUE'],
    ['a IS DISTINCT FROM (b + 1)', 'a IS DISTINCT FROM b + 1'],
    ['a != b', 'a <> b'],
    ["(a || b) NOT LIKE ('c' || d) ESCAPE '#'", "a || b NOT LIKE 'c' || d ESCAPE '#'"],
    ['a > ALL (SELECT b FROM t)', 'a > ALL (SELECT b FROM t)'],
    ['(a, b) IN ((1, 2), (3, 4))', 'ROW(a, b) IN (ROW(1, 2), ROW(3, 4))'],
    ['a.b.c[1].d[e]', 'a.b.c[1].d[e]'],
    ['(a).b', '(a).b'],
    ['f(a).b', 'f(a).b'],
  ])('%s', (text, printed) => {
    expect(expression(text)).toBe(printed)
  })
})

describe('calls', () => {
  it('keep the spelling of functions of the user', () => {
    expect(expression('myFunction(a) + `otherOne`(b)')).toBe('myFunction(a) + otherOne(b)')
    expect(expression('count(*) + Max(a)')).toBe('COUNT(*) + MAX(a)')
    expect(expression('cat.db.myFunction(a)')).toBe('cat.db.myFunction(a)')
  })

  it.each([
    ['EXTRACT(day FROM a)', 'EXTRACT(DAY FROM a)'],
    ['TRIM(a)', "TRIM(BOTH ' ' FROM a)"],
    ["TRIM('x' FROM a)", "TRIM(BOTH 'x' FROM a)"],
    ["POSITION('a' IN b FROM 2)", "POSITION('a' IN b FROM 2)"],
    ["OVERLAY(a PLACING 'b' FROM 1 FOR 2)", "OVERLAY(a PLACING 'b' FROM 1 FOR 2)"],
    ['SUBSTRING(a FROM 1 FOR 2)', 'SUBSTRING(a, 1, 2)'],
    ['FLOOR(a TO hour)', 'FLOOR(a TO HOUR)'],
    ['timestampadd(day, 1, a)', 'timestampadd(DAY, 1, a)'],
    ['CURRENT_TIMESTAMP', 'CURRENT_TIMESTAMP'],
    ['f(a => 1, b => TABLE t)', 'f(a => 1, b => TABLE t)'],
    ['`EXTRACT`(a, b)', '`EXTRACT`(a, b)'],
    ['COUNT(DISTINCT a) FILTER (WHERE b)', 'COUNT(DISTINCT a) FILTER (WHERE b)'],
    [
      'LAG(a, 1) IGNORE NULLS OVER (PARTITION BY b ORDER BY c DESC NULLS LAST)',
      'LAG(a, 1) IGNORE NULLS OVER (PARTITION BY b ORDER BY c DESC NULLS LAST)',
    ],
    [
      "SUM(a) OVER (w RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)",
      "SUM(a) OVER (w RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW)",
    ],
    ['SUM(a) OVER (w)', 'SUM(a) OVER w'],
    ['LISTAGG(a) WITHIN GROUP (ORDER BY b)', 'LISTAGG(a) WITHIN GROUP (ORDER BY b)'],
    ['FINAL LAST(a.b)', 'FINAL LAST(a.b)'],
  ])('%s', (text, printed) => {
    expect(expression(text)).toBe(printed)
  })

  it('of JSON_OBJECT take KEY for a keyword only before a key', () => {
    expect(expression("JSON_OBJECT(KEY 'a' VALUE 1)")).toBe("JSON_OBJECT('a' VALUE 1)")
    expect(expression("JSON_OBJECT('a' : 1, 'b', 2)")).toBe("JSON_OBJECT('a' VALUE 1, 'b' VALUE 2)")
    expect(expression('JSON_OBJECT(key VALUE 1)')).toBe('JSON_OBJECT(`key` VALUE 1)')
    expect(expression('JSON_OBJECT(KEY key VALUE 1)')).toBe('JSON_OBJECT(`key` VALUE 1)')
    expect(expression('JSON_OBJECT(key || a VALUE 1)')).toBe('JSON_OBJECT(`key` || a VALUE 1)')
  })

  it('of JSON constructors may have no entries, yet say what NULL becomes', () => {
    for (const text of ['JSON_OBJECT()', 'JSON_OBJECT(NULL ON NULL)', 'JSON_ARRAY(ABSENT ON NULL)'])
      expect(expression(text)).toBe(text)
    expect(expression('JSON_ARRAY(NULL NULL ON NULL)')).toBe('JSON_ARRAY(NULL NULL ON NULL)')
  })

  it('of JSON_VALUE have their clauses in one order', () => {
    expect(expression("JSON_VALUE(a, '$.b' RETURNING INT NULL ON ERROR DEFAULT 1 ON EMPTY)")).toBe(
      "JSON_VALUE(a, '$.b' RETURNING INT DEFAULT 1 ON EMPTY NULL ON ERROR)",
    )
  })
})

describe('window table functions', () => {
  it('partition by one column, or by several in parentheses', () => {
    const one = query("SELECT * FROM SESSION(TABLE t PARTITION BY k, x, INTERVAL '1' SECOND)")
    expect(one).toBe(
      "SELECT * FROM TABLE(SESSION(TABLE t PARTITION BY (k), x, INTERVAL '1' SECOND))",
    )
    const two = query(
      'SELECT * FROM TABLE(f(TABLE t PARTITION BY (k, l) ORDER BY m DESC, DESCRIPTOR(x)))',
    )
    expect(two).toBe(
      'SELECT * FROM TABLE(f(TABLE t PARTITION BY (k, l) ORDER BY (m DESC), DESCRIPTOR(x)))',
    )
  })
})

describe('parentheses around sub-queries', () => {
  it.each([
    '((SELECT 1) + 2)',
    'COALESCE((SELECT 1), 0)',
    'a IN ((SELECT 1), 2)',
    'a IN (SELECT 1)',
    'EXISTS (SELECT 1)',
  ])('belong to the value in %s', text => {
    expect(expression(text)).toBe(text.replace(/^\((\(.*)\)$/, '$1'))
  })

  it.each([
    ['SELECT * FROM ((SELECT 1) AS a CROSS JOIN b)', 'SELECT * FROM (SELECT 1) AS a CROSS JOIN b'],
    ['SELECT * FROM (((SELECT 1) AS a))', 'SELECT * FROM (SELECT 1) AS a'],
    [
      'SELECT * FROM ((SELECT 1) UNION (SELECT 2)) AS a',
      'SELECT * FROM ((SELECT 1) UNION (SELECT 2)) AS a',
    ],
    ['SELECT * FROM a, b JOIN c ON x', 'SELECT * FROM a CROSS JOIN (b JOIN c ON x)'],
    ['SELECT * FROM (a JOIN b ON x) JOIN c ON y', 'SELECT * FROM a JOIN b ON x JOIN c ON y'],
  ])('belong to the table in %s', (text, printed) => {
    expect(query(text)).toBe(printed)
  })

  it('tell rows of VALUES, group sets and queries of INSERT apart', () => {
    expect(query('VALUES ROW(1, 2), (3, 4), 5')).toBe('VALUES (1, 2), (3, 4), (5)')
    expect(query('SELECT 1 FROM t GROUP BY (a, b), ()')).toBe('SELECT 1 FROM t GROUP BY (a, b), ()')
    expect(statement('INSERT INTO t (a, b) (SELECT 1, 2)')).toBe(
      'INSERT INTO t (a, b)\n(SELECT 1, 2)',
    )
    expect(statement('INSERT INTO t (SELECT 1, 2)')).toBe('INSERT INTO t\n(SELECT 1, 2)')
  })
})

describe('set operations', () => {
  it.each([
    ['SELECT 1 UNION SELECT 2 INTERSECT SELECT 3', 'SELECT 1 UNION SELECT 2 INTERSECT SELECT 3'],
    [
      '(SELECT 1 UNION ALL SELECT 2) EXCEPT SELECT 3',
      '(SELECT 1 UNION ALL SELECT 2) EXCEPT SELECT 3',
    ],
    ['SELECT 1 FETCH FIRST 3 ROWS ONLY', 'SELECT 1 LIMIT 3'],
    ['SELECT 1 OFFSET 2 ROWS LIMIT 3', 'SELECT 1 LIMIT 3 OFFSET 2'],
  ])('%s', (text, printed) => {
    expect(query(text)).toBe(printed)
  })
})

describe('literals', () => {
  it('join strings of several lines, and double quotes in them', () => {
    expect(expression("'a''b'\n  'c'")).toBe("'a''bc'")
  })

  it('may name a character set, and be written as ODBC does', () => {
    expect(expression("_UTF8'a' || N'b' || {d '2024-01-31'}")).toBe(
      "'a' || 'b' || DATE '2024-01-31'",
    )
  })

  it('of code points are escaped by a backslash, or by the character of UESCAPE', () => {
    expect(expression("U&'\\0041\\\\b'")).toBe("'A\\b'")
    expect(expression("U&'!0041!!\\b' uescape '!'")).toBe("'A!\\b'")
    expect(expression("U&'it''s !00e9'\n  UESCAPE\n  '!'")).toBe("'it''s é'")
    expect(syntaxErrorOf("SELECT U&'a!00' UESCAPE '!'").message).toContain('1:12: found !00')
  })

  it.each(["INTERVAL '1:30' HOUR TO MINUTE", "INTERVAL -'1.5' SECOND(3)", "DATE '2024-02-29'"])(
    '%s',
    text => {
      expect(expression(text)).toBe(text)
    },
  )

  it('of intervals take the plural of a unit', () => {
    expect(expression("INTERVAL '2' DAYS")).toBe("INTERVAL '2' DAY")
  })
})

describe('names', () => {
  const names = [
    'PREV',
    'RUNNING',
    'AT',
    'RAW',
    'BYTES',
    'FREE',
    'VALUE',
    'COMMENT',
    'HASH',
    'GROUPS',
  ]

  it.each(names)('take backquotes when they are reserved, as %s is', name => {
    expect(syntaxErrorOf(`SELECT 1 AS ${name}`).message).toContain('is a reserved word')
    expect(query(`SELECT 1 AS \`${name}\``)).toBe(`SELECT 1 AS \`${name}\``)
  })

  it.each(['METADATA', 'PARTITIONS', 'SESSION', 'JSON', 'ARRAY_AGG', 'WEEK', 'JOB', 'TYPE'])(
    'stand alone when their keyword is free, as %s is',
    name => {
      expect(query(`SELECT ${name} FROM ${name} ${name}`)).toBe(
        `SELECT ${name} FROM ${name} AS ${name}`,
      )
    },
  )

  it('such as map and final are columns where no bracket follows', () => {
    expect(expression("map.a || final || MAP['a', map]")).toBe(
      "`map`.a || `final` || MAP['a', `map`]",
    )
  })

  it('are quoted in print where the text needs it', () => {
    expect(expression('`a b`.`c``d`.`é`.`value`.`e`')).toBe('`a b`.`c``d`.`é`.`value`.e')
  })
})

describe('statements', () => {
  it('print their clauses on lines', () => {
    const text = `CREATE TABLE IF NOT EXISTS orders (
  id BIGINT NOT NULL COMMENT 'the number',
  item ROW<name STRING 'its name', tags ARRAY<STRING NOT NULL>>,
  total AS price * qty,
  part INT METADATA FROM 'partition' VIRTUAL,
  ts TIMESTAMP(3),
  WATERMARK FOR ts AS ts - INTERVAL '5' SECOND,
  PRIMARY KEY (id) NOT ENFORCED
) COMMENT 'all' DISTRIBUTED BY HASH(id) INTO 4 BUCKETS PARTITIONED BY (id) WITH (
  'connector' = 'filesystem',
  'path' = 'it''s'
) LIKE others (EXCLUDING ALL INCLUDING OPTIONS)`
    expect(statement(text)).toBe(text)
  })

  it.each([
    'CREATE TEMPORARY VIEW v (a, b) AS\nSELECT 1, 2',
    "CREATE TEMPORARY SYSTEM FUNCTION f AS 'a.B' LANGUAGE JAVA",
    "CREATE CATALOG c WITH (\n  'type' = 'memory'\n)",
    'CREATE TABLE t AS\nSELECT *\nFROM u',
    'DROP TEMPORARY TABLE IF EXISTS a.b.c',
    'ALTER TABLE t RENAME TO u',
    'ALTER TABLE t RENAME a TO b',
    "ALTER TABLE t SET ('a' = 'b', 'c' = 'd')",
    "ALTER TABLE t RESET ('a')",
    'ALTER TABLE t ADD (a INT, PRIMARY KEY (a) NOT ENFORCED)',
    'ALTER TABLE IF EXISTS t DROP (a, b)',
    'ALTER TABLE t DROP PRIMARY KEY',
    'ALTER TABLE t DROP WATERMARK',
    "INSERT OVERWRITE t /*+ OPTIONS('a' = 'b') */ PARTITION (p = 1) (a)\nSELECT 1",
    'INSERT INTO t\nSELECT a.x\nFROM a JOIN b ON a.x = b.x\nON CONFLICT DO DEDUPLICATE',
    'INSERT INTO t (a)\nSELECT 1\nFROM u\nON CONFLICT DO NOTHING',
    'INSERT INTO t\nVALUES (1)\nON CONFLICT DO ERROR',
    'EXECUTE STATEMENT SET BEGIN\nINSERT INTO a\nSELECT 1;\nINSERT INTO b\nSELECT 2;\nEND',
    'EXPLAIN CHANGELOG_MODE, PLAN_ADVICE SELECT 1',
    'DESCRIBE a.b',
    "SHOW TABLES FROM db LIKE 'a%'",
    'SHOW CREATE TABLE t',
    "SET 'a' = 'b'",
    'SET',
    "RESET 'a'",
    'RESET',
    'USE CATALOG c',
    'USE `catalog`',
    "SELECT /*+ BROADCAST(t), LOOKUP('table' = 't') */ DISTINCT a\nFROM t",
    'SELECT a\nFROM t FOR SYSTEM_TIME AS OF o.ts AS x',
    [
      'SELECT *\nFROM t MATCH_RECOGNIZE (PARTITION BY k ORDER BY ts MEASURES A.x AS a',
      'ALL ROWS PER MATCH AFTER MATCH SKIP TO FIRST B PATTERN (A+? (B | C D)* E{2,} F{3})',
      "WITHIN INTERVAL '1' HOUR SUBSET S = (A, B) DEFINE A AS A.x > 1) AS m",
    ].join(' '),
  ])('%s', text => {
    expect(statement(text)).toBe(text)
  })
})

describe('spans', () => {
  it('hold the text of their node', () => {
    const text = 'a + f( b ) * CASE WHEN c THEN 1 END'
    const tree = parseExpression(text)
    if (tree.kind !== 'binary' || tree.right.kind !== 'binary') throw new Error(tree.kind)
    const spans = [tree, tree.right, tree.right.left, tree.right.right].map(node => node.span)
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual([
      text,
      'f( b ) * CASE WHEN c THEN 1 END',
      'f( b )',
      'CASE WHEN c THEN 1 END',
    ])
  })
})
