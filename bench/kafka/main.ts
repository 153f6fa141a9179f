// npm run bench:kafka -- [--only NAME]… [--events N] [--repetitions N] [--seconds N] [--json FILE] [--quick]: Millrace over Kafka beside Flink
// SQL and Kafka Streams, all on this machine. Needs Linux, a JDK of version 17 and Maven.
//
// Fails on errors (a run that fails, answers that differ), never on figures: those are for people to judge.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startBroker } from '@millrace/testing'
import { type BenchResult, printResults } from '../src/bench-result.ts'
import type { KafkaBenchContext } from './context.ts'
import { latencyBench } from './latency.ts'
import { type ThroughputComparison, throughputBench } from './throughput.ts'
import { BenchTopics } from './topics.ts'

/** Events are kept from run to run: 3.4 GB for 10 million. */
const BROKER_FOLDER = resolve(import.meta.dirname, '..', '.cache', 'kafka')
const BROKER_SETTINGS = {
  'auto.create.topics.enable': 'false',
  'log.retention.ms': '-1',
  'log.retention.bytes': '-1',
}
const BROKER_HEAP_MIB = 1024

const THROUGHPUT: readonly ThroughputComparison[] = [
  ...(['q0', 'q2', 'q5', 'q8'] as const).map(query => ({
    name: `kafka-${query}`,
    query,
    peer: 'flink' as const,
  })),
  ...(['exactly-once', 'at-least-once'] as const).map(guarantee => ({
    ...{ name: `kafka-q0-${guarantee}`, guarantee },
    ...({ query: 'q0-topic', peer: 'streams' } as const),
  })),
]

type Benchmark = (context: KafkaBenchContext) => Promise<BenchResult>

const BENCHMARKS = new Map<string, Benchmark>([
  ...THROUGHPUT.map((c): [string, Benchmark] => [c.name, context => throughputBench(c, context)]),
  ...(['at-least-once', 'exactly-once'] as const).map((guarantee): [string, Benchmark] => [
    `kafka-latency-${guarantee}`,
    context => latencyBench(guarantee, context),
  ]),
])

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    events: { type: 'string' },
    repetitions: { type: 'string' },
    seconds: { type: 'string' },
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
})
const { only, json, quick } = values
const numberOf = (text: string | undefined, otherwise: number): number =>
  text === undefined ? otherwise : Number(text.replaceAll('_', ''))
const sizes = {
  events: numberOf(values.events, quick ? 500_000 : 10_000_000),
  repetitions: numberOf(values.repetitions, quick ? 1 : 3),
  seconds: numberOf(values.seconds, quick ? 5 : 30),
}
const chosen = [...BENCHMARKS].filter(
  ([name]) => only.length === 0 || only.some(o => name.includes(o)),
)
if (chosen.length === 0) {
  console.error(`No benchmark of that name. There are: ${[...BENCHMARKS.keys()].join(', ')}.`)
  process.exit(1)
}

const broker = await startBroker({
  folder: BROKER_FOLDER,
  settings: BROKER_SETTINGS,
  heapMiB: BROKER_HEAP_MIB,
  jvm: 'runs-fast',
  ownerPid: process.pid,
})
const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'))
const { bootstrap } = broker
const topics = new BenchTopics(bootstrap)
const results: BenchResult[] = []
try {
  for (const [name, run] of chosen) {
    console.log(`${name} …`)
    const result = await run({ topics, bootstrap, folder, ...sizes })
    results.push(result)
    console.log(JSON.stringify(result.details))
  }
} finally {
  await topics.close()
  await broker.stop()
  rmSync(folder, { recursive: true, force: true })
}
printResults(results)
if (json !== undefined) {
  const machine = { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model }
  writeFileSync(json, `${JSON.stringify({ machine, options: sizes, results }, undefined, 2)}\n`)
}
