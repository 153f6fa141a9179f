// Functions written in TypeScript, called from SQL and over columns.

import { describe as group, expect, it } from 'vitest'
import {
  aggregateFunction,
  callback,
  hop,
  lit,
  memory,
  Millrace,
  scalarFunction,
  t,
} from '../../../src/index.ts'
import {
  concatenated,
  describe,
  half,
  kindOf,
  weightedMean,
  withTax,
  words,
} from './fixture-functions.ts'

function createApp(settings: ConstructorParameters<typeof Millrace>[1] = {}) {
  const app = new Millrace('functions', settings)
  const orders = app.table('orders', {
    source: memory([
      { id: 1n, tags: 'a,bb', price: 4, qty: 2, ts: 1_000 },
      { id: 2n, tags: '', price: 6, qty: null, ts: 2_000 },
      { id: 3n, tags: 'ccc', price: 10, qty: 4, ts: 6_000 },
    ]),
    schema: {
      id: t.bigint(),
      tags: t.string(),
      price: t.double(),
      qty: t.int().nullable(),
      ts: t.timestamp(),
    },
    watermark: { column: 'ts' },
  })
  app
    .function('WITH_TAX', withTax)
    .function('HALF', half)
    .function('DESCRIBE_', describe)
    .function('KIND_OF', kindOf)
    .function('WORDS', words)
    .function('WMEAN', weightedMean)
    .function('CONCATENATED', concatenated)
  return { app, orders }
}

const valuesOf = (rows: readonly object[]) => rows.map(r => Object.values(r))

