// Temporal joins with a view of the last row of each key: a batch finds the versions that a stream has seen.

import { expect, test } from 'vitest'
import { memory, Millrace, t } from '../../src/index.ts'

const at = (minute: number) => Date.UTC(2024, 2, 1, 12, minute)

test.each(['streaming', 'batch'] as const)(
  'each order meets the rate of its time, in %s mode',
  async mode => {
    const app = new Millrace('rates')
    app.table('orders', {
      source: memory([
        { id: 1, currency: 'EUR', ordered: at(1) },
        { id: 2, currency: 'EUR', ordered: at(5) },
        { id: 3, currency: 'YEN', ordered: at(6) },
        { id: 4, currency: 'EUR', ordered: at(12) },
      ]),
      schema: { id: t.int(), currency: t.string(), ordered: t.timestamp() },
      watermark: { column: 'ordered', delay: '0s' },
    })
    app.table('rates', {
      source: memory([
        { currency: 'EUR', rate: 110, since: at(2) },
        { currency: 'EUR', rate: 120, since: at(10) },
        { currency: 'USD', rate: 100, since: at(11) },
      ]),
      schema: { currency: t.string(), rate: t.int(), since: t.timestamp() },
      watermark: { column: 'since', delay: '0s' },
    })
    const query = app.sql<{ id: number; rate: number | null }>`
      WITH latest AS (
        SELECT currency, rate, since FROM (
          SELECT *, ROW_NUMBER() OVER (PARTITION BY currency ORDER BY since DESC) AS n FROM rates
        ) WHERE n = 1
      )
      SELECT o.id, l.rate FROM orders AS o
      LEFT JOIN latest FOR SYSTEM_TIME AS OF o.ordered AS l ON o.currency = l.currency`
    const rows = await query.collect({ mode })
    expect(rows.toSorted((a, b) => a.id - b.id)).toEqual([
      { id: 1, rate: null },
      { id: 2, rate: 110 },
      { id: 3, rate: null },
      { id: 4, rate: 120 },
    ])
  },
)
