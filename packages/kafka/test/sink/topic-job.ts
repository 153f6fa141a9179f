// A program from topic to topic for tests: run to the end of its input, or to a crash at a place of the protocol.

import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createConnectors, EmbeddedRunner, loadScript, MillraceError, nodePorts } from 'millrace'
import type { Cluster } from '../../src/client/cluster.ts'
import { offsetOf } from '../../src/client/offsets.ts'
import { kafkaFactories } from '../../src/index.ts'
import { putRecords } from '../broker/put-records.ts'
import { brokerAddress, createTopic } from '../broker/use-broker.ts'
import { changesOf } from '../source/run-query.ts'

export class PlannedCrash extends MillraceError {
  constructor(place: string) {
    super('MR_INTERNAL', `crash at ${place}`)
  }
}

export interface Job {
  readonly name: string
  readonly input: string
  readonly output: string
  readonly stateDir: string
  /** The part of the INSERT behind SELECT. */
  readonly query: string
  /** Records a second, so that there are many epochs. */
  readonly rate?: number
  /** Further options of the input. */
  readonly inputOptions?: string
  /** Further tables. */
  readonly tables?: string
  /** Further columns of the input. */
  readonly columns?: string
  /** As by SET. */
  readonly options?: Readonly<Record<string, string>>
}

export const brokers = () => `'properties.bootstrap.servers' = '${brokerAddress}'`

export function scriptOf({ input, output, query, columns = '', rate, ...job }: Job): string {
  const paced = rate === undefined ? '' : `, 'source.rate-limit' = '${rate}'`
  return `
    CREATE TABLE numbers (k INT, n INT${columns}) WITH (
      'connector' = 'kafka', 'topic' = '${input}', ${brokers()}, 'format' = 'json',
      'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset'${paced}${job.inputOptions ?? ''}
    );
    ${job.tables ?? ''}
    CREATE TABLE results (k INT, n INT, PRIMARY KEY (k) NOT ENFORCED) WITH (
      'connector' = 'upsert-kafka', 'topic' = '${output}', ${brokers()},
      'key.format' = 'json', 'value.format' = 'json', 'sink.delivery-guarantee' = 'exactly-once',
      'properties.session.timeout.ms' = '1500', 'properties.heartbeat.interval.ms' = '300',
      'properties.max.poll.interval.ms' = '1000'
    );
    INSERT INTO results ${query};`
}

/** Runs it; at the n-th passing of a place it crashes. */
export async function run(job: Job, crash?: { readonly place: string; readonly nth: number }) {
  const connectors = createConnectors()
  for (const source of kafkaFactories.sources) connectors.addSource(source)
  for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
  const { program } = loadScript(scriptOf(job), {
    name: job.name,
    connectors,
    settings: {
      stateDir: job.stateDir,
      epochMs: 0,
      options: new Map(Object.entries({ 'bad-records': 'fail', ...job.options })),
    },
  })
  let passed = 0
  const failpoint = (place: string): void => {
    if (place === crash?.place && ++passed === crash.nth) throw new PlannedCrash(place)
  }
  const runner = new EmbeddedRunner({ ports: { ...nodePorts(), failpoint }, batchRecords: 7 })
  return (await runner.start(program)).finished
}

/** What a reader of committed records sees of a topic, once its brokers have written down how transactions ended. */
export async function committed(cluster: Cluster, output: string): Promise<string[]> {
  const place = { topic: output, partition: 0 }
  const isSettled = async () =>
    (await offsetOf(cluster, place, 'latest', true)) ===
    (await offsetOf(cluster, place, 'latest', false))
  while (!(await isSettled())) await sleep(20)
  const ddl = `CREATE TABLE results (v STRING) WITH (
    'connector' = 'kafka', 'topic' = '${output}', ${brokers()}, 'format' = 'raw',
    'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset');`
  return changesOf(`${ddl} SELECT v FROM results;`)
}

export const PLACES = [
  'epoch-cut',
  'epoch-prepared',
  'state.commit.before-write',
  'state.commit.before-sync',
  'state.commit.after-sync',
  'epoch-committed',
  'epoch-decided',
  'epoch-applied',
  'batch-processed',
]

/** With 200 numbers of six keys in two partitions. */
export async function jobOf(cluster: Cluster, query: string): Promise<Job> {
  const input = await createTopic(cluster, 2)
  const output = await createTopic(cluster)
  const stateDir = await mkdtemp(join(tmpdir(), 'millrace-exactly-once-'))
  await putNumbers(cluster, input)
  return { name: `orders-${input}`, input, output, stateDir, query }
}

/** 200 numbers, of six keys. */
async function putNumbers(cluster: Cluster, input: string): Promise<void> {
  for (let i = 0; i < 10; i++)
    for (const partition of [0, 1])
      await putRecords(
        cluster,
        input,
        partition,
        Array.from({ length: 10 }, (_, j) => ({
          value: `{"k":${partition * 10 + (j % 3)},"n":${i}}`,
        })),
      )
}
