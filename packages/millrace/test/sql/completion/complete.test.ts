// What is proposed at a place of a script; `|` marks it.

import { describe, expect, it } from 'vitest'
import { completions } from '../../../src/index.ts'
import type { Completion } from '../../../src/index.ts'

const TABLES = `
CREATE TABLE orders (
  id BIGINT, customer STRING, amount DECIMAL(6, 2), \`order\` INT, placed TIMESTAMP(3),
  WATERMARK FOR placed AS placed - INTERVAL '5' SECOND
) WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');
CREATE TABLE broken (a INT) WITH ('connector' = 'no such');
CREATE VIEW totals AS SELECT customer, SUM(amount) AS total FROM orders GROUP BY customer;
`

async function at(marked: string, before = TABLES): Promise<Completion[]> {
  const position = before.length + marked.indexOf('|')
  return completions(before + marked.replace('|', ''), position)
}
const texts = async (marked: string, kind?: Completion['kind']): Promise<string[]> =>
  (await at(marked)).filter(c => kind === undefined || c.kind === kind).map(c => c.text)

describe('completions', () => {
  it('begin a statement with statements', async () => {
    expect(await texts('|')).toEqual(expect.arrayContaining(['SELECT', 'CREATE TABLE', 'SHOW']))
    expect(await texts('inse|')).toEqual(['INSERT INTO', 'INSERT OVERWRITE'])
  })

  it('go on with the words of a statement', async () => {
    expect(await texts('CREATE |')).toEqual(
      expect.arrayContaining(['TABLE', 'VIEW', 'FUNCTION', 'TEMPORARY']),
    )
    expect(await texts('SHOW CUR|')).toEqual(['CURRENT'])
    expect(await texts('EXECUTE STATEMENT |')).toEqual(['SET'])
  })

  it('are tables and views where a table stands', async () => {
    for (const text of ['SELECT * FROM |', 'INSERT INTO |', 'SELECT 1 FROM totals JOIN |'])
      expect(await texts(text)).toEqual(expect.arrayContaining(['orders', 'totals']))
    expect(await texts('SELECT * FROM totals, or|')).toEqual(['orders'])
    expect(await texts('SELECT * FROM TUMBLE(TABLE or|')).toEqual(['orders'])
    expect(await texts('DROP VIEW to|')).toEqual(['totals'])
    expect(await texts('WITH mine AS (SELECT 1 AS a) SELECT * FROM mi|')).toEqual(['mine'])
  })

  it('are columns of the tables in FROM, also when it comes later', async () => {
    expect(await texts('SELECT | FROM orders', 'column')).toEqual([
      'id',
      'customer',
      'amount',
      '`order`',
      'placed',
    ])
    expect(await texts('SELECT customer FROM totals WHERE to|', 'column')).toEqual(['total'])
    expect(await at('SELECT am| FROM orders')).toContainEqual({
      text: 'amount',
      kind: 'column',
      detail: 'DECIMAL(6, 2)',
      start: TABLES.length + 'SELECT '.length,
    })
  })

  it('are columns of the table that is named before a point', async () => {
    const join = 'FROM orders AS o JOIN totals t ON o.customer = t.customer'
    expect(await texts(`SELECT t.| ${join}`)).toEqual(['customer', 'total'])
    expect(await texts(`SELECT o.c| ${join}`)).toEqual(['customer'])
    expect(await texts('SELECT x.| FROM orders')).toEqual([])
  })

  it('know the columns of windows, sub-queries and queries of WITH', async () => {
    const window = "TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' HOUR)"
    expect(await texts(`SELECT window_| FROM ${window}`, 'column')).toEqual([
      'window_start',
      'window_end',
      'window_time',
    ])
    expect(await texts('SELECT n| FROM (SELECT COUNT(*) AS n FROM orders)', 'column')).toEqual([
      'n',
    ])
    expect(await texts('WITH w AS (SELECT 1 AS uno) SELECT u| FROM w', 'column')).toEqual(['uno'])
  })

  it('are columns of the queries around, innermost first', async () => {
    const inner = 'SELECT id FROM orders WHERE EXISTS (SELECT 1 FROM totals WHERE | )'
    expect((await texts(inner, 'column')).slice(0, 3)).toEqual(['customer', 'total', 'id'])
  })

  it('are functions, with how they are called', async () => {
    expect(await at('SELECT SUBSTR|')).toContainEqual(
      expect.objectContaining({
        text: 'SUBSTRING',
        kind: 'function',
        detail: 'SUBSTRING(text FROM start [FOR length])',
      }),
    )
    expect(await texts('SELECT try_c|')).toEqual(['TRY_CAST'])
  })

  it('are keywords that go on', async () => {
    expect(await texts('SELECT * FROM orders wh|')).toEqual(['WHERE', 'WHEN'])
  })

  it('are types where a type stands', async () => {
    expect(await texts('CREATE TABLE t (a BIG|')).toEqual(['BIGINT'])
    expect(await texts('SELECT CAST(1 AS DEC|')).toEqual(['DECIMAL'])
  })

  it('are the columns of the table that is inserted into', async () => {
    expect(await texts('INSERT INTO orders (id, c|')).toEqual(['customer'])
  })

  it('are in backquotes where they are begun so, or needed', async () => {
    expect(await texts('SELECT `ord| FROM orders', 'column')).toEqual(['`order`'])
  })

  it('are none in strings and comments', async () => {
    for (const text of ["SELECT 'a|", 'SELECT 1 -- a|', 'SELECT /* a|'])
      expect(await at(text)).toEqual([])
  })

  it('are given at every place of a script, whatever stands there', async () => {
    const query = `WITH a AS (SELECT 'x;y' AS b) /* c */ SELECT o.\`order\`, (SELECT MAX(b) FROM a) FROM orders AS o
      LEFT JOIN totals USING (customer) WHERE id IN (1, 2) AND EXISTS (SELECT 1) GROUP BY 1, 2;`
    for (let i = 0; i <= query.length; i++) {
      const found = await completions(TABLES + query, TABLES.length + i)
      expect(found.every(c => c.start <= TABLES.length + i)).toBe(true)
    }
  })
})
