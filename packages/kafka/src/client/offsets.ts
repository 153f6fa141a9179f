// Offsets of partitions: where they begin and end, what a time means, what a group has committed.

import { listOffsetsV7, offsetCommitV8, offsetFetchV8 } from '@platformatic/kafka'
import type { CommittedOffset, GroupGeneration } from '../protocol/transactions.ts'
import type { Cluster, TopicPartition } from './cluster.ts'

/** What an offset is asked for by; a number is a time, epoch ms: the first record at or after it. */
export type OffsetSpec = 'earliest' | 'latest' | number

const LATEST = -1n
const EARLIEST = -2n

/**
 * The offset of a partition. `latest` is the end of what may be read: with `read_committed` the last stable offset.
 * A time after all records gives undefined.
 */
export function offsetOf(
  cluster: Cluster,
  { topic, partition }: TopicPartition,
  spec: OffsetSpec,
  isCommittedOnly: boolean,
): Promise<number | undefined> {
  const timestamp = spec === 'earliest' ? EARLIEST : spec === 'latest' ? LATEST : BigInt(spec)
  return cluster.retry(async () => {
    const connection = await cluster.leaderConnection({ topic, partition }, 'other')
    const response = await cluster.send(
      connection,
      listOffsetsV7.api,
      -1,
      isCommittedOnly ? 1 : 0,
      [
        {
          name: topic,
          partitions: [{ partitionIndex: partition, currentLeaderEpoch: -1, timestamp }],
        },
      ],
    )
    const answer = response.topics[0]?.partitions[0]
    if (answer?.errorCode !== 0) {
      cluster.forgetTopic(topic)
      throw cluster.responseError('the offsets', answer?.errorCode ?? 3, `${topic}-${partition}`)
    }
    return answer.offset < 0n ? undefined : Number(answer.offset)
  })
}

export interface CommittedOptions {
  /** Waits until no transaction that holds offsets of theirs is open; otherwise what was committed before counts. Default: true. */
  readonly isStable?: boolean
}

/**
 * What a group has committed of partitions.
 *
 * Without `places`: of all that it ever did. A broker then passes over partitions whose first offset is still in a transaction.
 */
export function committedOffsets(
  cluster: Cluster,
  groupId: string,
  places?: readonly TopicPartition[],
  { isStable = true }: CommittedOptions = {},
): Promise<readonly CommittedOffset[]> {
  const topics =
    places &&
    [...Map.groupBy(places, p => p.topic)].map(([name, ofTopic]) => ({
      name,
      partitionIndexes: ofTopic.map(p => p.partition),
    }))
  return cluster.retry(async () => {
    const connection = await cluster.coordinator('group', groupId)
    const response = await cluster.send(
      connection,
      offsetFetchV8.api,
      [{ groupId, topics: topics ?? null } as never],
      isStable,
    )
    const group = response.groups[0]
    const partitions = (group?.topics ?? []).flatMap(t =>
      t.partitions.map(p => ({ ...p, topic: t.name })),
    )
    const code = group?.errorCode || partitions.find(p => p.errorCode !== 0)?.errorCode || 0
    if (code !== 0) {
      cluster.forgetCoordinator('group', groupId)
      throw cluster.responseError('the committed offsets', code, `group "${groupId}"`)
    }
    return partitions.flatMap(p =>
      p.committedOffset < 0n
        ? []
        : [
            {
              topic: p.topic,
              partition: p.partitionIndex,
              offset: Number(p.committedOffset),
              ...(p.committedLeaderEpoch >= 0 && { leaderEpoch: p.committedLeaderEpoch }),
              metadata: p.metadata ?? '',
            },
          ],
    )
  })
}

/** Commits offsets outside of any transaction. Without a generation they are those of a group without members. */
export function commitOffsets(
  cluster: Cluster,
  group: Pick<GroupGeneration, 'groupId'> & Partial<Omit<GroupGeneration, 'instanceId'>>,
  offsets: readonly CommittedOffset[],
): Promise<void> {
  const { groupId, generation = -1, memberId = '' } = group
  return cluster.retry(async () => {
    const connection = await cluster.coordinator('group', groupId)
    const topics = [...Map.groupBy(offsets, o => o.topic)].map(([name, ofTopic]) => ({
      name,
      partitions: ofTopic.map(o => ({
        partitionIndex: o.partition,
        committedOffset: BigInt(o.offset),
        committedLeaderEpoch: o.leaderEpoch ?? -1,
        committedMetadata: o.metadata,
      })),
    }))
    const response = await cluster.send(
      connection,
      offsetCommitV8.api,
      groupId,
      generation,
      memberId,
      null,
      topics,
    )
    const code = response.topics.flatMap(t => t.partitions).find(p => p.errorCode !== 0)?.errorCode
    if (code === undefined) return
    cluster.forgetCoordinator('group', groupId)
    throw cluster.responseError('offsets to be committed', code, `group "${groupId}"`)
  })
}
