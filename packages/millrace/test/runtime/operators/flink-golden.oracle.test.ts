// Operators over the conformance suite's data give the rows that real Flink gave.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DeduplicateOperator } from '../../../src/runtime/operators/ranks/deduplicate-operator.ts'
import {
  IntervalJoinOperator,
  type IntervalSide,
} from '../../../src/runtime/operators/joins/interval-join-operator.ts'
import { createJoinKey, type JoinKey } from '../../../src/runtime/operators/joins/join-key.ts'
import { OverOperator } from '../../../src/runtime/operators/over/over-operator.ts'
import { TemporalJoinOperator } from '../../../src/runtime/operators/joins/temporal-join-operator.ts'
import { WindowJoinOperator } from '../../../src/runtime/operators/windows/window-join-operator.ts'
import { type DataType, notNull, types } from '../../../src/types/data-type.ts'
import type { Row, Value } from '../../../src/types/value.ts'
import { OperatorHarness } from './operator-harness.ts'

type Json = Readonly<Record<string, Value>>

const OPEN = new URL('../../../../../conformance/open/', import.meta.url)
const lines = (path: string): Json[] =>
  readFileSync(new URL(path, OPEN), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Json)

const ms = (text: Value | undefined) =>
  typeof text === 'string' ? Date.parse(`${text.replace(' ', 'T')}Z`) : null

/** The columns of a data file; `ts` as epoch ms. */
const load = (file: string, columns: readonly string[]): Row[] =>
  lines(`data/${file}`).map(r => columns.map(c => (c === 'ts' ? ms(r[c]) : (r[c] ?? null))))

/** Flink's rows of a case, as sorted texts of some columns. */
const golden = (name: string, columns: readonly string[]): string[] =>
  lines(`golden/semantics/${name}.streaming.ndjson`)
    .slice(1)
    .map(r => columns.map(c => (/^(ts|[os]ts|ws)$/.test(c) ? ms(r[c]) : r[c])).join('|'))
    .toSorted()

const text = (harness: OperatorHarness, pick: (row: Row) => Row): string[] =>
  harness.output.map(c => pick(c.row).join('|')).toSorted()

const keyOn = (column: number, type: DataType, nullSafe = false): JoinKey =>
  createJoinKey([type], [nullSafe], row => [row[column] as Value])

/** Feeds rows of two files in turn, the time in the last column, with a watermark after every row; crashes now and then. */
function feed(harness: OperatorHarness, inputs: readonly { rows: Row[]; delayMs: number }[]): void {
  const most = Math.max(...inputs.map(i => i.rows.length))
  for (let i = 0; i < most; i++) {
    inputs.forEach(({ rows, delayMs }, input) => {
      const row = rows[i]
      if (!row) return
      harness.send(input, '+I', ...row)
      harness.watermark((row.at(-1) as number) - delayMs, input)
    })
    if (i % 17 === 16) harness.crash()
  }
  harness.end()
}

const timeOf = (row: Row) => row.at(-1) as number

