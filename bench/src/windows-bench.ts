// Overlapping windows beside tumbling ones: an hour every minute must cost about what a window a minute does, for both are put
// together from slices of a minute, and each slice is taken into a window once.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnectors, embeddedRunner, loadScript } from '../../packages/millrace/src/index.ts'
import type { BenchOptions } from './bench-options.ts'
import { type BenchResult, median } from './bench-result.ts'

const KEYS = 200
/** The events are of six hours. */
const SPAN_MS = 6 * 3_600_000

const MINUTE = "INTERVAL '1' MINUTE"
const HOUR = "INTERVAL '1' HOUR"
const WINDOWS = {
  tumble: `TUMBLE(TABLE t, DESCRIPTOR(ts), ${MINUTE})`,
  hop: `HOP(TABLE t, DESCRIPTOR(ts), ${MINUTE}, ${HOUR})`,
  cumulate: `CUMULATE(TABLE t, DESCRIPTOR(ts), ${MINUTE}, ${HOUR})`,
}

/** Processor time of COUNT and SUM by 200 keys over a TUMBLE of a minute, in terms of that over a HOP of an hour every minute. */
export async function windowsBench({ quick, repetitions }: BenchOptions): Promise<BenchResult> {
  const events = quick ? 100_000 : 1_000_000
  const folder = mkdtempSync(join(tmpdir(), 'millrace-windows-'))
  try {
    const path = join(folder, 'in.ndjson')
    writeFileSync(path, eventsText(events))
    const run = (window: keyof typeof WINDOWS) => millisecondsOf(path, WINDOWS[window])
    for (const window of ['tumble', 'hop', 'cumulate'] as const) await run(window)
    const runs: { tumble: number; hop: number; cumulate: number }[] = []
    for (let i = 0; i < Math.max(3, repetitions); i++)
      runs.push({
        tumble: await run('tumble'),
        hop: await run('hop'),
        cumulate: await run('cumulate'),
      })
    const ratios = runs.map(r => r.tumble / r.hop)
    return {
      name: 'windows',
      ours: median(runs.map(r => r.hop)),
      peer: median(runs.map(r => r.tumble)),
      unit: `ms for HOP over ${events} events`,
      ratio: median(ratios),
      target: 0.7,
      spread: [Math.min(...ratios), Math.max(...ratios)],
      details: { events, keys: KEYS, cumulateMs: median(runs.map(r => r.cumulate)) },
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function eventsText(events: number): string {
  const lines = Array.from({ length: events }, (_, i) => {
    const at = new Date(1_700_000_000_000 + Math.floor((i * SPAN_MS) / events)).toISOString()
    const ts = at.replace('T', ' ').replace('Z', '')
    return `{"k":${(i * 7919) % KEYS},"v":${i % 100},"ts":"${ts}"}\n`
  })
  return lines.join('')
}

async function millisecondsOf(path: string, window: string): Promise<number> {
  const { program } = loadScript(
    `CREATE TABLE t (k INT, v INT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
     WITH ('connector' = 'filesystem', 'path' = '${path}', 'format' = 'json');
     CREATE TABLE o (k INT, e TIMESTAMP(3), n BIGINT, s INT) WITH ('connector' = 'blackhole');
     INSERT INTO o SELECT k, window_end, COUNT(*), SUM(v) FROM ${window}
     GROUP BY window_start, window_end, k;`,
    { name: 'windows', connectors: createConnectors() },
  )
  const before = process.cpuUsage()
  const run = await embeddedRunner.start(program)
  const { rowsWritten } = await run.finished
  const { user, system } = process.cpuUsage(before)
  if (rowsWritten < KEYS) throw new Error(`only ${rowsWritten} windows were given`)
  return (user + system) / 1000
}
