// Durable commits of random dirty keys: latency while the store is large, cold reads, full scans, recovery.
//
//     npx node bench/commit/commit-bench.ts [--keys 5000000] [--dirty 60000] [--epochs 60] [--peers FOLDER] [--only NAME] [--json FILE]
//
// `--peers` names a folder in which `npm i classic-level lmdb` was run; what is missing there is left out and said so.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { type Candidate, levelCandidate, lmdbCandidate, millraceCandidate } from './candidates.ts'
import { quantile, randomNumbers } from './workload.ts'

const { values: options } = parseArgs({
  options: {
    keys: { type: 'string', default: '5000000' },
    dirty: { type: 'string', default: '60000' },
    epochs: { type: 'string', default: '60' },
    interval: { type: 'string', default: '200' },
    peers: { type: 'string', default: '.' },
    only: { type: 'string', default: '' },
    folder: { type: 'string', default: '.' },
    json: { type: 'string' },
  },
})

const keys = Number(options.keys)
const dirty = Number(options.dirty)
const epochs = Number(options.epochs)
const intervalMs = Number(options.interval)
const folder = mkdtempSync(join(resolve(options.folder), '.commit-bench-'))
const results: Record<string, unknown>[] = []
try {
  const peers = resolve(options.peers)
  const candidates = [
    millraceCandidate(join(folder, 'millrace')),
    levelCandidate(join(folder, 'level'), peers),
    lmdbCandidate(join(folder, 'lmdb'), peers),
  ]
  for (const candidate of candidates) {
    if (!candidate) console.log('a peer is not installed and left out')
    else if (candidate.name.includes(options.only)) results.push(await measure(candidate))
  }
  console.table(results)
  if (options.json) writeFileSync(options.json, `${JSON.stringify(results, undefined, 2)}\n`)
} finally {
  rmSync(folder, { recursive: true })
}

async function measure(candidate: Candidate): Promise<Record<string, unknown>> {
  await candidate.open()
  const loadS = await timed(async () => {
    for (let at = 0; at < keys; at += 250_000) {
      const count = Math.min(250_000, keys - at)
      await candidate.commit(
        Array.from({ length: count }, (_, i) => at + i),
        0,
      )
    }
    await candidate.settle()
  })
  const random = randomNumbers(42)
  const commitMs: number[] = []
  const writeMs: number[] = []
  const delay = monitorEventLoopDelay({ resolution: 1 })
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const indexes = Array.from({ length: dirty }, () => random() % keys)
    delay.enable()
    const started = performance.now()
    writeMs.push(await candidate.commit(indexes, epoch))
    commitMs.push(performance.now() - started)
    delay.disable()
    await new Promise(done => setTimeout(done, Math.max(0, intervalMs - (commitMs.at(-1) ?? 0))))
  }
  // Recovery finds the log as the last commit left it.
  await candidate.close()
  const openS = await timed(() => candidate.open())
  let scanned = 0
  const scanS = await timed(async () => {
    scanned = await candidate.scan()
  })
  const wanted = Array.from({ length: dirty }, () => random() % keys)
  let found = 0
  const readS = await timed(async () => {
    found = await candidate.readMany(wanted)
  })
  await candidate.close()
  if (scanned !== keys || found !== wanted.length)
    throw new Error(`${candidate.name}: ${scanned} of ${keys} scanned, ${found} of ${dirty} found`)
  return {
    candidate: candidate.name,
    commitP50Ms: quantile(commitMs, 0.5),
    commitP99Ms: quantile(commitMs, 0.99),
    writeP50Ms: quantile(writeMs, 0.5),
    writeP99Ms: quantile(writeMs, 0.99),
    longestStallMs: Math.round(delay.max / 1e5) / 10,
    loadS: round(loadS),
    openS: round(openS),
    scanEntriesPerS: Math.round(keys / scanS),
    coldReadsPerS: Math.round(dirty / readS),
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return (performance.now() - started) / 1000
}

function round(seconds: number): number {
  return Math.round(seconds * 100) / 100
}
