// How long a bid takes from topic to topic at a rate that leaves all engines idle most of the time, from when it was due to be sent.

import { setTimeout as sleep } from 'node:timers/promises'
import { type BenchResult, median, rounded } from '../src/bench-result.ts'
import type { KafkaBenchContext } from './context.ts'
import { type Engine, type Guarantee, startEngine } from './engines.ts'
import { javaCommand } from './java-peers.ts'
import { startMeasured, type Usage } from './measured-process.ts'

/** Percentiles in ms. */
interface Latency {
  readonly count: number
  readonly p50: number
  readonly p90: number
  readonly p99: number
  readonly p999: number
  readonly max: number
}

const IN = 'bench-latency-in'
const OUT = 'bench-latency-out'
const RATE = 1_000
const WARM_UP_S = 10
/** For all, where they commit. */
const COMMIT_MS = 100
const SETTLE_MS = 3_000
/** At least once, on a quiet machine. */
const LIMIT_MS = 10

const ENGINES: readonly Engine[] = ['millrace', 'streams', 'flink']

export async function latencyBench(
  guarantee: Guarantee,
  context: KafkaBenchContext,
): Promise<BenchResult> {
  const floor = [await probeOf(context, IN)]
  const all = new Map<Engine, (Latency & Usage)[]>(ENGINES.map(engine => [engine, []]))
  for (let i = 0; i < context.repetitions; i++)
    for (const engine of i % 2 === 0 ? ENGINES : ENGINES.toReversed())
      all.get(engine)?.push(await measure(engine, guarantee, context))
  floor.push(await probeOf(context, IN))
  const p99Of = (engine: Engine) => (all.get(engine) ?? []).map(l => l.p99)
  const [ours, streams] = [p99Of('millrace'), p99Of('streams')]
  const isExactlyOnce = guarantee === 'exactly-once'
  const ratios = ours.map((p99, i) => (isExactlyOnce ? (streams[i] as number) : LIMIT_MS) / p99)
  return {
    name: `kafka-latency-${guarantee}`,
    ours: median(ours),
    peer: median(streams),
    unit: 'ms p99',
    ratio: median(ratios),
    target: 1,
    spread: [Math.min(...ratios), Math.max(...ratios)],
    details: {
      rate: RATE,
      seconds: context.seconds,
      commitMs: COMMIT_MS,
      floor,
      ...Object.fromEntries(
        [...all].map(([engine, measured]) => [
          engine,
          measured.map(({ cpuS, peakRssBytes, ...latency }) => ({
            ...latency,
            cpuS: rounded(cpuS),
            peakMB: Math.round(peakRssBytes / 1e6),
          })),
        ]),
      ),
    },
  }
}

/** Of events that come out at a topic; `IN`: of no engine at all, which also warms up the broker. */
async function probeOf(
  { topics, bootstrap, seconds }: KafkaBenchContext,
  out: string,
): Promise<Latency> {
  if (out === IN) await topics.fresh(IN)
  const args = [bootstrap, IN, out, RATE, seconds, WARM_UP_S].map(String)
  const probe = startMeasured(...javaCommand('java', 'LatencyProbe', args))
  const line = await probe.line('RESULT ')
  await probe.ended
  return JSON.parse(line.slice('RESULT '.length)) as Latency
}

async function measure(
  engine: Engine,
  guarantee: Guarantee,
  context: KafkaBenchContext,
): Promise<Latency & Usage> {
  const { topics, bootstrap, seconds, folder } = context
  await topics.fresh(IN)
  await topics.fresh(OUT)
  const started = startEngine(engine, {
    ...{ query: 'q0-topic', bootstrap, topic: IN, events: 'latest', folder },
    out: { topic: OUT, guarantee },
    commitMs: COMMIT_MS,
  })
  await started.line('READY')
  await sleep(SETTLE_MS)
  const latency = await probeOf(context, OUT)
  started.stop()
  const usage = await started.ended
  const expected = (RATE * seconds * 46) / 50
  if (latency.count < expected)
    throw new Error(`${engine}, ${guarantee}: ${latency.count} of ${expected} bids came out`)
  return { ...latency, ...usage }
}
