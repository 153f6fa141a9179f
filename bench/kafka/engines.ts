// How each engine is started on a query, and what it tells of itself.

import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { javaCommand } from './java-peers.ts'
import { type MeasuredProcess, startMeasured, type Usage } from './measured-process.ts'
import { nexmarkSql, type Query, type QueryPlaces } from './nexmark-sql.ts'

export type Engine = 'millrace' | 'flink' | 'streams'
export type Guarantee = 'exactly-once' | 'at-least-once'

export interface EngineRun {
  readonly query: Query
  readonly bootstrap: string
  readonly topic: string
  /** It ends once it has read them; `latest`: when it is stopped. */
  readonly events: number | 'latest'
  /** Of `q0-topic`. */
  readonly out?: { readonly topic: string; readonly guarantee: Guarantee }
  /** Between two commits, epochs or checkpoints, ms. */
  readonly commitMs: number
  /** For scripts and state. */
  readonly folder: string
}

/** What an engine says when it is through; `rows` where it counts them. */
export interface EngineResult extends Usage {
  readonly events: number
  readonly rows?: number
  readonly wallMs: number
}

const RUN_MILLRACE = fileURLToPath(new URL('./run-millrace.ts', import.meta.url))
const RESOLVE = fileURLToPath(new URL('../../tools/testing/resolve-sources.ts', import.meta.url))
const REST_PORT = '18081'
/** Where throughput is wanted, batches may wait; where latency is, not. */
const PROMPT: Readonly<Record<string, string>> = { 'properties.linger.ms': '0' }
const PATIENT: Readonly<Record<string, string>> = {
  'properties.linger.ms': '50',
  'properties.batch.size': '131072',
}
let runs = 0

export function startEngine(engine: Engine, run: EngineRun): MeasuredProcess {
  mkdirSync(run.folder, { recursive: true })
  switch (engine) {
    case 'millrace': {
      const args = ['--import', RESOLVE, RUN_MILLRACE, scriptOf(engine, run)]
      return startMeasured(process.execPath, [...args, String(run.commitMs), run.folder])
    }
    case 'flink': {
      const checkpoints = run.out ? [`execution.checkpointing.interval=${run.commitMs} ms`] : []
      const args = [scriptOf(engine, run), String(run.events), REST_PORT, ...checkpoints]
      return startMeasured(...javaCommand('flink', 'FlinkSql', args))
    }
    case 'streams': {
      const { bootstrap, topic, out, commitMs, events, folder } = run
      if (!out) throw new Error('Kafka Streams is compared from topic to topic')
      const args = [bootstrap, topic, out.topic, out.guarantee, commitMs, events, folder].map(
        String,
      )
      return startMeasured(...javaCommand('java', 'StreamsQ0', args))
    }
  }
}

/** Runs it to its end. */
export async function measureEngine(engine: Engine, run: EngineRun): Promise<EngineResult> {
  const started = startEngine(engine, run)
  const line = await started.line('RESULT ')
  const usage = await started.ended
  return { ...(JSON.parse(line.slice('RESULT '.length)) as EngineResult), ...usage }
}

function scriptOf(engine: Engine, run: EngineRun): string {
  const { query, bootstrap, topic, events, out, folder } = run
  const group = `bench-${process.pid}-${++runs}`
  const places: QueryPlaces = {
    bootstrap,
    topic,
    group,
    reads: events === 'latest' ? 'latest' : 'all',
    ...(out && { out: { ...out, options: sinkOptions(engine, run, group) } }),
  }
  const path = join(folder, `${group}.sql`)
  writeFileSync(path, nexmarkSql(query, places))
  return path
}

function sinkOptions(engine: Engine, { events, out }: EngineRun, group: string) {
  return {
    ...(events === 'latest' ? PROMPT : PATIENT),
    ...(out?.guarantee === 'exactly-once' &&
      engine === 'flink' && {
        'sink.transactional-id-prefix': group,
        'properties.transaction.timeout.ms': '600000',
      }),
  }
}
