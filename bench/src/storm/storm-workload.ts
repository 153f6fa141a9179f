// A storm of retractions: orders join customers whose region changes, so that each change takes back and gives anew the rows of all
// orders of a customer; then half of the orders go.

import { once } from 'node:events'
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CACHE = join(dirname(fileURLToPath(import.meta.url)), '../../.cache')
const ORDERS_PER_CUSTOMER = 1000
const REGIONS = 20

/** Changes with what is written, so that no files of another shape are taken for it. */
const SHAPE = 1

export interface StormFiles {
  readonly orders: string
  readonly customers: string
  /** Records in both. */
  readonly records: number
}

/** Writes the changes of as many orders, if they are not there yet. */
export async function stormFiles(orders: number): Promise<StormFiles> {
  mkdirSync(CACHE, { recursive: true })
  const path = (name: string) => join(CACHE, `storm-${name}-${orders}-v${SHAPE}.ndjson`)
  const customers = customersOf(orders)
  if (!existsSync(path('orders'))) await write(path('orders'), orderChanges(orders))
  if (!existsSync(path('customers'))) await write(path('customers'), customerChanges(orders))
  return {
    orders: path('orders'),
    customers: path('customers'),
    records: orders + orders / 2 + customers * 3,
  }
}

const customersOf = (orders: number): number => Math.ceil(orders / ORDERS_PER_CUSTOMER)
const customerOf = (order: number, orders: number): number => order % customersOf(orders)
const amountOf = (order: number): number => (order * 7919) % 1000
const regionOf = (customer: number, version: number): string =>
  `region-${(customer * 31 + version * 7) % REGIONS}`

/** Times keep the phases apart: customers come, then orders, then customers change, then orders go. */
const line = (op: string, second: number, data: Readonly<Record<string, unknown>>): string => {
  const at = new Date(Date.UTC(2024, 2, 1) + second * 1000).toISOString().slice(0, 19)
  return `${JSON.stringify({ op, data: { ...data, at_: at.replace('T', ' ') } })}\n`
}

function* orderChanges(orders: number): Generator<string> {
  const order = (id: number) => ({ id, customer: customerOf(id, orders), amount: amountOf(id) })
  for (let id = 0; id < orders; id++) yield line('+I', 10, order(id))
  for (let id = 0; id < orders; id += 2) yield line('-D', 30, order(id))
}

function* customerChanges(orders: number): Generator<string> {
  const customers = customersOf(orders)
  const customer = (id: number, version: number) => ({ id, region: regionOf(id, version) })
  for (let id = 0; id < customers; id++) yield line('+I', 0, customer(id, 0))
  for (let id = 0; id < customers; id++) {
    yield line('-U', 20, customer(id, 0))
    yield line('+U', 20, customer(id, 1))
  }
}

async function write(path: string, lines: Iterable<string>): Promise<void> {
  const file = createWriteStream(`${path}.unfinished`)
  let text = ''
  for (const one of lines) {
    text += one
    if (text.length < 1 << 20) continue
    if (!file.write(text)) await once(file, 'drain')
    text = ''
  }
  file.end(text)
  await once(file, 'finish')
  renameSync(`${path}.unfinished`, path)
}

export const stormScript = ({ orders, customers }: StormFiles): string => `
CREATE TABLE orders (
  id BIGINT, customer BIGINT, amount BIGINT, at_ TIMESTAMP(3), PRIMARY KEY (id) NOT ENFORCED,
  WATERMARK FOR at_ AS at_
) WITH ('connector' = 'filesystem', 'path' = '${orders}', 'format' = 'changelog-json');
CREATE TABLE customers (
  id BIGINT, region STRING, at_ TIMESTAMP(3), PRIMARY KEY (id) NOT ENFORCED, WATERMARK FOR at_ AS at_
) WITH ('connector' = 'filesystem', 'path' = '${customers}', 'format' = 'changelog-json');
SELECT c.region, COUNT(*) AS orders, SUM(o.amount) AS total
FROM orders AS o LEFT JOIN customers AS c ON o.customer = c.id
GROUP BY c.region;
`

/** The rows that must be left, computed by hand: `region|orders|total`. */
export function stormResult(orders: number): readonly string[] {
  const groups = new Map<string, { orders: number; total: number }>()
  for (let id = 1; id < orders; id += 2) {
    const region = regionOf(customerOf(id, orders), 1)
    const group = groups.get(region) ?? { orders: 0, total: 0 }
    group.orders++
    group.total += amountOf(id)
    groups.set(region, group)
  }
  return [...groups].map(([region, g]) => `${region}|${g.orders}|${g.total}`).sort()
}
