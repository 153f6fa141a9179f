// Compares a warehouse and its alerts with what the oracle computes from the raw tables.

import { DuckDBInstance } from '@duckdb/node-api'
import { EXPECTED, oracleViews } from './oracle.ts'
import type { FlightPaths } from './pipeline.ts'
import type { FeedCounts } from './prepare.ts'

export interface Comparison {
  readonly table: string
  readonly rows: number
  readonly missing: number
  readonly extra: number
  /** Some rows that differ, as text. */
  readonly samples: readonly string[]
}

/** One result per table; equal when nothing is missing and nothing extra. The warehouse must not be in use. */
export async function compareWithOracle(
  paths: FlightPaths,
  counts: FeedCounts,
): Promise<readonly Comparison[]> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const text = (sql: string) => sql.replaceAll("'", "''")
  try {
    await connection.run("SET TimeZone = 'UTC'")
    for (const view of oracleViews(paths.data)) await connection.run(view)
    await connection.run(`ATTACH '${text(paths.warehouse)}' AS warehouse (READ_ONLY)`)
    await connection.run(
      `CREATE VIEW alerts_file AS SELECT origin, CAST("at" AS TIMESTAMP) AS "at", state, mean_delay_min, flights
       FROM read_json('${text(paths.alerts)}', format = 'newline_delimited')`,
    )
    const results: Comparison[] = []
    for (const [table, query] of Object.entries(EXPECTED)) {
      const found = table === 'alerts' ? 'alerts_file' : `warehouse.${table}`
      results.push(await compare(table, query, found))
    }
    results.push(await compareRaw(counts))
    return results
  } finally {
    connection.closeSync()
    instance.closeSync()
  }

  async function compare(table: string, query: string, found: string): Promise<Comparison> {
    await connection.run(`CREATE OR REPLACE TEMP TABLE expected AS ${query}`)
    const columns = await columnsOf('expected')
    // Means are sums of the same numbers in another order: compared to nine digits.
    const list = columns
      .map(c => (c === 'mean_delay_min' ? `round(${c}, 6) AS ${c}` : `"${c}"`))
      .join(', ')
    const differs = (a: string, b: string) =>
      `(SELECT ${list} FROM ${a}) EXCEPT ALL (SELECT ${list} FROM ${b})`
    const [rows, missing, extra] = [
      await number(`SELECT count(*) FROM ${found}`),
      await number(`SELECT count(*) FROM (${differs('expected', found)})`),
      await number(`SELECT count(*) FROM (${differs(found, 'expected')})`),
    ]
    const samples = [
      ...(await texts(
        `SELECT 'missing ' || CAST(x AS VARCHAR) FROM (${differs('expected', found)} LIMIT 3) AS x`,
      )),
      ...(await texts(
        `SELECT 'extra ' || CAST(x AS VARCHAR) FROM (${differs(found, 'expected')} LIMIT 3) AS x`,
      )),
    ]
    return { table, rows, missing, extra, samples }
  }

  /** The raw table holds every copy that was delivered. */
  async function compareRaw(feed: FeedCounts): Promise<Comparison> {
    const rows = await number('SELECT count(*) FROM warehouse.raw_events')
    const distinct = await number(
      'SELECT count(DISTINCT (kind, flight_id)) FROM warehouse.raw_events',
    )
    const events = feed.departures + feed.arrivals + feed.cancelled
    const missing = Math.max(0, events + feed.duplicates - rows) + Math.max(0, events - distinct)
    return {
      table: 'raw_events',
      rows,
      missing,
      extra: Math.max(0, rows - events - feed.duplicates),
      samples: [],
    }
  }

  async function columnsOf(table: string): Promise<string[]> {
    return texts(`SELECT column_name FROM (DESCRIBE ${table})`)
  }
  async function number(sql: string): Promise<number> {
    return Number((await connection.runAndReadAll(sql)).getRows()[0]?.[0] ?? 0)
  }
  async function texts(sql: string): Promise<string[]> {
    return (await connection.runAndReadAll(sql)).getRows().map(r => String(r[0]))
  }
}
