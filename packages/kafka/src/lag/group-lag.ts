// How far a group is behind the ends of its partitions, asked of the brokers: for programs that run elsewhere, or not now.

import type { Cluster, TopicPartition } from '../client/cluster.ts'
import { committedOffsets, offsetOf } from '../client/offsets.ts'
import type { CommittedOffset } from '../protocol/transactions.ts'
import { noteIn } from '../transactions/token.ts'
import { nextRecord } from './next-record.ts'
import { firstOpenTransaction, type OpenTransaction } from './open-transactions.ts'

export interface PartitionLag extends TopicPartition {
  /** What the group has committed: the next record to be read. Absent: nothing. */
  readonly committed?: number
  /** What may be read ends before it: the last stable offset, or where open transactions are read the high watermark. */
  readonly end: number
  /** What is there ends before it. */
  readonly highWatermark: number
  /** Records that may be read and are not committed, at most: what was aborted or compacted away may be counted with them. Absent: not known. */
  readonly records?: number
  /** How old the next of them is, by its timestamp; 0 without one. Absent: not known. */
  readonly lagMs?: number
  /** Records that are gone before they were read: the topic keeps them no longer. */
  readonly lost: number
  /** Where records are there that may not be read: the transaction that they wait for, if the user may see it. */
  readonly heldBy?: OpenTransaction
}

export interface GroupLag {
  readonly groupId: string
  readonly brokers: readonly string[]
  readonly partitions: readonly PartitionLag[]
}

export interface LagRequest {
  readonly groupId: string
  /** Those that it reads; absent: of which it has committed offsets. */
  readonly topics?: readonly string[]
  readonly isCommittedOnly: boolean
}

/** How long may be searched for the next record of a partition behind what does not count. */
const SEARCH_MS = 5_000

export async function readGroupLag(
  cluster: Cluster,
  { groupId, topics, isCommittedOnly }: LagRequest,
): Promise<GroupLag> {
  const places = topics && (await Promise.all(topics.map(t => cluster.partitionsOf(t)))).flat()
  const committed = await committedOffsets(cluster, groupId, places, { isStable: false })
  const positions = committed.filter(c => !noteIn(c.metadata)?.isMarker)
  const offsets = new Map(positions.map(c => [`${c.topic}-${c.partition}`, c]))
  const read = places ?? positions
  const partitions = await Promise.all(
    read.map(({ topic, partition }) =>
      lagOf(cluster, { topic, partition }, offsets.get(`${topic}-${partition}`), isCommittedOnly),
    ),
  )
  const brokers = cluster.settings.brokers
  return { groupId, brokers, partitions: partitions.toSorted(byPlace) }
}

async function lagOf(
  cluster: Cluster,
  place: TopicPartition,
  committed: CommittedOffset | undefined,
  isCommittedOnly: boolean,
): Promise<PartitionLag> {
  const [start = 0, highWatermark = 0, stable = 0] = await Promise.all([
    offsetOf(cluster, place, 'earliest', false),
    offsetOf(cluster, place, 'latest', false),
    offsetOf(cluster, place, 'latest', true),
  ])
  const end = isCommittedOnly ? stable : highWatermark
  const heldBy = end < highWatermark ? await transactionOf(cluster, place) : undefined
  const known = { ...place, end, highWatermark, ...(heldBy && { heldBy }) }
  if (!committed) return { ...known, lost: 0, ...(end === start && { records: 0, lagMs: 0 }) }
  const { offset } = committed
  const behind = { ...known, committed: offset, lost: Math.max(0, start - offset) }
  const from = Math.max(offset, start)
  const search = AbortSignal.timeout(SEARCH_MS)
  const next = await nextRecord(cluster, place, { from, end, isCommittedOnly }, search)
  if (!next)
    return search.aborted ? { ...behind, records: end - from } : { ...behind, records: 0, lagMs: 0 }
  const { timestampMs } = next
  const lagMs = Math.max(0, cluster.ports.clock.now() - timestampMs)
  return { ...behind, records: end - next.offset, ...(timestampMs >= 0 && { lagMs }) }
}

/** Undefined where the user may not look: that records are held is known all the same. */
const transactionOf = (cluster: Cluster, place: TopicPartition) =>
  firstOpenTransaction(cluster, place).catch(() => undefined)

function byPlace(a: TopicPartition, b: TopicPartition): number {
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1
  return a.partition - b.partition
}