group('a scalar function', () => {
  it('takes arguments by position, by name, and its defaults', async () => {
    const { app } = createApp()
    const rows = await app.sql`
      SELECT WITH_TAX(price), WITH_TAX(price, 1), WITH_TAX(rate => 0.5, price => price) FROM orders`.collect()
    expect(valuesOf(rows)).toEqual([
      [5, 8, 6],
      [7.5, 12, 9],
      [12.5, 20, 15],
    ])
  })

  it('gives NULL for NULL without a call, unless its parameter may be NULL', async () => {
    const { app, orders } = createApp()
    const sql = await app.sql`SELECT HALF(qty), DESCRIBE_(qty, 'pcs') FROM orders`.collect()
    const typed = await orders
      .select(o => ({ half: half(o.qty), what: describe(o.qty.cast(t.bigint()), 'pcs') }))
      .collect()
    expect(valuesOf(sql)).toEqual([
      [1, '2 pcs'],
      [null, 'none'],
      [2, '4 pcs'],
    ])
    expect(valuesOf(typed)).toEqual(valuesOf(sql))
  })

  it('prints the same plan from SQL and over columns', () => {
    const { app, orders } = createApp()
    const sql = app.sql`SELECT WITH_TAX(price) AS total FROM orders`
    const typed = orders.select(o => ({ total: withTax({ price: o.price }) }))
    expect(typed.explain()).toBe(sql.explain())
  })

  it('is chosen among overloads by the types of its arguments', async () => {
    const { app } = createApp()
    const [row] = await app.sql`
      SELECT KIND_OF(id), KIND_OF(price), KIND_OF(tags), KIND_OF(qty), KIND_OF('x', 3) FROM orders`.take(
      1,
    )
    expect(Object.values(row as object)).toEqual([
      'bigint 1',
      'double 4',
      'text a,bb',
      'bigint 2',
      'xxx',
    ])
  })

  it('is called with a constant once, unless it is not deterministic', async () => {
    let calls = 0
    const counter = (deterministic: boolean) =>
      scalarFunction({ args: [t.int()], returns: t.int(), deterministic, eval: n => n + ++calls })
    const { orders } = createApp()
    await orders.select(() => ({ n: counter(true)(lit(1)) })).collect()
    expect(calls).toBe(1)
    calls = 0
    const rows = await orders.select(() => ({ n: counter(false)(lit(1)) })).collect()
    expect(calls).toBe(3)
    expect(rows.map(r => r.n)).toEqual([2, 3, 4])
  })

  it.each([
    ['WITH_TAX()', /WITH_TAX needs argument "price"/],
    ['WITH_TAX(price, 1, 2)', /WITH_TAX needs 2 arguments, not 3/],
    ['WITH_TAX(prise => 1)', /WITH_TAX has no argument "prise".*price/],
    ['WITH_TAX(1, price => 2)', /WITH_TAX is given argument "price" twice/],
    ['HALF(n => 1)', /HALF takes its arguments by position/],
    ["HALF('x')", /HALF needs INT NOT NULL as argument 1, not CHAR\(1\)/],
    ['HALF(id)', /HALF needs INT NOT NULL as argument 1, not BIGINT/],
    ['KIND_OF(TRUE)', /KIND_OF needs BIGINT.*, or needs DOUBLE/],
  ])('refuses %s and says why', (call, message) => {
    const { app } = createApp()
    expect(() => app.sql([`SELECT ${call} FROM orders`] as never)).toThrow(message)
  })

  it('names itself, its arguments and its error when it throws, and concerns that record only', async () => {
    const { app, orders } = createApp()
    const odd = orders.select(o => ({ n: half(o.price.cast(t.int()).add(o.qty.orElse(3))) }))
    await expect(odd.collect()).rejects.toMatchObject({
      code: 'MR_DATA_EVALUATION',
      message: expect.stringMatching(
        /^HALF\(9\) threw: 9 is odd\nIt arose on a record of orders \(.*\): \[.*\]$/,
      ),
    })
    const seen: unknown[] = []
    odd.into(callback(({ row }) => void seen.push(row)))
    expect(await app.run()).toMatchObject({ deadLetters: 1 })
    expect(seen).toEqual([{ n: 3 }, { n: 7 }])
  })

  it.each([
    [null, 'F(1) gave what it may not: F is INT NOT NULL, which cannot hold NULL'],
    ['x', 'F(1) gave what it may not: F is INT NOT NULL, which cannot hold "x"'],
    [1.5, 'F(1) gave what it may not: F is INT NOT NULL, which cannot hold 1.5'],
    [Promise.resolve(1), 'which cannot hold [object Promise]'],
  ])(
    'says with its arguments that it gave %s, which is not of its type',
    async (given, message) => {
      const wrong = scalarFunction({
        name: 'F',
        args: [t.int()],
        returns: t.int(),
        eval: () => given as number,
      })
      const one = new Millrace('wrong').values({ n: t.int() }, [{ n: 1 }])
      const error = await one
        .select(r => ({ x: wrong(r.n) }))
        .collect()
        .catch(e => e as Error & { remedy: string })
      expect(error).toMatchObject({ message: expect.stringContaining(message) })
      if (given instanceof Promise)
        expect(error).toMatchObject({ remedy: expect.stringContaining('asyncFunction()') })
    },
  )

  it('is refused when it was not made for SQL', () => {
    const { app } = createApp()
    expect(() => app.function('X', ((n: number) => n) as never)).toThrow(/is no function for SQL/)
  })
})

