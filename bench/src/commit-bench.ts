// Durable commits of many random keys beside a store that writes each key: runs bench/commit, keeps its figures.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchOptions } from './bench-options.ts'
import type { BenchResult } from './bench-result.ts'
import { runNode } from './child-process.ts'

const SCRIPT = fileURLToPath(new URL('../commit/commit-bench.ts', import.meta.url))
const BENCH = fileURLToPath(new URL('..', import.meta.url))
const LIMIT_MS = 200

interface CommitFigures {
  readonly candidate: string
  readonly commitP50Ms: number
  readonly commitP99Ms: number
}

export async function commitBench({ quick }: BenchOptions): Promise<BenchResult> {
  const folder = mkdtempSync(join(BENCH, '.commit-figures-'))
  try {
    const json = join(folder, 'figures.json')
    const size = quick
      ? ['--keys', '200000', '--dirty', '10000', '--epochs', '5']
      : ['--keys', '5000000', '--dirty', '60000', '--epochs', '60']
    await runNode([SCRIPT, ...size, '--folder', folder, '--peers', BENCH, '--json', json])
    const all = JSON.parse(readFileSync(json, 'utf8')) as readonly CommitFigures[]
    const ours = all.find(c => c.candidate.startsWith('millrace')) as CommitFigures
    const peer = all
      .filter(c => c !== ours)
      .toSorted((a, b) => a.commitP99Ms - b.commitP99Ms)
      .at(0)
    return {
      name: 'commit',
      ours: ours.commitP99Ms,
      ...(peer && { peer: peer.commitP99Ms }),
      unit: 'ms p99 per epoch',
      ratio: (peer?.commitP99Ms ?? LIMIT_MS) / ours.commitP99Ms,
      target: 1,
      spread: [ours.commitP50Ms, ours.commitP99Ms],
      details: { limitMs: LIMIT_MS, candidates: all },
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
