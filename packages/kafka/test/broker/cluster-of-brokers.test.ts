// Several brokers: leaders and coordinators move while a program runs, and what it writes is right all the same.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTopicsV5 } from '@platformatic/kafka'
import {
  type ClusterOptions,
  type RunningBroker,
  startBrokerCluster,
  startNode,
} from '@millrace/testing'
import { setProgramHost } from 'millrace'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Cluster } from '../../src/client/cluster.ts'
import { committedOffsets, offsetOf } from '../../src/client/offsets.ts'
import { start } from '../source/run-query.ts'
import { readValues } from '../t0/read-values.ts'
import { putRecords } from './put-records.ts'
import { createCluster } from './use-broker.ts'
import { describeWithOwnBroker } from './use-own-broker.ts'

const NODES = 3
const PARTITIONS = 4
const BATCHES = 60
const START_MS = 240_000

describeWithOwnBroker('a cluster whose nodes come and go', () => {
  let options: ClusterOptions
  let nodes: RunningBroker[]
  let cluster: Cluster
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'millrace-cluster-'))
    options = {
      folder,
      nodes: NODES,
      heapMiB: 256,
      ownerPid: process.pid,
      settings: {
        'auto.create.topics.enable': 'false',
        'group.min.session.timeout.ms': '1000',
        'replica.lag.time.max.ms': '3000',
      },
    }
    nodes = await startBrokerCluster(options)
    cluster = createCluster(
      'test',
      nodes.map(n => n.bootstrap),
    )
  }, START_MS)
  afterAll(async () => {
    setProgramHost(undefined)
    await cluster?.close()
    await Promise.all((nodes ?? []).map(n => n.kill()))
    await rm(folder, { recursive: true })
  }, START_MS)

  async function createReplicated(
    topic: string,
    { partitions, ...made }: { partitions: number; [setting: string]: unknown } = {
      ...{ partitions: PARTITIONS, numPartitions: PARTITIONS, replicationFactor: NODES },
      assignments: [],
    },
  ): Promise<string> {
    const configs = ['min.insync.replicas=1', 'unclean.leader.election.enable=true'].map(c => {
      const [name, value] = c.split('=') as [string, string]
      return { name, value }
    })
    const connection = await cluster.controllerConnection()
    const request = { name: topic, ...made, configs } as never
    await cluster.send(connection, createTopicsV5.api, [request], 20_000, false)
    await cluster.retry(async () => {
      cluster.forgetTopic(topic)
      const found = await cluster.partitionsOf(topic).catch(() => [])
      if (found.length < partitions || found.some(p => p.leader < 0))
        throw cluster.responseError('a new topic', 5, topic)
    })
    return topic
  }

  const leadersOf = async (topic: string): Promise<readonly number[]> => {
    cluster.forgetTopic(topic)
    return (await cluster.partitionsOf(topic)).map(p => p.leader)
  }

  it(
    'has each record copied once, in order, while a node that leads is killed, and comes back',
    async () => {
      const input = await createReplicated('input')
      const output = await createReplicated('output')
      const notices: string[] = []
      setProgramHost({ notice: text => notices.push(text) })
      const brokers = nodes.map(n => n.bootstrap).join(',')
      const common = `'connector' = 'kafka', 'properties.bootstrap.servers' = '${brokers}', 'format' = 'raw'`
      const job = await start(
        `CREATE TABLE numbers (v STRING) WITH (${common}, 'topic' = '${input}', 'scan.startup.mode' = 'earliest-offset');
       CREATE TABLE copies (v STRING) WITH (${common}, 'topic' = '${output}', 'sink.partitioner' = 'fixed',
         'sink.delivery-guarantee' = 'exactly-once', 'properties.request.timeout.ms' = '5000',
         'properties.session.timeout.ms' = '10000');
       INSERT INTO copies SELECT v FROM numbers;`,
        { name: 'copies', stateDir: join(folder, 'state') },
      )
      const before = await leadersOf(input)
      const killed = before.find(n => n > 1) ?? 2
      for (let i = 0; i < BATCHES; i++) {
        if (i === BATCHES / 3) await nodes[killed - 1]?.kill()
        if (i === (2 * BATCHES) / 3)
          nodes[killed - 1] = await startNode(options, nodes[0] as RunningBroker, killed)
        for (let p = 0; p < PARTITIONS; p++)
          await putRecords(cluster, input, p, [{ value: `${p}:${i}` }])
        await sleep(20)
      }
      expect(await leadersOf(input)).not.toContain(-1)
      const places = Array.from({ length: PARTITIONS }, (_, partition) => ({
        topic: output,
        partition,
      }))
      const copied = async (): Promise<string[]> => {
        const all: string[] = []
        for (const place of places)
          if (((await offsetOf(cluster, place, 'latest', true)) ?? 0) > 0)
            all.push(...(await readValues(cluster, place)))
        return all
      }
      let seen = await copied()
      for (
        const end = performance.now() + 60_000;
        seen.length < BATCHES * PARTITIONS;
        seen = await copied()
      ) {
        if (performance.now() > end)
          throw new Error(`${seen.length} records after a minute: ${notices.join('; ')}`)
        await sleep(200)
      }
      await job.stop()
      expect(seen).toHaveLength(BATCHES * PARTITIONS)
      for (let p = 0; p < PARTITIONS; p++)
        expect(seen.filter(v => v.startsWith(`${p}:`))).toEqual(
          Array.from({ length: BATCHES }, (_, i) => `${p}:${i}`),
        )
    },
    START_MS,
  )

  it(
    'says that a log has gone another way while the program was down, though it is as long as before',
    async () => {
      // On nodes 2 and 3 alone.
      const topic = await createReplicated('unclean', {
        ...{ partitions: 1, numPartitions: -1, replicationFactor: -1 },
        assignments: [{ partitionIndex: 0, brokerIds: [2, 3] }],
      })
      const groupId = 'unclean-reader'
      const place = { topic, partition: 0 }
      const startReading = () =>
        start(
          `CREATE TABLE words (w STRING) WITH ('connector' = 'kafka', 'topic' = '${topic}', 'format' = 'raw',
             'properties.bootstrap.servers' = '${nodes[0]?.bootstrap}', 'scan.startup.mode' = 'earliest-offset');
           CREATE TABLE counts (w STRING, n BIGINT) WITH ('connector' = 'blackhole');
           INSERT INTO counts SELECT w, COUNT(*) FROM words GROUP BY w;`,
          { name: groupId, stateDir: join(folder, 'state-unclean') },
        )
      const until = async (isSo: () => Promise<boolean>): Promise<void> => {
        while (!(await isSo().catch(() => false))) await sleep(100)
      }
      const ledBy = (node: number) => until(async () => (await leadersOf(topic))[0] === node)
      const put = async (...values: readonly string[]): Promise<void> => {
        for (const value of values) await putRecords(cluster, topic, 0, [{ value }])
      }

      await nodes[2]?.stop()
      await ledBy(2)
      await put('read', 'and lost')
      const job = await startReading()
      await until(async () => {
        const [committed] = await committedOffsets(cluster, groupId, [place])
        return committed?.offset === 2 && committed.leaderEpoch !== undefined
      })
      await job.stop()
      await nodes[1]?.kill()
      nodes[2] = await startNode(options, nodes[0] as RunningBroker, 3)
      await ledBy(3)
      await put('other', 'other', 'other')

      const refused = await startReading()
      await expect(refused.finished).rejects.toMatchObject({
        code: 'MR_KAFKA_DATA_LOST',
        message: expect.stringMatching(
          /unclean-0 has lost data: .* cut off by an unclean election/,
        ),
      })
      nodes[1] = await startNode(options, nodes[0] as RunningBroker, 2)
    },
    START_MS,
  )
})
