// Look-up joins against a table that the program answers for: in the typed API and in SQL, with caches, retries and failures.

import { describe, expect, test } from 'vitest'
import { lookup, memory, Millrace, t } from '../../src/index.ts'
import type { LookupFunction, LookupOptions } from '../../src/api/connections/lookup.ts'

const ORDERS = [
  { id: 1, customer: 'ann' },
  { id: 2, customer: 'bob' },
  { id: 3, customer: 'ann' },
  { id: 4, customer: 'zoe' },
  { id: 5, customer: null },
]

const CITIES: Readonly<Record<string, string>> = { ann: 'Oslo', bob: 'Rome' }

/** An app with orders, and customers that `get` answers for. */
interface NameKey {
  readonly name: string
}

function appWith(get: LookupFunction<NameKey>, options?: LookupOptions) {
  const app = new Millrace('lookups')
  const orders = app.table('orders', {
    source: memory(ORDERS),
    schema: { id: t.int(), customer: t.string().nullable() },
  })
  const customers = app.table('customers', {
    source: lookup(get, options),
    schema: { name: t.string(), city: t.string(), visits: t.int() },
    primaryKey: ['name'],
  })
  return { app, orders, customers }
}

const cityOf = ({ name }: NameKey) => {
  const city = CITIES[name]
  return city === undefined ? undefined : { name, city, visits: name.length }
}

const SQL = (hint = '', join = 'LEFT JOIN', more = '') => `
  SELECT ${hint} o.id, c.city FROM (SELECT *, PROCTIME() AS p FROM orders) AS o
  ${join} customers FOR SYSTEM_TIME AS OF o.p AS c ON o.customer = c.name${more}`

const RETRY =
  "'retry-predicate' = 'lookup_miss', 'retry-strategy' = 'fixed_delay', 'fixed-delay' = '1 ms', 'max-attempts' = '3'"

const query = (app: Millrace, text: string) => {
  const parts = Object.assign([text], { raw: [text] }) as unknown as TemplateStringsArray
  return app.sql<{ id: number; city: string | null }>(parts)
}

describe('a table that is asked for each row', () => {
  test('gives its rows, in the order of the rows that ask', async () => {
    const asked: string[] = []
    const { app } = appWith(async ({ name }) => {
      asked.push(name)
      // Later questions are answered first.
      await new Promise(resolve => setTimeout(resolve, 20 - asked.length * 4))
      return cityOf({ name })
    })
    expect(await query(app, SQL()).collect()).toEqual([
      { id: 1, city: 'Oslo' },
      { id: 2, city: 'Rome' },
      { id: 3, city: 'Oslo' },
      { id: 4, city: null },
      { id: 5, city: null },
    ])
    // No question for NULL; one for both orders of ann, which wait together.
    expect(asked).toEqual(['ann', 'bob', 'zoe'])
  })

  test('drops rows that find nothing in an inner join, and checks what else the condition says', async () => {
    const { app } = appWith(async ({ name }) => cityOf({ name }))
    const found = await query(app, SQL('', 'JOIN', ' AND c.visits + o.id > 4')).collect()
    expect(found).toEqual([
      { id: 2, city: 'Rome' },
      { id: 3, city: 'Oslo' },
    ])
    const kept = await query(app, SQL('', 'LEFT JOIN', " AND c.city = 'Rome'")).collect()
    expect(kept.map(r => r.city)).toEqual([null, 'Rome', null, null, null])
  })

  test('may have several rows of a key', async () => {
    const { app } = appWith(async ({ name }) => [
      { name, city: 'A', visits: 1 },
      { name, city: 'B', visits: 2 },
    ])
    const found = await query(app, SQL('', 'JOIN', ' AND o.id = 1')).collect()
    expect(found.map(r => r.city)).toEqual(['A', 'B'])
  })

  test('joins in the typed API as in SQL', async () => {
    const { orders, customers } = appWith(async ({ name }) => cityOf({ name }))
    const joined = orders.lookupJoin(
      customers,
      (o, c) => o.customer.eq(c.name),
      (o, c) => ({ id: o.id, city: c.city }),
      { capacity: 2, retry: { delay: '1 ms', attempts: 2 } },
    )
    expect(joined.explain()).toContain(
      'Lookup join left on customer = name, 2 at once, misses again after 1 ms, 2 attempts',
    )
    expect((await joined.collect()).map(r => r.city)).toEqual(['Oslo', 'Rome', 'Oslo', null, null])
  })

  test('follows the watermark: windows above close after the rows before', async () => {
    const app = new Millrace('windows')
    const at = (second: number) => Date.UTC(2024, 2, 1, 12, 0, second)
    app.table('visits', {
      source: memory(
        [0, 1, 5, 11, 12, 21].map(s => ({ name: s % 2 ? 'ann' : 'bob', seen: at(s) })),
      ),
      schema: { name: t.string(), seen: t.timestamp() },
      watermark: { column: 'seen', delay: '0s' },
    })
    app.table('customers', {
      source: lookup(async (key: NameKey) => cityOf(key)),
      schema: { name: t.string(), city: t.string(), visits: t.int() },
    })
    const text = `
      SELECT window_end, city, COUNT(*) AS n FROM TUMBLE(TABLE located, DESCRIPTOR(seen), INTERVAL '10' SECOND)
      GROUP BY window_start, window_end, city`
    const view = `SELECT v.seen, c.city FROM (SELECT *, PROCTIME() AS p FROM visits) AS v
      JOIN customers FOR SYSTEM_TIME AS OF v.p AS c ON v.name = c.name`
    const rows = await query(app, `WITH located AS (${view}) ${text}`).collect({
      mode: 'streaming',
    })
    const counts = rows.map(r => `${r.city} ${(r as unknown as { n: bigint }).n}`)
    expect(counts.sort()).toEqual(['Oslo 1', 'Oslo 1', 'Oslo 2', 'Rome 1', 'Rome 1'])
  })
})

