// Events a second of a query, beside a peer: the same topic, broker and cores, in turns.

import { type BenchResult, median, rounded } from '../src/bench-result.ts'
import { type Engine, type EngineResult, type EngineRun, measureEngine } from './engines.ts'
import type { Query } from './nexmark-sql.ts'
import type { KafkaBenchContext } from './context.ts'

export interface ThroughputComparison {
  readonly name: string
  readonly query: Query
  readonly peer: Exclude<Engine, 'millrace'>
  readonly guarantee?: 'exactly-once' | 'at-least-once'
}

const TARGET = 1.5
const OUT = 'bench-out'
/** As Kafka Streams commits exactly once, unless it is told otherwise. */
const COMMIT_MS = 100

/** @throws {Error} when the two do not read the same events, or write different numbers of rows */
export async function throughputBench(
  { name, query, peer, guarantee }: ThroughputComparison,
  { topics, bootstrap, events, repetitions, folder }: KafkaBenchContext,
): Promise<BenchResult> {
  const topic = await topics.events(events)
  const run: EngineRun = {
    ...{ query, bootstrap, topic, events, folder, commitMs: COMMIT_MS },
    ...(guarantee && { out: { topic: OUT, guarantee } }),
  }
  const results: Record<string, EngineResult[]> = { millrace: [], [peer]: [] }
  for (let i = 0; i < repetitions; i++) {
    const order: readonly Engine[] = i % 2 === 0 ? ['millrace', peer] : [peer, 'millrace']
    for (const engine of order) {
      if (guarantee) await topics.fresh(OUT)
      results[engine]?.push(await measureEngine(engine, run))
      if (guarantee) await topics.remove(OUT)
    }
  }
  const ours = results['millrace'] as readonly EngineResult[]
  const peers = results[peer] as readonly EngineResult[]
  for (const { events: read, rows = ours[0]?.rows } of [...ours, ...peers])
    if (read !== events || rows !== ours[0]?.rows)
      throw new Error(`${name}: ${rows} rows of ${read} events; ours ${ours[0]?.rows} of ${events}`)
  const perSecond = (r: EngineResult) => (r.events / r.wallMs) * 1000
  const ratios = ours.map((r, i) => (peers[i] as EngineResult).wallMs / r.wallMs)
  return {
    name,
    ours: median(ours.map(perSecond)),
    peer: median(peers.map(perSecond)),
    unit: 'events/s',
    ratio: median(ratios),
    target: TARGET,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    details: {
      peer,
      events,
      rows: ours[0]?.rows,
      repetitions,
      ratioOfCpuTime: rounded(median(ours.map((r, i) => (peers[i] as EngineResult).cpuS / r.cpuS))),
      ours: ours.map(figures),
      peers: peers.map(figures),
    },
  }
}

const figures = ({ wallMs, cpuS, peakRssBytes }: EngineResult) => ({
  wallS: rounded(wallMs / 1000),
  cpuS: rounded(cpuS),
  peakMB: Math.round(peakRssBytes / 1e6),
})
