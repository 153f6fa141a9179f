// What happens to topics while they are read: records are deleted, topics too, and made again.

import { deleteRecordsV2, deleteTopicsV6 } from '@platformatic/kafka'
import type { Cluster, TopicPartition } from '../../src/client/cluster.ts'
import { createTopic } from './use-broker.ts'

/** Deletes what is before an offset, as retention does. */
export async function deleteRecords(
  cluster: Cluster,
  { topic, partition }: TopicPartition,
  offset: number,
): Promise<void> {
  const connection = await cluster.leaderConnection({ topic, partition }, 'other')
  const partitions = [{ partitionIndex: partition, offset: BigInt(offset) }]
  await cluster.send(connection, deleteRecordsV2.api, [{ name: topic, partitions }], 5_000)
}

export async function deleteTopic(cluster: Cluster, topic: string): Promise<void> {
  const connection = await cluster.anyConnection()
  await cluster.send(
    connection,
    deleteTopicsV6.api,
    [{ name: topic, topicId: null }] as never,
    5_000,
  )
  cluster.forgetTopic(topic)
}

/** Another topic in its place. */
export async function makeAgain(cluster: Cluster, topic: string, partitions = 1): Promise<void> {
  await deleteTopic(cluster, topic)
  await createTopic(cluster, partitions, {}, topic)
}
