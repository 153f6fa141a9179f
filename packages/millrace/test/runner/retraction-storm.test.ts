// Changes that take back thousands of rows each: results stay exact, state and what waits in sinks bounded.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { explainQueryPlan, loadScript } from '../../src/runner/load-script.ts'
import type { Row, RowKindCode } from '../../src/types/value.ts'
import { writeLines } from '../support/engine.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-storm-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const ORDERS = 10_000
const CUSTOMERS = 2
const VERSIONS = 40

const at = (second: number) => `2024-03-01 12:00:${String(second).padStart(2, '0')}`
const region = (customer: number, version: number) => `r${(customer * 3 + version) % 5}`

/** Customers come, then their orders, then customers move, each with all its orders; then every second order goes. */
async function writeChanges(): Promise<string> {
  const [orders, customers] = [join(folder, 'orders.ndjson'), join(folder, 'customers.ndjson')]
  const order = (op: string, id: number, second: number) => ({
    op,
    data: { id, customer: id % CUSTOMERS, amount: id % 100, ts: at(second) },
  })
  const ids = Array.from({ length: ORDERS }, (_, id) => id)
  await writeLines(orders, [
    ...ids.map(id => order('+I', id, 10)),
    ...ids.filter(id => id % 4 < 2).map(id => order('-D', id, 30)),
  ])
  const customer = (op: string, id: number, version: number, second: number) => ({
    op,
    data: { id, region: region(id, version), ts: at(second) },
  })
  const moves = Array.from({ length: VERSIONS }, (_, v) =>
    Array.from({ length: CUSTOMERS }, (_, id) => [
      customer('-U', id, v, 20),
      customer('+U', id, v + 1, 20),
    ]),
  )
  await writeLines(customers, [
    ...Array.from({ length: CUSTOMERS }, (_, id) => customer('+I', id, 0, 0)),
    ...moves.flat(2),
  ])
  return `
    CREATE TABLE orders (
      id BIGINT, customer BIGINT, amount BIGINT, ts TIMESTAMP(3), PRIMARY KEY (id) NOT ENFORCED, WATERMARK FOR ts AS ts
    ) WITH ('connector' = 'filesystem', 'path' = '${orders}', 'format' = 'changelog-json');
    CREATE TABLE customers (
      id BIGINT, region STRING, ts TIMESTAMP(3), PRIMARY KEY (id) NOT ENFORCED, WATERMARK FOR ts AS ts
    ) WITH ('connector' = 'filesystem', 'path' = '${customers}', 'format' = 'changelog-json');
    SELECT c.region, COUNT(*) AS orders, SUM(o.amount) AS total, MAX(o.id) AS newest
    FROM orders AS o LEFT JOIN customers AS c ON o.customer = c.id
    GROUP BY c.region;
  `
}

function expectedRows(): readonly string[] {
  const groups = new Map<string, { orders: number; total: number; newest: number }>()
  for (let id = 0; id < ORDERS; id++) {
    if (id % 4 < 2) continue
    const key = region(id % CUSTOMERS, VERSIONS)
    const group = groups.get(key) ?? { orders: 0, total: 0, newest: 0 }
    groups.set(key, { orders: group.orders + 1, total: group.total + (id % 100), newest: id })
  }
  return [...groups].map(([key, g]) => [key, g.orders, g.total, g.newest].join('|')).sort()
}

test.each(['memory', 'files'])(
  'a storm of retractions leaves exact results and bounded state, kept in %s',
  async kept => {
    const { program, query } = loadScript(await writeChanges(), {
      name: 'storm',
      connectors: createBuiltInRegistry(),
      settings: { ...(kept === 'files' && { stateDir: join(folder, 'state') }), epochMs: 50 },
    })
    if (!query) throw new Error('there is no query')
    const [sink] = explainQueryPlan(program, query.plan).sinks
    if (!sink) throw new Error('there is no sink')
    const counts = new Map<string, number>()
    let broken = 0
    let changes = 0
    let mostBuffered = 0
    const onChange = (kind: RowKindCode, row: Row) => {
      const text = row.join('|')
      const count = (counts.get(text) ?? 0) + ((kind & 1) === 1 ? -1 : 1)
      if (count < 0) broken++
      if (count === 0) counts.delete(text)
      else counts.set(text, count)
      if (changes++ % 1000 === 0) mostBuffered = Math.max(mostBuffered, run.job.bufferedBytes)
    }
    const run = await new EmbeddedRunner().start({
      ...program,
      sinks: [{ ...sink, table: { ...sink.table, attachment: { onChange } } }],
    })
    await run.finished

    expect([...counts.keys()].sort()).toEqual(expectedRows())
    expect(broken).toBe(0)
    // Orders that are left, customers, regions: nothing else stays.
    const entries = run.job.plan.operators.reduce((sum, o) => sum + o.stats().stateEntries, 0)
    expect(entries).toBe(ORDERS / 2 + CUSTOMERS + expectedRows().length)
    // All of it at once would be over 100 MB; what waits is the limit and what one record brings.
    expect(changes).toBeGreaterThan(ORDERS * VERSIONS * 2)
    expect(mostBuffered).toBeLessThan(20e6)
  },
)