describe('as Flink answers', () => {
  it('an OVER of a time range, late rows dropped', () => {
    const rows = load('orders.ndjson', ['order_id', 'product', 'ts'])
    const harness = new OperatorHarness(
      place =>
        new OverOperator({
          place,
          key: keyOn(1, types.string, true),
          rowTypes: [types.bigint, types.string, types.timestamp(3)],
          time: 'event',
          timeOf,
          unit: 'range',
          preceding: 30_000,
          aggregates: {
            fieldTypes: [notNull(types.bigint)],
            fresh: () => ({ count: 0 }),
            accumulate: a => void (a as { count: number }).count++,
            results: a => [(a as { count: number }).count],
            fieldsOf: a => [(a as { count: number }).count],
            restore: ([count]) => ({ count }),
          },
        }),
    )
    feed(harness, [{ rows, delayMs: 5_000 }])
    expect(text(harness, row => row)).toEqual(
      golden('over-range', ['order_id', 'product', 'ts', 'c']),
    )
    expect(harness.operator.stats().recordsIn).toBeGreaterThan(0)
  })

  it('the first row of each key by event time', () => {
    const rows = load('orders.ndjson', ['product', 'order_id', 'ts'])
    const harness = new OperatorHarness(
      place =>
        new DeduplicateOperator({
          place,
          key: keyOn(0, types.string, true),
          rowTypes: [types.string, types.bigint, types.timestamp(3)],
          keep: 'first',
          timeOf,
          withRank: false,
          emitsUpdateBefore: true,
        }),
    )
    feed(harness, [{ rows, delayMs: 5_000 }])
    expect(text(harness, row => row)).toEqual(golden('dedup-first', ['product', 'order_id', 'ts']))
  })

  it('a left interval join', () => {
    const side = (key: JoinKey): IntervalSide => ({
      key,
      rowTypes: [types.bigint, types.bigint, types.timestamp(3)],
      timeOf,
    })
    const harness = new OperatorHarness(
      place =>
        new IntervalJoinOperator({
          place,
          join: 'left',
          left: side(keyOn(0, types.bigint)),
          right: side(keyOn(1, types.bigint)),
          matches: () => true,
          lowerMs: -60_000,
          upperMs: 120_000,
        }),
      2,
    )
    feed(harness, [
      { rows: load('orders.ndjson', ['order_id', 'customer_id', 'ts']), delayMs: 120_000 },
      { rows: load('shipments.ndjson', ['ship_id', 'order_id', 'ts']), delayMs: 1_000 },
    ])
    expect(text(harness, ([id, , ots, ship, , sts]) => [id, ship, ots, sts] as Row)).toEqual(
      golden('join-interval-left', ['order_id', 'ship_id', 'ots', 'sts']),
    )
  })

  it('a temporal join with versions', () => {
    const side: IntervalSide = {
      key: keyOn(1, types.string),
      rowTypes: [types.string, types.string, types.timestamp(3)],
      timeOf,
    }
    const harness = new OperatorHarness(
      place =>
        new TemporalJoinOperator({
          place,
          join: 'inner',
          left: side,
          right: side,
          matches: () => true,
        }),
      2,
    )
    const strings = (rows: Row[]) => rows.map(([a, b, ts]) => [String(a), b, ts] as Row)
    feed(harness, [
      { rows: strings(load('payments.ndjson', ['pay_id', 'currency', 'ts'])), delayMs: 0 },
      { rows: strings(load('rates.ndjson', ['rate', 'currency', 'ts'])), delayMs: 0 },
    ])
    const rate = (value: Value | undefined) => Number(value)
    expect(text(harness, ([id, currency, , r]) => [id, currency, rate(r)] as Row)).toEqual(
      lines('golden/semantics/join-temporal.streaming.ndjson')
        .slice(1)
        .map(r => [r['pay_id'], r['currency'], rate(r['rate'])].join('|'))
        .toSorted(),
    )
  })

  it('an inner window join', () => {
    const end = (row: Row) => (Math.floor(timeOf(row) / 20_000) + 1) * 20_000
    const side = {
      key: createJoinKey([types.int, types.timestamp(3)], [false, false], row => [
        row[1] as Value,
        end(row),
      ]),
      rowTypes: [types.bigint, types.int, types.timestamp(3)],
      endOf: end,
    }
    const harness = new OperatorHarness(
      place =>
        new WindowJoinOperator({
          place,
          join: 'inner',
          left: side,
          right: side,
          timerMs: e => e - 1,
          matches: () => true,
        }),
      2,
    )
    feed(harness, [
      { rows: load('clicks.ndjson', ['click_id', 'user_id', 'ts']), delayMs: 1_000 },
      { rows: load('impressions.ndjson', ['imp_id', 'user_id', 'ts']), delayMs: 1_000 },
    ])
    expect(
      text(harness, row => [row[0], row[3], row[1], row[4], end(row.slice(0, 3)) - 20_000] as Row),
    ).toEqual(golden('win-join-inner', ['click_id', 'imp_id', 'cu', 'iu', 'ws']))
  })
})
