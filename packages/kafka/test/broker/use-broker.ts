// A real broker for tests. Where none can be had they are skipped, by name; in CI that is a failure.

import { randomUUID } from 'node:crypto'
import { createPartitionsV3, createTopicsV5 } from '@platformatic/kafka'
import { testBroker } from '@millrace/testing'
import { nodePorts } from 'millrace'
import { afterAll, beforeAll, describe } from 'vitest'
import { Cluster } from '../../src/client/cluster.ts'
import { CONNECT_TIMEOUT_MS, REQUEST_TIMEOUT_MS } from '../../src/client/cluster-settings.ts'

const broker = await testBroker()
if ('problem' in broker) console.warn(`SKIPPED, tests of Kafka: ${broker.problem}`)

/** `describe`, where there is a broker. */
export const describeWithBroker = describe.skipIf('problem' in broker)

/** Its address. */
export const brokerAddress = 'problem' in broker ? '' : broker.bootstrap

/** Connections of its own. */
export function createCluster(clientId = 'test', brokers = [brokerAddress]): Cluster {
  const { clock, random } = nodePorts()
  return new Cluster(
    {
      brokers,
      clientId,
      requestTimeoutMs: REQUEST_TIMEOUT_MS,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
    },
    { clock, random },
  )
}

/** A cluster for the tests of a `describe`. */
export function useCluster(): { readonly current: Cluster } {
  let cluster: Cluster | undefined
  beforeAll(() => {
    cluster = createCluster()
  })
  afterAll(() => cluster?.close())
  return {
    get current() {
      return cluster as Cluster
    },
  }
}

/** Makes a topic of a name that no other test has. */
export async function createTopic(
  cluster: Cluster,
  partitions = 1,
  configs: Readonly<Record<string, string>> = {},
  topic = `t-${randomUUID()}`,
): Promise<string> {
  const connection = await cluster.anyConnection()
  await cluster.send(
    connection,
    createTopicsV5.api,
    [
      {
        name: topic,
        numPartitions: partitions,
        replicationFactor: 1,
        assignments: [],
        configs: Object.entries(configs).map(([name, value]) => ({ name, value })),
      },
    ],
    10_000,
    false,
  )
  // Made is not yet known: the leader must be.
  await cluster.retry(async () => {
    cluster.forgetTopic(topic)
    const found = await cluster.partitionsOf(topic).catch(() => [])
    if (found.length < partitions || found.some(p => p.leader < 0))
      throw cluster.responseError('a new topic', 5, topic)
  })
  return topic
}

/** Gives a topic more partitions, and waits until they have leaders. */
export async function addPartitions(cluster: Cluster, topic: string, count: number): Promise<void> {
  const connection = await cluster.anyConnection()
  const { results } = await cluster.send(
    connection,
    createPartitionsV3.api,
    [{ name: topic, count, assignments: null }],
    10_000,
    false,
  )
  const [result] = results
  if (result?.errorCode !== 0)
    throw cluster.responseError('partitions', result?.errorCode ?? -1, topic, result?.errorMessage)
  await cluster.retry(async () => {
    cluster.forgetTopic(topic)
    const found = await cluster.partitionsOf(topic)
    if (found.length < count || found.some(p => p.leader < 0))
      throw cluster.responseError('a new partition', 5, topic)
  })
}