describe('the hint LOOKUP', () => {
  test('asks again for a key without rows', async () => {
    const asked: string[] = []
    const { app } = appWith(async ({ name }) => {
      asked.push(name)
      const attempts = asked.filter(n => n === name).length
      return attempts < 3 ? undefined : { name, city: `after ${attempts}`, visits: 1 }
    })
    const rows = await query(app, SQL(`/*+ LOOKUP('table' = 'c', ${RETRY}) */`)).collect()
    expect(rows.slice(0, 4).every(r => r.city?.startsWith('after'))).toBe(true)
    expect(rows[1]?.city).toBe('after 3')
    expect(asked.filter(n => n === 'zoe')).toHaveLength(3)
  })

  test('gives up after so many attempts, and keeps no miss from being asked again', async () => {
    let asked = 0
    const { app } = appWith(
      async () => {
        asked++
        return undefined
      },
      { cache: { maxRows: 10 } },
    )
    const rows = await query(app, SQL(`/*+ LOOKUP('table' = 'c', ${RETRY}) */`)).collect()
    expect(rows.every(r => r.city === null)).toBe(true)
    expect(asked).toBeGreaterThanOrEqual(9)
  })

  test('bounds how many keys are asked for at once', async () => {
    const most = async (hint: string) => {
      let [open, found] = [0, 0]
      const { app } = appWith(async ({ name }) => {
        found = Math.max(found, ++open)
        await new Promise(resolve => setTimeout(resolve, 5))
        open--
        return cityOf({ name })
      })
      await query(app, SQL(hint)).collect()
      return found
    }
    expect(await most('')).toBe(3)
    expect(await most("/*+ LOOKUP('table' = 'c', 'capacity' = '2') */")).toBe(2)
    expect(await most("/*+ LOOKUP('table' = 'c', 'async' = 'false') */")).toBe(1)
  })

  test('is printed by explain, in both plans', () => {
    const { app } = appWith(() => undefined, { cache: { maxRows: 100 } })
    const plan = query(
      app,
      SQL(
        `/*+ LOOKUP('table' = 'c', ${RETRY}, 'async' = 'true', 'capacity' = '7', 'timeout' = '5 s', 'output-mode' = 'allow_unordered') */`,
      ),
    ).explain()
    const how = 'async, 7 at once, within 5 s, misses again after 1 ms, 3 attempts'
    expect(plan).toContain(`Lookup join left on customer = name, ${how}`)
    expect(plan).toContain(
      `key-lookup-join left customers on customer = name, ${how}, answers kept of 100 keys`,
    )
  })

  test('over rows that are updated is warned of', () => {
    const { app } = appWith(() => undefined)
    const counted = `(SELECT customer, COUNT(*) AS id, PROCTIME() AS p FROM orders GROUP BY customer)`
    const text = SQL().replace('(SELECT *, PROCTIME() AS p FROM orders)', counted)
    expect(query(app, text).explain()).toContain('a row that is taken back is looked up again')
    expect(query(app, SQL()).explain()).not.toContain('looked up again')
  })

  test.each([
    ["LOOKUP('table' = 'nobody')", 'a table of FROM in LOOKUP'],
    ["LOOKUP('async' = 'true')", "'table' = '…'"],
    ['LOOKUP(c)', "'table' = '…'"],
    ["LOOKUP('table' = 'c', 'async' = 'yes')", "'async' = 'true' or 'false'"],
    ["LOOKUP('table' = 'c', 'capacity' = '0')", "'capacity' = a positive integer"],
    ["LOOKUP('table' = 'c', 'timeout' = 'long')", "'timeout' = a duration"],
    ["LOOKUP('table' = 'c', 'output-mode' = 'sorted')", "'output-mode' = 'ordered' or"],
    ["LOOKUP('table' = 'c', 'retry-predicate' = 'lookup_miss')", "'retry-strategy' = '…'"],
    [
      `LOOKUP('table' = 'c', ${RETRY.replace('lookup_miss', 'exception')})`,
      "'retry-predicate' = 'lookup_miss'",
    ],
    [
      `LOOKUP('table' = 'c', ${RETRY.replace('fixed_delay', 'random')})`,
      "'retry-strategy' = 'fixed_delay'",
    ],
    [`LOOKUP('table' = 'c', ${RETRY.replace("'3'", "'0'")})`, "'max-attempts' = a positive"],
  ])('%s is refused', (hint, expected) => {
    const { app } = appWith(() => undefined)
    expect(() => query(app, SQL(`/*+ ${hint} */`))).toThrow(expected)
  })
})