group('a table function', () => {
  const expected = [
    [1n, 'a', 1],
    [1n, 'bb', 2],
    [3n, 'ccc', 3],
  ]

  it.each([
    'SELECT id, word, len FROM orders, LATERAL TABLE(WORDS(tags)) AS w(word, len)',
    'SELECT id, word, length FROM orders CROSS JOIN LATERAL TABLE(WORDS(tags))',
    `SELECT id, w.word, w.length FROM orders INNER JOIN LATERAL TABLE(WORDS(separator => ',', text => tags)) AS w ON TRUE`,
  ])('gives rows beside each row: %s', async query => {
    const { app } = createApp()
    expect(valuesOf(await app.sql([query] as never).collect())).toEqual(expected)
  })

  it('keeps rows without any under a LEFT JOIN', async () => {
    const { app, orders } = createApp()
    const sql = app.sql`
      SELECT id, word, length FROM orders LEFT JOIN LATERAL TABLE(WORDS(tags)) ON TRUE`
    const typed = orders
      .leftJoinLateral(o => words({ text: o.tags }))
      .select('id', 'word', 'length')
    const rows = [...expected.slice(0, 2), [2n, null, null], ...expected.slice(2)]
    expect(valuesOf(await sql.collect())).toEqual(rows)
    expect(valuesOf(await typed.collect())).toEqual(rows)
    expect(typed.explain()).toBe(sql.explain())
  })

  it('stands alone in FROM over constants', async () => {
    const { app } = createApp()
    const rows = await app.sql`SELECT * FROM TABLE(WORDS('x-yy', '-'))`.collect()
    expect(rows).toEqual([
      { word: 'x', length: 1 },
      { word: 'yy', length: 2 },
    ])
  })

  it('is refused with a condition', () => {
    const { app } = createApp()
    expect(
      () => app.sql`SELECT * FROM orders LEFT JOIN LATERAL TABLE(WORDS(tags)) ON id = 1`,
    ).toThrow(/LEFT JOIN TABLE with a condition/)
  })
})

