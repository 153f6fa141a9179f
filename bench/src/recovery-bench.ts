// Recovery of a query with a million keys: from starting the command again on its state to the first row of new input.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchOptions } from './bench-options.ts'
import { type BenchResult, median } from './bench-result.ts'
import { firstRowMs } from './first-row.ts'

const LIMIT_MS = 1000
const LINES_A_FILE = 250_000

const TABLES = `CREATE TABLE payments (account STRING, amount BIGINT, weight DOUBLE)
WITH ('connector' = 'filesystem', 'path' = 'payments/*.ndjson', 'format' = 'json');
CREATE TABLE visits (account STRING, page STRING)
WITH ('connector' = 'filesystem', 'path' = 'visits/*.ndjson', 'format' = 'json');
`

/** Queries by what they keep for each key. */
const QUERIES: Readonly<Record<string, string>> = {
  aggregate:
    'SELECT account, COUNT(*) AS n, SUM(amount) AS total, AVG(weight) AS mean FROM payments GROUP BY account;',
  deduplicate: `SELECT account, amount, weight FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY account ORDER BY PROCTIME() DESC) AS n FROM payments) WHERE n = 1;`,
  join: 'SELECT p.account, p.amount, v.page FROM payments AS p JOIN visits AS v ON p.account = v.account;',
}

/** @throws {Error} when the command fails or prints nothing */
export async function recoveryBench({ quick, repetitions }: BenchOptions): Promise<BenchResult> {
  const keys = quick ? 20_000 : 1_000_000
  const details: Record<string, unknown> = { limitMs: LIMIT_MS, keys }
  let aggregate: readonly number[] = []
  for (const [name, query] of Object.entries(QUERIES)) {
    const figures = await recoveries(query, keys, repetitions)
    details[`${name}Ms`] = figures.map(Math.round)
    if (name === 'aggregate') aggregate = figures
  }
  const ours = median(aggregate)
  return {
    name: 'recovery',
    ours,
    unit: 'ms to the first new row',
    ratio: LIMIT_MS / ours,
    target: 1,
    spread: [Math.min(...aggregate), Math.max(...aggregate)],
    details,
  }
}

async function recoveries(query: string, keys: number, repetitions: number): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-recovery-'))
  try {
    writeTables(folder, keys)
    writeFileSync(join(folder, 'query.sql'), TABLES + query)
    const start = () => firstRowMs(folder, ['--state-dir', 'state'])
    await start()
    const figures: number[] = []
    for (let i = 0; i < repetitions; i++) {
      // Known keys all over the key groups, and a new one.
      const known = Array.from({ length: 100 }, (_, n) => (n * 7919 + i) % keys)
      write(folder, 'payments', `new-${i}`, [...known, keys + i].map(payment))
      write(folder, 'visits', `new-${i}`, known.map(visit))
      figures.push(await start())
    }
    return figures
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function writeTables(folder: string, keys: number): void {
  write(folder, 'visits', 'all', [visit(0)])
  for (let from = 0; from < keys; from += LINES_A_FILE) {
    const accounts = Array.from({ length: Math.min(LINES_A_FILE, keys - from) }, (_, i) => from + i)
    write(folder, 'payments', `all-${String(from).padStart(9, '0')}`, accounts.map(payment))
  }
}

function write(folder: string, table: string, name: string, lines: readonly string[]): void {
  mkdirSync(join(folder, table), { recursive: true })
  writeFileSync(join(folder, table, `${name}.ndjson`), lines.join(''))
}

const payment = (account: number) =>
  `{"account":"account-${account}","amount":${account % 1000},"weight":${account / 8}}\n`

const visit = (account: number) => `{"account":"account-${account}","page":"start"}\n`
