// Recovery of a query with a million keys: from starting the command again on its state to the first row of new input.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchOptions } from './bench-options.ts'
import { type BenchResult, median } from './bench-result.ts'
import { firstRowMs } from './first-row.ts'

const LIMIT_MS = 1000
const LINES_A_FILE = 250_000

const TABLE = `CREATE TABLE payments (account STRING, amount BIGINT, weight DOUBLE)
WITH ('connector' = 'filesystem', 'path' = 'payments/*.ndjson', 'format' = 'json');
`

/** Queries by what they keep for each key. */
const QUERIES: Readonly<Record<string, string>> = {
  aggregate:
    'SELECT account, COUNT(*) AS n, SUM(amount) AS total, AVG(weight) AS mean FROM payments GROUP BY account;',
  deduplicate: `SELECT account, amount, weight FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY account ORDER BY PROCTIME() DESC) AS n FROM payments) WHERE n = 1;`,
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
    writePayments(folder, keys)
    writeFileSync(join(folder, 'query.sql'), TABLE + query)
    const start = () => firstRowMs(folder, ['--state-dir', 'state'])
    await start()
    const figures: number[] = []
    for (let i = 0; i < repetitions; i++) {
      // Known keys all over the key groups, and a new one.
      const lines = Array.from({ length: 100 }, (_, n) => payment((n * 7919 + i) % keys))
      writeFileSync(
        join(folder, 'payments', `new-${i}.ndjson`),
        [...lines, payment(keys + i)].join(''),
      )
      figures.push(await start())
    }
    return figures
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function writePayments(folder: string, keys: number): void {
  mkdirSync(join(folder, 'payments'))
  for (let from = 0; from < keys; from += LINES_A_FILE) {
    const lines = Array.from({ length: Math.min(LINES_A_FILE, keys - from) }, (_, i) =>
      payment(from + i),
    )
    const name = `all-${String(from).padStart(9, '0')}.ndjson`
    writeFileSync(join(folder, 'payments', name), lines.join(''))
  }
}

const payment = (account: number) =>
  `{"account":"account-${account}","amount":${account % 1000},"weight":${account / 8}}\n`
