// Typical mistakes: each message names the place, what stands there, what was expected, the remedy.

import { describe, expect, it } from 'vitest'
import { syntaxErrorOf } from './support/syntax-error-of.ts'

const RESERVED = /is a reserved word; as a name write it in backquotes/

const MISTAKES: readonly [
  text: string,
  place: string,
  found: string,
  expected: string,
  remedy?: RegExp,
][] = [
  [
    'SELEC 1',
    '1:1',
    'SELEC',
    'a statement: SELECT, INSERT, CREATE, DROP, ALTER, EXPLAIN, DESCRIBE, SHOW, SET, USE',
    /^Did you mean SELECT\?$/,
  ],
  [
    'SELECT a FORM t',
    '1:15',
    't',
    '; or the end of the statement',
    /^Did you mean FROM by FORM at 1:10\?$/,
  ],
  [
    'SELECT a FROM t ODER BY a',
    '1:22',
    'BY',
    '; or the end of the statement',
    /^Did you mean ORDER by ODER at 1:17\?$/,
  ],
  ['SELECT a b c FROM t', '1:12', 'c', '; or the end of the statement'],
  ['SELECT a FROM orders b c', '1:24', 'c', '; or the end of the statement'],
  ['SELECT a, FROM t', '1:11', 'FROM', 'an expression', /^Remove the comma before FROM\.$/],
  [
    'CREATE TABEL t',
    '1:8',
    'TABEL',
    'TABLE or VIEW or FUNCTION or CATALOG or DATABASE',
    /^Did you mean TABLE\?$/,
  ],
  ['SELECT CAST(a AS STRNG)', '1:18', 'STRNG', 'a data type', /^Did you mean "STRING"\? Types are/],
  ['SELECT', '1:7', 'the end of the text', 'an expression'],
  ['SELECT a,, b FROM t', '1:10', ',', 'an expression'],
  ['SELECT a FROM', '1:14', 'the end of the text', 'a table, a sub-query or a table function'],
  ['SELECT a FROM t WHERE', '1:22', 'the end of the text', 'an expression'],
  [
    'SELECT a FROM t GROUP a',
    '1:17',
    'GROUP',
    '; or the end of the statement',
    /^Write GROUP BY\.$/,
  ],
  ['SELECT COUNT(a FROM t', '1:16', 'FROM', ') or ,', /Close the parenthesis of COUNT\(/],
  ['SELECT (a + 1 FROM t', '1:15', 'FROM', ') or ,', /Close the parenthesis/],
  ["SELECT 'abc FROM t", '1:8', 'an unclosed string', "a closing '", /Close the string with '/],
  ['SELECT `a FROM t', '1:8', 'an unclosed name', 'a closing `', /Close the name with `/],
  ['SELECT a /* b', '1:10', 'an unclosed comment', 'a closing */', /Close the comment/],
  ['SELECT "a" FROM t', '1:8', '"', 'a name or a value', /Names take backquotes/],
  ['SELECT ‘a’', '1:8', '‘', 'a straight quote', /Strings take '/],
  ['SELECT a # b', '1:10', 'the character "#"', 'SQL'],
  ["SELECT X'abc'", '1:8', "X'abc'", 'pairs of hexadecimal digits'],
  ["SELECT U&'ab\\00zz'", '1:13', '\\00zz', 'the escape character and four hexadecimal digits'],
  ['SELECT a AS value FROM t', '1:13', 'value', 'a column name', RESERVED],
  ['SELECT a FROM t AS at', '1:20', 'at', 'an alias', RESERVED],
  ['CREATE TABLE order (a INT)', '1:14', 'order', 'the name of the table', RESERVED],
  ['SELECT * FROM a JOIN b', '1:23', 'the end of the text', 'ON or USING', /write CROSS JOIN/],
  ['SELECT * FROM a JOIN b WHERE x', '1:24', 'WHERE', 'ON or USING', /which condition/],
  [
    'SELECT CASE WHEN a THEN b FROM t',
    '1:27',
    'FROM',
    'WHEN, ELSE or END',
    /Close the CASE with END/,
  ],
  ['SELECT CASE a END', '1:15', 'END', 'WHEN'],
  ['SELECT CAST(a AS TEXT)', '1:18', 'TEXT', 'a data type', /such as INT, BIGINT, STRING/],
  [
    "SELECT INTERVAL '1' FORTNIGHT",
    '1:21',
    'FORTNIGHT',
    'a unit: YEAR, MONTH, DAY, HOUR, MINUTE or SECOND',
  ],
  ['SELECT EXTRACT(CLOCK FROM a)', '1:16', 'CLOCK', 'a unit of time, such as DAY or SECOND'],
  ['SELECT a BETWEEN 1', '1:19', 'the end of the text', 'AND'],
  ['SELECT a IN 1', '1:13', '1', '('],
  ['SELECT SUM(a) OVER (ORDER x) FROM t', '1:27', 'x', 'BY'],
  [
    'CREATE TABLE t (a INT, PRIMARY KEY (a))',
    '1:39',
    ')',
    'NOT ENFORCED',
    /nothing checks: add NOT ENFORCED/,
  ],
  ['CREATE TABLE t (a INT, UNIQUE (a))', '1:24', 'UNIQUE', 'PRIMARY KEY', /Flink has no UNIQUE/],
  ['CREATE TABLE t (a)', '1:18', ')', 'a data type'],
  [
    'CREATE TABLE t (a INT) WITH (connector = 1)',
    '1:30',
    'connector',
    "an option in single quotes, such as 'connector'",
  ],
  ["CREATE TABLE t (a INT) WITH ('k' = v)", '1:36', 'v', "the option's value in single quotes"],
  ['CREATE INDEX i', '1:8', 'INDEX', 'TABLE or VIEW or FUNCTION or CATALOG or DATABASE'],
  ['INSERT t SELECT 1', '1:8', 't', 'INTO or OVERWRITE'],
  [
    "SET table.local-time-zone = 'UTC'",
    '1:5',
    'table',
    "the option in single quotes, such as SET 'table.local-time-zone' = 'UTC'",
  ],
  ['SELECT 1 SELECT 2', '1:10', 'SELECT', '; or the end of the statement'],
  [
    'EXECUTE STATEMENT SET BEGIN INSERT INTO t SELECT 1;',
    '1:52',
    'the end of the text',
    'INSERT or END',
    /Close the statement set/,
  ],
  [
    'SELECT * FROM t /*+ OPTIONS(*) */',
    '1:29',
    '*',
    "an argument of the hint, such as a table or 'key' = 'value'",
  ],
]

describe('a message about syntax', () => {
  it.each(MISTAKES)('of %s', (text, place, found, expected, remedy) => {
    const error = syntaxErrorOf(text)
    const [sentence, line, caret, ...rest] = error.message.split('\n')
    expect(sentence).toBe(`Syntax error at ${place}: found ${found}, expected ${expected}.`)
    expect(line).toBe(`1 | ${text}`)
    expect(caret?.search(/\^/)).toBe('1 | '.length + Number(place.slice(2)) - 1)
    expect(rest.join('\n')).toMatch(remedy ?? /^$/)
    expect(error.code).toBe('MR_SQL_SYNTAX')
  })

  it('points into the line of the mistake, below tabs and behind line breaks', () => {
    const error = syntaxErrorOf('SELECT a,\n\tb c d\nFROM t')
    expect(error.message).toBe(
      'Syntax error at 2:6: found d, expected ; or the end of the statement.\n' +
        '2 | \tb c d\n' +
        '    \t    ^',
    )
  })

  it('counts lines through strings, names and comments that span several', () => {
    const error = syntaxErrorOf("SELECT 'a\nb', `c\nd` /* e\nf */ -- g\n, )")
    expect([error.at?.line, error.at?.column]).toEqual([5, 3])
  })

  it('places a bad escape of a string of several lines on its own line', () => {
    const error = syntaxErrorOf("SELECT\nU&'a\nb\\zz'")
    expect([error.at?.line, error.at?.column]).toEqual([3, 2])
  })

  it('refuses deep nesting before the stack overflows', () => {
    const depth = 100_000
    for (const [open, close] of [
      ['(', ')'],
      ['NOT ', ''],
      ['- ', ''],
      ['ARRAY[', ']'],
      ['f(', ')'],
    ])
      expect(
        syntaxErrorOf(`SELECT ${open?.repeat(depth)}1${close?.repeat(depth)}`).message,
      ).toContain('expected at most 400 levels of nesting')
    const tables = syntaxErrorOf(`SELECT 1 FROM ${'('.repeat(depth)}t${')'.repeat(depth)}`)
    expect(tables.message).toContain('levels of nesting')
    const queries = syntaxErrorOf(`${'('.repeat(depth)}SELECT 1${')'.repeat(depth)}`)
    expect(queries.message).toContain('levels of nesting')
    const type = `${'ARRAY<'.repeat(depth)}INT${'>'.repeat(depth)}`
    expect(syntaxErrorOf(`SELECT CAST(a AS ${type})`).message).toContain('levels of nesting')
  })
})
