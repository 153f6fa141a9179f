// From starting the command `millrace` to the first row of a query's output, with what is built.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchOptions } from './bench-options.ts'
import { type BenchResult, median } from './bench-result.ts'
import { firstRowMs } from './first-row.ts'

const LIMIT_MS = 500

const SCRIPT = `
CREATE TABLE orders (id BIGINT, product STRING, price DECIMAL(10, 2), ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
WITH ('connector' = 'filesystem', 'path' = 'orders.ndjson', 'format' = 'json');
SELECT product, COUNT(*) AS n, SUM(price) AS total FROM orders WHERE price > 1 GROUP BY product;
`

/** @throws {Error} when the command fails or prints nothing */
export async function startupBench({ quick }: BenchOptions): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-startup-'))
  try {
    const rows = Array.from(
      { length: 100 },
      (_, i) =>
        `{"id":${i},"product":"p${i % 7}","price":${i}.5,"ts":"2026-01-01 00:00:${String(i % 60).padStart(2, '0')}.000"}`,
    )
    writeFileSync(join(folder, 'orders.ndjson'), `${rows.join('\n')}\n`)
    writeFileSync(join(folder, 'query.sql'), SCRIPT)
    // The first start fills V8's compile cache, as it does for users.
    const first = await firstRowMs(folder)
    const figures: number[] = []
    for (let i = 0; i < (quick ? 3 : 15); i++) figures.push(await firstRowMs(folder))
    const ours = median(figures)
    return {
      name: 'startup',
      ours,
      unit: 'ms to the first row',
      ratio: LIMIT_MS / ours,
      target: 1,
      spread: [Math.min(...figures), Math.max(...figures)],
      details: {
        limitMs: LIMIT_MS,
        firstStartMs: Math.round(first),
        figuresMs: figures.map(Math.round),
      },
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
