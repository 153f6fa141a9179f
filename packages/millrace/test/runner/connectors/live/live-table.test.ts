// Live tables of running programs: what is committed is there, and there again after a restart.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SinkContents } from '../../../../src/connector/sink.ts'
import { live, Millrace, push, type SqlType, t } from '../../../../src/index.ts'
import type { EmbeddedRun } from '../../../../src/runner/embedded-runner.ts'

let folder: string
let running: EmbeddedRun | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-live-'))
})
afterEach(async () => {
  await running?.stop().catch(() => {})
  running = undefined
  await rm(folder, { recursive: true, force: true })
})

const contents = async (name = 'totals', limit = 1_000): Promise<SinkContents> => {
  const sink = running?.job.sinks.find(s => s.node.table.name === name)
  return (await sink?.writer.read?.({ limit })) as SinkContents
}
const rowsOf = async (name?: string) => (await contents(name)).rows

async function start(app: Millrace): Promise<void> {
  running = (await app.start({ stateDir: join(folder, 'state'), epochMs: 5 })) as EmbeddedRun
}

/** Sums by city in a live table, fed by the test. */
function totals({ extra = {} as Record<string, SqlType>, maxRows = 1_000 } = {}) {
  const input = push()
  const app = new Millrace('live')
  app.table('sales', { source: input, schema: { city: t.string(), n: t.int(), ...extra } })
  const columns = ['SUM(n) AS total', ...Object.keys(extra).map(c => `MAX(${c}) AS ${c}`)]
  app
    .sql([`SELECT city, ${columns.join(', ')} FROM sales GROUP BY city`] as never)
    .into(live('totals', { maxRows }), { primaryKey: ['city'] })
  return { app, input }
}

describe('a live table', () => {
  it('shows what is committed, the row changed last first', async () => {
    const { app, input } = totals()
    await start(app)
    for (const [city, n] of [
      ['Bonn', 1],
      ['Kiel', 2],
      ['Bonn', 3],
    ] as const)
      await input.send({ city, n })
    await expect
      .poll(() => rowsOf())
      .toEqual([
        ['Bonn', 4],
        ['Kiel', 2],
      ])
    expect(await contents()).toMatchObject({
      columns: [
        { name: 'city', type: 'STRING NOT NULL' },
        { name: 'total', type: 'INT NOT NULL' },
      ],
      rowCount: 2,
    })
  })

  it('is there again after a restart, from changes and from a snapshot', async () => {
    const cities = 3_000
    for (let run = 1; run <= 3; run++) {
      const { app, input } = totals({ maxRows: 10_000 })
      await start(app)
      if (run > 1) expect((await contents()).rowCount).toBe(cities)
      for (let i = 0; i < cities * 5; i++)
        await input.send({ city: `a city of some length, number ${i % cities}`, n: 1 })
      const done = `a city of some length, number ${cities - 1}`
      await expect.poll(() => rowsOf(), { timeout: 20_000 }).toContainEqual([done, run * 5])
      await running?.stop()
    }
    const { app } = totals({ maxRows: 10_000 })
    await start(app)
    const { rows } = await contents('totals', cities)
    expect(rows).toHaveLength(cities)
    expect(new Set(rows.map(r => r[1]))).toEqual(new Set([15]))
  })

  it('begins empty when its columns have changed', async () => {
    const first = totals()
    await start(first.app)
    await first.input.send({ city: 'Bonn', n: 1 })
    await expect.poll(() => rowsOf()).toEqual([['Bonn', 1]])
    await running?.stop()
    const app = new Millrace('live')
    const input = push()
    app.table('sales', { source: input, schema: { city: t.string(), n: t.int() } })
    app.sql`SELECT city, CAST(SUM(n) AS STRING) AS total FROM sales GROUP BY city`.into(
      live('totals'),
      { primaryKey: ['city'] },
    )
    await start(app)
    expect(await rowsOf()).toEqual([])
    await input.send({ city: 'Kiel', n: 1 })
    await expect.poll(() => rowsOf()).toEqual([['Kiel', '1']])
  })

  it('is declared in SQL too, without a key for what only grows', async () => {
    const input = push()
    const app = new Millrace('live')
    app.table('sales', {
      source: input,
      schema: {
        at: t.timestamp(),
        price: t.decimal(8, 2),
        id: t.bigint(),
        tags: t.array(t.string()),
      },
    })
    await app.execute(`
      CREATE TABLE log (at_time TIMESTAMP(3), price DECIMAL(8, 2), id BIGINT, tags ARRAY<STRING>)
      WITH ('connector' = 'live', 'max-rows' = '2');
      INSERT INTO log SELECT \`at\`, price, id, tags FROM sales;`)
    await start(app)
    for (const id of [1n, 2n, 2n ** 60n])
      await input.send({ at: 1_500, price: '12.50', id, tags: ['a'] })
    const at = '1970-01-01 00:00:01.5'
    await expect
      .poll(() => rowsOf('log'))
      .toEqual([
        [at, '12.50', '1152921504606846976', ['a']],
        [at, '12.50', 2, ['a']],
      ])
  })

  it('refuses a size that makes no sense', async () => {
    const { app } = totals({ maxRows: 0 })
    await expect(start(app)).rejects.toThrow(/max-rows' of table "totals" is '0'/)
  })
})
