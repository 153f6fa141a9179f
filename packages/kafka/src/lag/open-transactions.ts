// Which open transaction holds the last stable offset of a partition: what the partition's leader and the coordinators know of it.
//
// @see KIP-664: DescribeProducers, ListTransactions, DescribeTransactions

import {
  describeProducersV0,
  describeTransactionsV0,
  listTransactionsV0,
} from '@platformatic/kafka'
import type { Cluster, TopicPartition } from '../client/cluster.ts'

/** A transaction in which the partition's records wait. */
export interface OpenTransaction extends TopicPartition {
  readonly producerId: bigint
  readonly producerEpoch: number
  /** Its first record in the partition: nothing from there on may be read. */
  readonly startOffset: number
  /** When its producer last wrote to the partition, epoch ms. */
  readonly lastWriteMs: number
  /** Absent: no coordinator tells of such a producer. */
  readonly coordinated?: CoordinatedTransaction
}

export interface CoordinatedTransaction {
  readonly transactionalId: string
  /** Kafka's word for it, such as `Ongoing`. */
  readonly state: string
  /** Epoch ms; absent: none is open. */
  readonly startMs?: number
  readonly timeoutMs: number
  /** Whether the coordinator has the partition in it: one that it knows nothing of hangs for ever. */
  readonly hasPartition: boolean
}

/** The first open transaction of a partition; undefined when none is open. @throws when the user may not read the topic */
export async function firstOpenTransaction(
  cluster: Cluster,
  place: TopicPartition,
): Promise<OpenTransaction | undefined> {
  const first = await firstInPartition(cluster, place)
  if (!first) return undefined
  const coordinated = await coordinatedOf(cluster, place, first.producerId)
  return { ...first, ...(coordinated && { coordinated }) }
}

function firstInPartition(
  cluster: Cluster,
  place: TopicPartition,
): Promise<OpenTransaction | undefined> {
  const { topic, partition } = place
  return cluster.retry(async () => {
    const connection = await cluster.leaderConnection(place, 'other')
    const response = await cluster.send(connection, describeProducersV0.api, [
      { name: topic, partitionIndexes: [partition] },
    ])
    const answer = response.topics[0]?.partitions[0]
    if (answer?.errorCode !== 0) {
      cluster.forgetTopic(topic)
      throw cluster.responseError('its producers', answer?.errorCode ?? 3, `${topic}-${partition}`)
    }
    const [first] = answer.activeProducers
      .filter(p => p.currentTxnStartOffset >= 0n)
      .toSorted((a, b) => Number(a.currentTxnStartOffset - b.currentTxnStartOffset))
    return (
      first && {
        topic,
        partition,
        producerId: first.producerId,
        producerEpoch: first.producerEpoch,
        startOffset: Number(first.currentTxnStartOffset),
        lastWriteMs: Number(first.lastTimestamp),
      }
    )
  })
}

/** Any broker may be the coordinator; one tells of what the user may describe only. */
async function coordinatedOf(
  cluster: Cluster,
  { topic, partition }: TopicPartition,
  producerId: bigint,
): Promise<CoordinatedTransaction | undefined> {
  for (const node of await cluster.nodes()) {
    const connection = await cluster.connection(node, 'other')
    const listed = await cluster.send(
      connection,
      listTransactionsV0.api,
      [],
      [producerId],
      -1n,
      null,
    )
    const id = listed.transactionStates?.[0]?.transactionalId
    if (id === undefined) continue
    const described = await cluster.send(connection, describeTransactionsV0.api, [id])
    const [found] = described.transactionStates
    if (found?.errorCode !== 0) continue
    const startMs = Number(found.transactionStartTimeMs)
    return {
      transactionalId: id,
      state: found.transactionState,
      timeoutMs: found.transactionTimeoutMs,
      ...(startMs >= 0 && { startMs }),
      hasPartition: found.topics.some(t => t.topic === topic && t.partitions.includes(partition)),
    }
  }
  return undefined
}
