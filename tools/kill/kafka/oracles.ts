// What the programs must have written, computed from what their topics hold: in plain JS, and by DuckDB.

import { openWarehouse } from '../../../packages/duckdb/src/warehouse.ts'
import { type CardEvent, END_MS } from './events.ts'

/** By topic. */
export type Inputs = ReadonlyMap<string, readonly CardEvent[]>

export interface Expectation {
  readonly plain: (inputs: Inputs) => string[]
  /** One text column. */
  readonly sql: string
}

const WINDOW_MS = 1_000
const JOIN_MS = 2_000

/** An output row as text; `ends` in epoch ms. */
export const rowText = (
  card: string,
  ends: number,
  n: number,
  total: number,
  ids: number,
): string => [card, ends, n, total, ids].join('|')

const ROW = (
  ...columns: readonly [card: string, ends: string, n: string, total: string, ids: string]
): string => `concat_ws('|', ${columns.join(', ')})`

export const expectedWindows: Expectation = {
  plain(inputs) {
    const totals = new Map<
      string,
      { card: string; ends: number; n: number; total: number; ids: number }
    >()
    for (const { id, card, amount, at } of inputs.get('payments') ?? []) {
      if (at === END_MS) continue
      const ends = at - (at % WINDOW_MS) + WINDOW_MS
      const key = `${card} ${ends}`
      const found = totals.get(key) ?? { card, ends, n: 0, total: 0, ids: 0 }
      totals.set(key, found)
      found.n++
      found.total += amount
      found.ids += id
    }
    return [...totals.values()].map(t => rowText(t.card, t.ends, t.n, t.total, t.ids))
  },
  sql: `SELECT ${ROW('card', 'ends', 'n', 'total', 'ids')} FROM (
    SELECT card, (ms // ${WINDOW_MS} + 1) * ${WINDOW_MS} AS ends, count(*) AS n,
      sum(amount)::BIGINT AS total, sum(id)::BIGINT AS ids
    FROM payments WHERE ms <> ${END_MS} GROUP BY ALL)`,
}

export const expectedJoin: Expectation = {
  plain(inputs) {
    const payments = Map.groupBy(inputs.get('payments') ?? [], p => p.id)
    return (inputs.get('orders') ?? []).flatMap(o =>
      (payments.get(o.id) ?? [])
        .filter(p => p.at >= o.at && p.at <= o.at + JOIN_MS)
        .map(p => rowText(o.card, p.at, o.id, o.amount + p.amount, p.id)),
    )
  },
  sql: `SELECT ${ROW('o.card', 'p.ms', 'o.id', 'o.amount + p.amount', 'p.id')}
    FROM orders AS o JOIN payments AS p ON o.id = p.id AND p.ms BETWEEN o.ms AND o.ms + ${JOIN_MS}`,
}

/**
 * The rows by both, sorted.
 *
 * @param file of DuckDB, not there yet
 * @throws when they differ: then one of the oracles is wrong
 */
export async function expectedRows(
  expectation: Expectation,
  inputs: Inputs,
  file: string,
): Promise<string[]> {
  const plain = expectation.plain(inputs).toSorted()
  const bySql = (await rowsOfDuckDb(expectation.sql, inputs, file)).toSorted()
  const at = plain.findIndex((row, i) => row !== bySql[i])
  if (at >= 0 || plain.length !== bySql.length)
    throw new Error(
      `the oracles differ: ${plain.length} rows by plain JS, ${bySql.length} by DuckDB; ${plain[at]} and ${bySql[at]}`,
    )
  return plain
}

async function rowsOfDuckDb(sql: string, inputs: Inputs, file: string): Promise<string[]> {
  const warehouse = await openWarehouse(file)
  try {
    for (const [topic, events] of inputs)
      await warehouse.transaction(async connection => {
        await connection.run(
          `CREATE TABLE ${topic} (id BIGINT, card VARCHAR, amount BIGINT, ms BIGINT)`,
        )
        const appender = await connection.createAppender(topic)
        for (const { id, card, amount, at } of events) {
          appender.appendBigInt(BigInt(id))
          appender.appendVarchar(card)
          appender.appendBigInt(BigInt(amount))
          appender.appendBigInt(BigInt(at))
          appender.endRow()
        }
        appender.closeSync()
      })
    const rows = await warehouse.query(`SELECT * FROM (${sql}) AS rows (row)`)
    return rows.map(r => String(r['row']))
  } finally {
    await warehouse.close()
  }
}