group('an aggregate function', () => {
  it('leaves rows out that lack an argument, and is NULL over none', async () => {
    const { app, orders } = createApp()
    const sql =
      await app.sql`SELECT id = 2 AS is2, WMEAN(price, qty) AS m FROM orders GROUP BY id = 2`.collect()
    expect(sql).toEqual([
      { is2: false, m: 8 },
      { is2: true, m: null },
    ])
    const typed = orders
      .groupBy()
      .select({ m: weightedMean({ value: 'price', weight: 'qty' }), all: concatenated('tags') })
    expect(await typed.collect()).toEqual([{ m: 8, all: 'a,bbccc' }])
  })

  it('takes DISTINCT and FILTER', async () => {
    const { app } = createApp()
    const rows = await app.sql`
      SELECT CONCATENATED(DISTINCT k) AS d, CONCATENATED(k) FILTER (WHERE n > 1) AS f
      FROM (VALUES ('a', 1), ('b', 2), ('a', 3)) AS v(k, n)`.collect()
    expect(rows).toEqual([{ d: 'ab', f: 'ba' }])
  })

  it('works in tumbling, hopping and cumulating windows, and OVER', async () => {
    const { app } = createApp()
    const windowed = (call: string) =>
      app
        .sql([
          `SELECT WMEAN(price, qty) AS m FROM TABLE(${call}) GROUP BY window_start, window_end`,
        ] as never)
        .collect()
    const means = async (call: string) => (await windowed(call)).map(r => r.m)
    expect(await means("TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '5' SECOND)")).toEqual([
      4, 10,
    ])
    expect(
      await means("HOP(TABLE orders, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND)"),
    ).toEqual([4, 8, 10])
    expect(
      await means(
        "CUMULATE(TABLE orders, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND)",
      ),
    ).toEqual([4, 8])
    const over =
      await app.sql`SELECT id, WMEAN(price, qty) OVER (ORDER BY ts) AS m FROM orders`.collect()
    expect(over).toEqual([
      { id: 1n, m: 4 },
      { id: 2n, m: 4 },
      { id: 3n, m: 8 },
    ])
  })

  it('takes rows back over input that is updated', async () => {
    const { app } = createApp()
    const query = app.sql`
      SELECT WMEAN(price, qty) AS m FROM (
        SELECT k, LAST_VALUE(CAST(p AS DOUBLE)) AS price, LAST_VALUE(q) AS qty
        FROM (VALUES ('a', 2, 1), ('b', 4, 1), ('a', 8, 3)) AS v(k, p, q) GROUP BY k)`
    const changes: unknown[] = []
    for await (const { kind, row } of query.changes()) changes.push([kind, row.m])
    expect(changes.at(-1)).toEqual(['+U', 7])
  })

  it.each(['accumulate', 'result', 'merge'] as const)(
    'loses one record or window where its %s throws, and goes on',
    async where => {
      const app = new Millrace('thrown')
      const rows = [1, 2, 13, 4, 5].map((n, i) => ({ n, at: i * 1000 }))
      const table = app.table('rows', {
        source: memory(rows),
        schema: { n: t.int(), at: t.timestamp() },
        watermark: { column: 'at' },
      })
      const fails = (n: number) => {
        if (n >= 13) throw new Error(`no ${n}`)
      }
      const total = aggregateFunction({
        name: 'TOTAL',
        args: [t.int()],
        accumulator: { sum: t.int() },
        returns: t.int(),
        create: () => ({ sum: 0 }),
        accumulate(a, n) {
          if (where === 'accumulate') fails(n)
          a.sum += n
        },
        merge(a, other) {
          if (where === 'merge') fails(other.sum)
          a.sum += other.sum
        },
        result(a) {
          if (where === 'result') fails(a.sum)
          return a.sum
        },
      })
      const seen: number[] = []
      table
        .window(hop('at', '1s', '2s'))
        .groupBy()
        .select({ total: total('n') })
        .into(callback(({ row }) => void seen.push((row as { readonly total: number }).total)))
      const { outcome, deadLetters } = await app.run()
      expect(outcome).toBe('finished')
      const left = { accumulate: [1, 3, 2, 4, 9, 5], result: [1, 3, 9, 5], merge: [1, 3, 9, 5] }
      expect(seen).toEqual(left[where])
      expect(deadLetters).toBe(where === 'accumulate' ? 1 : 2)
    },
  )

  it('is refused over input that is updated without retract, in hopping windows without merge', async () => {
    const { app } = createApp()
    await expect(
      app.sql`SELECT CONCATENATED(t) AS c FROM (SELECT qty, MAX(tags) AS t FROM orders GROUP BY qty)`
        .changes()
        [Symbol.asyncIterator]()
        .next(),
    ).rejects.toThrow(/CONCATENATED has no retract/)
    await expect(
      app.sql`SELECT CONCATENATED(tags) AS c
        FROM TABLE(HOP(TABLE orders, DESCRIPTOR(ts), INTERVAL '1' SECOND, INTERVAL '2' SECOND))
        GROUP BY window_start, window_end`.collect(),
    ).rejects.toThrow(/CONCATENATED has no merge/)
  })

  it.each([
    ['a group', 'SELECT k, COUNT(*) AS n, WMEAN(p, q) AS m FROM input GROUP BY k'],
    [
      'a window',
      `SELECT k, COUNT(*) AS n, WMEAN(p, q) AS m
       FROM TABLE(TUMBLE(TABLE input, DESCRIPTOR(ts), INTERVAL '1' MINUTE))
       GROUP BY k, window_start, window_end`,
    ],
  ])('puts a record of %s aside on which it throws, in all aggregates', async (_, query) => {
    const { app } = createApp()
    app.table('input', {
      source: memory([
        { k: 'a', p: 1, q: -1, ts: 0 },
        { k: 'a', p: 2, q: 1, ts: 1 },
        { k: 'b', p: 3, q: -1, ts: 2 },
        { k: 'a', p: 4, q: -1, ts: 3 },
      ]),
      schema: { k: t.string(), p: t.double(), q: t.int(), ts: t.timestamp() },
      watermark: { column: 'ts' },
    })
    const seen: unknown[] = []
    app
      .sql([query] as never)
      .into(callback(({ kind, row }) => void seen.push({ kind, ...(row as object) })))
    expect(await app.run()).toMatchObject({ deadLetters: 3 })
    expect(seen).toEqual([{ kind: 0, k: 'a', n: 1n, m: 2 }])
  })
})
