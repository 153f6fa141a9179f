// Tables of DuckDB files as input: read whole, and asked for rows by key.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { memory, Millrace, t } from 'millrace'
import { duckdb, openWarehouse } from '../src/index.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-duckdb-source-'))
  path = join(folder, 'w.duckdb')
  await run(`
    CREATE TABLE products (
      sku VARCHAR, shop INTEGER, name VARCHAR, price DECIMAL(10, 2), stock BIGINT, added TIMESTAMP, day DATE
    );
    INSERT INTO products VALUES
      ('a', 1, 'Anvil', 12.50, 9007199254740993, '2024-03-01 12:00:00.123', '2024-03-01'),
      ('a', 2, 'Anvil XL', 99.00, NULL, NULL, NULL),
      ('b', 1, 'Bolt', 0.10, 7, '2024-03-02 00:00:00', '1969-12-31');`)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function run(sql: string): Promise<void> {
  const warehouse = await openWarehouse(path)
  await warehouse.transaction(connection => connection.run(sql))
  await warehouse.close()
}

const PRODUCTS = {
  sku: t.string(),
  shop: t.int(),
  name: t.string(),
  price: t.decimal(10, 2),
  stock: t.bigint().nullable(),
  added: t.timestamp().nullable(),
  day: t.date().nullable(),
}

function appWith(options: Readonly<Record<string, string>> = {}) {
  const app = new Millrace('duckdb-source')
  const sales = app.table('sales', {
    source: memory([
      { id: 1, sku: 'a', shop: 1 },
      { id: 2, sku: 'b', shop: 1 },
      { id: 3, sku: 'a', shop: 2 },
      { id: 4, sku: 'x', shop: 1 },
      { id: 5, sku: null, shop: 1 },
    ]),
    schema: { id: t.int(), sku: t.string().nullable(), shop: t.int() },
  })
  const products = app.table('products', {
    source: duckdb(path, 'products', { options }),
    schema: PRODUCTS,
  })
  return { app, sales, products }
}

test('a table is read whole, every value exactly', async () => {
  const { products } = appWith()
  const rows = await products.collect()
  expect(rows.map(r => [r.sku, r.price.toFixed(2), r.stock, r.added, r.day])).toEqual([
    ['a', '12.50', 9007199254740993n, Date.UTC(2024, 2, 1, 12, 0, 0, 123), '2024-03-01'],
    ['a', '99.00', null, null, null],
    ['b', '0.10', 7n, Date.UTC(2024, 2, 2), '1969-12-31'],
  ])
})

describe('a look-up join', () => {
  test.each([{}, { 'lookup.cache': 'PARTIAL' }, { 'lookup.cache': 'FULL' }])(
    'finds the rows of each key, with %o',
    async options => {
      const { sales, products } = appWith(options as Readonly<Record<string, string>>)
      const joined = sales.lookupJoin(
        products,
        (s, p) => s.sku.eq(p.sku).and(s.shop.eq(p.shop)),
        (s, p) => ({ id: s.id, name: p.name, price: p.price }),
      )
      const rows = await joined.collect()
      expect(rows.map(r => [r.id, r.name, r.price?.toFixed(2)])).toEqual([
        [1, 'Anvil', '12.50'],
        [2, 'Bolt', '0.10'],
        [3, 'Anvil XL', '99.00'],
        [4, null, undefined],
        [5, null, undefined],
      ])
    },
  )

  test('asks for what the file holds now, unless answers are kept', async () => {
    const { app } = appWith()
    const text = (hint: string) => `
      SELECT ${hint} s.id, p.name FROM (SELECT *, PROCTIME() AS at_ FROM sales) AS s
      JOIN products FOR SYSTEM_TIME AS OF s.at_ AS p ON s.sku = p.sku AND p.shop = 1 WHERE s.shop = 1`
    const query = (hint = '') => {
      const parts = Object.assign([text(hint)], { raw: [text(hint)] })
      return app.sql<{ id: number; name: string }>(parts as unknown as TemplateStringsArray)
    }
    expect(await query().collect()).toEqual([
      { id: 1, name: 'Anvil' },
      { id: 2, name: 'Bolt' },
    ])
    await run(`UPDATE products SET name = 'Nut' WHERE sku = 'b'`)
    const retry = `'retry-predicate' = 'lookup_miss', 'retry-strategy' = 'fixed_delay', 'fixed-delay' = '20 ms', 'max-attempts' = '200'`
    const waiting = query(`/*+ LOOKUP('table' = 'p', ${retry}) */`).collect()
    await run(`INSERT INTO products VALUES ('x', 1, 'New', 1, 1, NULL, NULL)`)
    expect(await waiting).toEqual([
      { id: 1, name: 'Anvil' },
      { id: 2, name: 'Nut' },
      { id: 4, name: 'New' },
    ])
  })

  test('says which column DuckDB cannot give', async () => {
    const app = new Millrace('nested')
    const nested = app.table('products', {
      source: duckdb(path, 'products'),
      schema: { sku: t.string(), tags: t.array(t.string()) },
    })
    await expect(nested.collect()).rejects.toThrow('Column "tags"')
  })
})