describe('a cache', () => {
  test('keeps answers, so that a key is asked for once', async () => {
    const asked: string[] = []
    const { app } = appWith(
      ({ name }) => {
        asked.push(name)
        return cityOf({ name })
      },
      { async: false, cache: { maxRows: 10, expireAfterWrite: '1 h' } },
    )
    const twice = SQL().replace(
      'FROM orders',
      'FROM (SELECT * FROM orders UNION ALL SELECT * FROM orders)',
    )
    expect(await query(app, twice).collect()).toHaveLength(10)
    expect(asked.sort()).toEqual(['ann', 'bob', 'zoe'])
  })

  test('that has a size but no kind is refused', () => {
    const { app } = appWith(() => undefined)
    const source = lookup(() => undefined)
    const options = { ...source.options, 'lookup.partial-cache.max-rows': '5' }
    app.table('sized', { source: { ...source, options }, schema: { name: t.string() } })
    const text = SQL().replace('customers', 'sized').replace('c.city', 'c.name')
    expect(() => query(app, text).explain()).toThrow('lookup.cache')
  })
})

describe('what goes wrong', () => {
  test('a look-up that fails is tried again, then ends the job', async () => {
    let calls = 0
    const { app } = appWith(
      async () => {
        calls++
        throw new Error('the service is down')
      },
      { maxRetries: 0 },
    )
    await expect(query(app, SQL()).collect()).rejects.toThrow(
      'Looking up customers for (ann) failed: the service is down',
    )
    expect(calls).toBeGreaterThan(0)
  })

  test('a look-up that does not answer in time ends the job', async () => {
    const { app } = appWith(() => new Promise(() => {}), { maxRetries: 0 })
    const text = SQL("/*+ LOOKUP('table' = 'c', 'timeout' = '20 ms') */")
    await expect(query(app, text).collect()).rejects.toThrow('no answer within 20 ms')
  })

  test('a row that does not fit the table is refused', async () => {
    const { app } = appWith(({ name }) => ({ name, city: 5, visits: 1 }), { maxRetries: 0 })
    await expect(query(app, SQL()).collect()).rejects.toThrow('city')
  })

  test('the table cannot be read whole', async () => {
    const { app } = appWith(() => undefined)
    await expect(query(app, 'SELECT name AS id, city FROM customers').collect()).rejects.toThrow(
      'can only be looked up',
    )
  })

  test('a condition that compares no column as it is cannot be asked for', () => {
    const { app } = appWith(() => undefined)
    const text = SQL().replace('c.name', 'UPPER(c.name)')
    expect(() => query(app, text).explain()).toThrow('equates none of its columns')
  })
})
