// Field paths reach the decoder: statements over JSON give the same rows whether fields or whole objects are decoded.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { optimize } from '../../src/optimizer/optimize.ts'
import {
  createAggregate,
  createJoin,
  createScan,
  createUnion,
  createWatermark,
  createWindow,
} from '../../src/plan/create-node.ts'
import type { PlanNode } from '../../src/plan/node.ts'
import {
  aggregate,
  call,
  column,
  eventsTable,
  filter,
  project,
  rightColumn,
} from './plan-fixture.ts'
import { collect, runStatements } from './run-plan.ts'

const folder = mkdtempSync(join(tmpdir(), 'millrace-nested-'))
const path = join(folder, 'events.ndjson')
afterAll(() => rmSync(folder, { recursive: true }))

const bid = (i: number) => ({
  auction: i % 3,
  bidder: i,
  price: i * 10,
  extra: i % 2 === 0 ? null : { channel: `c${i}`, url: '…' },
})
const events = Array.from({ length: 24 }, (_, i) => ({
  kind: i % 4,
  person: i % 4 === 0 ? { id: i, name: `p${i}` } : null,
  bid: i % 4 === 0 ? null : bid(i),
  at: `2024-01-01 00:00:${String(i).padStart(2, '0')}`,
}))
writeFileSync(path, `${events.map(e => JSON.stringify(e)).join('\n')}\n`)

const options = [
  ['connector', 'filesystem'],
  ['path', path],
  ['format', 'json'],
] as const
const scan = createScan({ ...eventsTable, connector: 'filesystem', options: new Map(options) })
const timed = createWatermark(scan, 3, column(scan, 'at'))
const bids = filter(timed, call('>', column(timed, 'kind'), 0))

function perAuction(): PlanNode {
  const windowed = createWindow(timed, 3, { kind: 'tumble', sizeMs: 5000, offsetMs: 0 })
  const keys = ['window_start', 'window_end', 'bid.auction'].map(name => ({
    name,
    expression: column(windowed, name),
  }))
  const channel = column(windowed, 'bid.extra.channel')
  return createAggregate(windowed, keys, [aggregate('n', 'COUNT'), aggregate('c', 'MAX', channel)])
}

const sameAuction = call('=', column(bids, 'bid.auction'), rightColumn(bids, bids, 'bid.auction'))

const PLANS: Readonly<Record<string, PlanNode>> = {
  'a filter and projection': project(bids, 'bid.price', 'channel=bid.extra.channel'),
  'a windowed aggregation': perAuction(),
  'a join of both sides': project(
    createJoin('inner', bids, bids, sameAuction),
    'bid.price',
    'url=bid.extra.url',
  ),
  'a union': project(createUnion([timed, bids]), 'bid.bidder', 'person.name'),
}

describe('nested reads', () => {
  it.each(Object.keys(PLANS))('give the rows that whole objects give in %s', async name => {
    const plan = PLANS[name] as PlanNode
    for (const mode of ['streaming', 'batch'] as const) {
      const [whole, narrow] = [collect(plan), collect(plan)]
      await runStatements([whole.sink], mode)
      await runStatements(optimize([narrow.sink], { mode }), mode)
      expect(whole.result().length).toBeGreaterThan(5)
      expect(narrow.result()).toEqual(whole.result())
    }
  })
})
