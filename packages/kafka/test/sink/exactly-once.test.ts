// Topic to topic, exactly once: a run may end at any place of the protocol, and the next goes on.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createConnectors,
  EmbeddedRunner,
  loadScript,
  MillraceError,
  nodePorts,
  setProgramHost,
} from 'millrace'
import { expect, it } from 'vitest'
import type { Cluster } from '../../src/client/cluster.ts'
import { offsetOf } from '../../src/client/offsets.ts'
import { kafkaFactories } from '../../src/index.ts'
import { putRecords } from '../broker/put-records.ts'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { changesOf } from '../source/run-query.ts'

class PlannedCrash extends MillraceError {
  constructor(place: string) {
    super('MR_INTERNAL', `crash at ${place}`)
  }
}

interface Job {
  readonly name: string
  readonly input: string
  readonly output: string
  readonly stateDir: string
  /** The part of the INSERT behind SELECT. */
  readonly query: string
}

const brokers = () => `'properties.bootstrap.servers' = '${brokerAddress}'`

function scriptOf({ input, output, query }: Job): string {
  return `
    CREATE TABLE numbers (k INT, n INT) WITH (
      'connector' = 'kafka', 'topic' = '${input}', ${brokers()}, 'format' = 'json',
      'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset'
    );
    CREATE TABLE results (k INT, n INT, PRIMARY KEY (k) NOT ENFORCED) WITH (
      'connector' = 'upsert-kafka', 'topic' = '${output}', ${brokers()},
      'key.format' = 'json', 'value.format' = 'json', 'sink.delivery-guarantee' = 'exactly-once',
      'properties.session.timeout.ms' = '1500', 'properties.heartbeat.interval.ms' = '300'
    );
    INSERT INTO results ${query};`
}

/** Runs it; at the n-th passing of a place it crashes. */
async function run(job: Job, crash?: { readonly place: string; readonly nth: number }) {
  const connectors = createConnectors()
  for (const source of kafkaFactories.sources) connectors.addSource(source)
  for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
  const { program } = loadScript(scriptOf(job), {
    name: job.name,
    connectors,
    settings: { stateDir: job.stateDir, epochMs: 0, options: new Map([['bad-records', 'fail']]) },
  })
  let passed = 0
  const failpoint = (place: string): void => {
    if (place === crash?.place && ++passed === crash.nth) throw new PlannedCrash(place)
  }
  const runner = new EmbeddedRunner({ ports: { ...nodePorts(), failpoint }, batchRecords: 7 })
  return (await runner.start(program)).finished
}

/** What a reader of committed records sees of a topic, once its brokers have written down how transactions ended. */
async function committed(cluster: Cluster, output: string): Promise<string[]> {
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

const PLACES = [
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

describeWithBroker('a program from topic to topic', () => {
  const cluster = useCluster()

  async function jobOf(query: string): Promise<Job> {
    const input = await createTopic(cluster.current, 2)
    const output = await createTopic(cluster.current)
    const stateDir = await mkdtemp(join(tmpdir(), 'millrace-exactly-once-'))
    for (let i = 0; i < 10; i++)
      for (const partition of [0, 1])
        await putRecords(
          cluster.current,
          input,
          partition,
          Array.from({ length: 10 }, (_, j) => ({
            value: `{"k":${partition * 10 + (j % 3)},"n":${i}}`,
          })),
        )
    return { name: `orders-${input}`, input, output, stateDir, query }
  }

  const SUMS = 'SELECT k, SUM(n) FROM numbers GROUP BY k'
  // Each key gets 4 + 3 + 3 numbers of each of ten batches, in order: its sums are one row.
  const SUMS_IN_ORDER = (changes: readonly string[]) => {
    const last = new Map<number, number>()
    for (const change of changes) {
      const { k, n } = JSON.parse(change.slice(3)) as { k: number; n: number }
      if (n < (last.get(k) ?? 0)) throw new Error(`the sum of ${k} went back to ${n}`)
      last.set(k, n)
    }
    return [...last].sort(([a], [b]) => a - b).map(([k, n]) => `${k}=${n}`)
  }

  it.each(PLACES)(
    'gives each change once although it crashes at: %s',
    async place => {
      const job = await jobOf(SUMS)
      const reference = await jobOf(SUMS)
      await run(reference)
      const expected = await committed(cluster.current, reference.output)
      let crashes = 0
      for (let nth = 1; nth < 6; nth++)
        await run(job, { place, nth }).catch(error => {
          if (!(error instanceof PlannedCrash)) throw error
          crashes++
        })
      await run(job)
      const seen = await committed(cluster.current, job.output)
      expect(crashes).toBeGreaterThan(0)
      expect(seen.toSorted()).toEqual(expected.toSorted())
      expect(SUMS_IN_ORDER(seen)).toEqual(['0=180', '1=135', '2=135', '10=180', '11=135', '12=135'])
      await rm(job.stateDir, { recursive: true })
    },
    60_000,
  )

  it('goes on without its folder when it has no state but offsets', async () => {
    const job = await jobOf('SELECT k, n FROM numbers')
    await run(job, { place: 'epoch-decided', nth: 1 }).catch(() => {})
    await rm(job.stateDir, { recursive: true })
    await run(job)
    expect(await committed(cluster.current, job.output)).toHaveLength(200)
  })

  it('refuses to go on without its folder when it has state', async () => {
    const job = await jobOf(SUMS)
    await run(job, { place: 'epoch-decided', nth: 1 }).catch(() => {})
    await rm(job.stateDir, { recursive: true })
    await expect(run(job)).rejects.toMatchObject({ code: 'MR_STATE_SUPERSEDED' })
  })

  it('stands back when another process has taken its place, and goes on after it', async () => {
    const job = await jobOf('SELECT k, n FROM numbers')
    const other = { ...job, stateDir: `${job.stateDir}-other` }
    let taken: Promise<unknown> | undefined
    const connectors = createConnectors()
    for (const source of kafkaFactories.sources) connectors.addSource(source)
    for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
    const slow = scriptOf(job).replace(
      "'format' = 'json',",
      "'format' = 'json', 'source.rate-limit' = '200',",
    )
    const { program } = loadScript(slow, {
      name: job.name,
      connectors,
      settings: { stateDir: job.stateDir, epochMs: 0 },
    })
    const gate = Promise.withResolvers<void>()
    const ports = nodePorts()
    let epochs = 0
    const failpoint = (place: string): void => {
      if (place === 'epoch-applied') epochs++
    }
    const clock = {
      ...ports.clock,
      // The first process stops for a while as it waits for I/O, and the other runs meanwhile.
      sleep: async (ms: number, signal?: AbortSignal) => {
        if (epochs === 0) return ports.clock.sleep(ms, signal)
        taken ??= run(other).finally(() => gate.resolve())
        await gate.promise
        return ports.clock.sleep(ms, signal)
      },
    }
    const notices: string[] = []
    setProgramHost({ notice: text => notices.push(text) })
    const first = new EmbeddedRunner({ ports: { ...ports, clock, failpoint }, batchRecords: 1 })
    const running = await first.start(program)
    expect(await running.finished).toMatchObject({ outcome: 'finished' })
    await taken
    setProgramHost(undefined)
    expect(notices.join(' ')).toContain('begins again')
    expect(await committed(cluster.current, job.output)).toHaveLength(200)
  })
})
