// The Nexmark queries on Millrace, durable, beside a hand-written loop: alternating runs, each in a process of its own.

import { fileURLToPath } from 'node:url'
import type { BenchOptions } from '../bench-options.ts'
import { type BenchResult, median, rounded } from '../bench-result.ts'
import { runNode } from '../child-process.ts'
import { nexmarkFile } from './nexmark-file.ts'
import { type NexmarkMeasurement, readMeasurement } from './nexmark-measurement.ts'
import type { NexmarkQuery } from './nexmark-queries.ts'

const OURS = fileURLToPath(new URL('./run-millrace.ts', import.meta.url))
const HAND_WRITTEN = fileURLToPath(new URL('./run-hand-written.ts', import.meta.url))

/** @throws {Error} when the two give different numbers of rows */
export async function nexmarkBench(
  query: NexmarkQuery,
  { events, repetitions }: BenchOptions,
): Promise<BenchResult> {
  const path = await nexmarkFile(events)
  const ours: NexmarkMeasurement[] = []
  const peers: NexmarkMeasurement[] = []
  for (let i = 0; i < repetitions; i++) {
    // Whoever goes first takes turns, so that a slow stretch of the machine does not always meet the same one.
    const order = i % 2 === 0 ? [OURS, HAND_WRITTEN] : [HAND_WRITTEN, OURS]
    for (const script of order) {
      const measured = readMeasurement(await runNode([script, query, path]))
      ;(script === OURS ? ours : peers).push(measured)
    }
    const [a, b] = [ours[i], peers[i]]
    if (a?.rows !== b?.rows || a?.events !== b?.events)
      throw new Error(
        `nexmark ${query}: ${a?.rows} rows of ${a?.events} events, by hand ${b?.rows} of ${b?.events}`,
      )
  }
  const perSecond = (m: NexmarkMeasurement) => (m.events / m.wallMs) * 1000
  const ratios = ours.map((m, i) => (peers[i] as NexmarkMeasurement).wallMs / m.wallMs)
  return {
    name: `nexmark-${query}`,
    ours: median(ours.map(perSecond)),
    peer: median(peers.map(perSecond)),
    unit: 'events/s',
    ratio: median(ratios),
    target: 3,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    details: {
      events,
      rows: ours[0]?.rows,
      repetitions,
      ratioOfCpuTime: rounded(
        median(ours.map((m, i) => (peers[i] as NexmarkMeasurement).cpuMs / m.cpuMs)),
      ),
      oursWallMs: ours.map(m => Math.round(m.wallMs)),
      peerWallMs: peers.map(m => Math.round(m.wallMs)),
      oursCpuMs: ours.map(m => Math.round(m.cpuMs)),
      peerCpuMs: peers.map(m => Math.round(m.cpuMs)),
      oursPeakRssBytes: Math.max(...ours.map(m => m.peakRssBytes)),
      peerPeakRssBytes: Math.max(...peers.map(m => m.peakRssBytes)),
    },
  }
}
