// Fetches partitions into bounded queues: a loop per broker, the next request on its way while the last answer is processed.

import type { MillraceError } from 'millrace'
import { UnknownTopicError } from '../kafka-errors.ts'
import { errorOf } from '../protocol/error-codes.ts'
import { type FetchedPartition, fetchV12, fetchV13, type FetchResponse } from '../protocol/fetch.ts'
import type { Cluster, TopicPartition } from './cluster.ts'
import { divergence, type LossPolicy, madeAgain, outOfRange } from './lost-data.ts'
import { PartitionQueue } from './partition-queue.ts'
import { Wakeup } from './wakeup.ts'

export interface FetcherSettings extends LossPolicy {
  readonly isCommittedOnly: boolean
  /** How long a broker may wait for `minBytes`. */
  readonly maxWaitMs: number
  readonly minBytes: number
  /** Of one answer, and of one partition in it; a larger batch comes all the same. */
  readonly maxBytes: number
  readonly partitionBytes: number
  /** What all partitions together may hold that is unread, and an answer besides; each has its share. */
  readonly bufferedBytes: number
  readonly rack: string
}

/** What is known of a partition that is to be fetched. */
export interface KnownPartition {
  /** Of the topic that was read before; another one of its name is not read. */
  readonly topicId?: string | undefined
  /** Nothing was read yet: if records go before it comes to that, they are no loss. */
  readonly isBeginning?: boolean
  /** Of the leader that wrote the record before; its log may have gone another way since. */
  readonly lastEpoch?: number | undefined
}

/** While a partition waits to be fetched again, others must not make the broker wait. */
const SHORT_WAIT_MS = 5
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1_000
/** A topic that is missing for so long was deleted. */
const MISSING_MS = 30_000
/** How often leaders are looked for that there were none of, or that have changed. */
const LOOK_MS = 500
/** A replica near the rack is asked for so long, then the leader which one it is. */
const REPLICA_MS = 300_000

export class Fetcher {
  readonly #cluster: Cluster
  readonly #settings: FetcherSettings
  readonly #queues = new Set<PartitionQueue>()
  /** By node: wakes its loop. */
  readonly #loops = new Map<number, Wakeup>()
  readonly #missingSince = new Map<PartitionQueue, number>()
  /** Nodes other than leaders, and until when. */
  readonly #replicas = new Map<PartitionQueue, { readonly node: number; readonly until: number }>()
  readonly #beginnings = new WeakSet<PartitionQueue>()
  readonly #closing = new AbortController()
  #looking: Promise<void> | undefined
  #running: Promise<void>[] = []

  constructor(cluster: Cluster, settings: FetcherSettings) {
    this.#cluster = cluster
    this.#settings = settings
  }

  /** Begins to fetch a partition from an offset. @throws {DataLostError} when its topic is not the one that was read before */
  async add(
    place: TopicPartition,
    offset: number,
    { topicId, isBeginning = false, lastEpoch }: KnownPartition = {},
  ): Promise<PartitionQueue> {
    const { id: present } = await this.#cluster.topic(place.topic)
    if (topicId && present && topicId !== present) throw madeAgain(place)
    const queue = new PartitionQueue(place, offset, present, () => this.#wakeAll())
    queue.lastEpoch = lastEpoch
    this.#queues.add(queue)
    if (isBeginning) this.#beginnings.add(queue)
    await this.#assign(queue)
    this.#looking ??= this.#look()
    return queue
  }

  remove(queue: PartitionQueue): void {
    this.#queues.delete(queue)
    queue.isClosed = true
    queue.wake()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    for (const queue of [...this.#queues]) this.remove(queue)
    this.#wakeAll()
    await Promise.all([this.#looking, ...this.#running])
    this.#running = []
  }

  /** Leaders change, and partitions may have none for a while. */
  async #look(): Promise<void> {
    const { clock } = this.#cluster.ports
    const { signal } = this.#closing
    while (!signal.aborted) {
      for (const queue of this.#queues) {
        if (queue.hasFailed) continue
        if (queue.node === undefined) this.#cluster.forgetTopic(queue.place.topic)
        await this.#reassign(queue)
      }
      await clock.sleep(LOOK_MS, signal)
    }
  }

  /** As `#assign`; what goes wrong is the partition's trouble. */
  async #reassign(queue: PartitionQueue): Promise<void> {
    try {
      await this.#assign(queue)
    } catch (error) {
      if (this.#closing.signal.aborted) return
      const isMissing = error instanceof UnknownTopicError && !this.#isMissingForLong(queue)
      queue.node = undefined
      queue.trouble = error as MillraceError
      if (!isMissing && (error as MillraceError).retry !== 'backoff')
        queue.fail(error as MillraceError)
    }
  }

  /** Sees to it that the partition's leader, or a replica that it has named, is fetched from. */
  async #assign(queue: PartitionQueue): Promise<void> {
    const { place, topicId } = queue
    const { id, partitions } = await this.#cluster.topic(place.topic)
    if (id !== topicId) throw madeAgain(place)
    const { leader = -1, leaderEpoch = -1 } = partitions[place.partition] ?? {}
    queue.leaderEpoch = leaderEpoch
    queue.node = this.#replicaOf(queue) ?? (leader < 0 ? undefined : leader)
    if (queue.node !== undefined) this.#wakeLoop(queue.node)
  }

  #replicaOf(queue: PartitionQueue): number | undefined {
    const replica = this.#replicas.get(queue)
    if (!replica || this.#cluster.ports.clock.monotonic() < replica.until) return replica?.node
    this.#replicas.delete(queue)
    return undefined
  }

  #wakeLoop(node: number): void {
    const known = this.#loops.get(node)
    if (known) {
      known.notify()
      return
    }
    const wakeup = new Wakeup()
    this.#loops.set(node, wakeup)
    this.#running.push(this.#run(node, wakeup))
  }

  async #run(node: number, wakeup: Wakeup): Promise<void> {
    const { clock } = this.#cluster.ports
    const { signal } = this.#closing
    let pause = FIRST_PAUSE_MS
    while (!signal.aborted) {
      const own = [...this.#queues].filter(q => q.node === node && !q.hasFailed)
      const share = this.#share
      const wanted = own.filter(q => q.bufferedBytes < share)
      if (wanted.length === 0) {
        await wakeup.wait(signal)
        continue
      }
      try {
        const moved = await this.#fetch(node, wanted, wanted.length === own.length)
        if (moved) await clock.sleep(pause, signal)
        pause = moved ? Math.min(LONGEST_PAUSE_MS, pause * 2) : FIRST_PAUSE_MS
      } catch (error) {
        if (signal.aborted) return
        await this.#lostNode(own, error as MillraceError)
        await clock.sleep(pause, signal)
        pause = Math.min(LONGEST_PAUSE_MS, pause * 2)
      }
    }
  }

  /** A partition is not fetched while it holds this much. While some of its answers are read, the next must be on its way. */
  get #share(): number {
    return this.#settings.bufferedBytes / this.#queues.size
  }

  /** A node does not answer: others may lead its partitions by now. */
  async #lostNode(own: readonly PartitionQueue[], error: MillraceError): Promise<void> {
    for (const queue of own) {
      if (error.retry !== 'backoff') {
        queue.fail(error)
        continue
      }
      queue.trouble = error
      this.#replicas.delete(queue)
      this.#cluster.forgetTopic(queue.place.topic)
    }
    for (const queue of own) if (!queue.hasFailed) await this.#reassign(queue)
  }

  /** Sends one request; true when partitions must be looked for elsewhere. */
  async #fetch(
    node: number,
    wanted: readonly PartitionQueue[],
    isPatient: boolean,
  ): Promise<boolean> {
    const { maxWaitMs, partitionBytes } = this.#settings
    const { hasTopicIds } = await this.#cluster.features()
    const connection = await this.#cluster.connection(node, 'fetch')
    const asked = wanted.map(queue => ({ queue, offset: queue.fetchOffset }))
    const sinceMs = this.#cluster.ports.clock.now()
    for (const queue of wanted) queue.asked ??= { node, sinceMs }
    const response: FetchResponse = await this.#cluster.send(
      connection,
      hasTopicIds ? fetchV13 : fetchV12,
      { ...this.#settings, maxWaitMs: isPatient ? maxWaitMs : SHORT_WAIT_MS },
      asked.map(({ queue, offset }) => ({
        ...queue.place,
        topicId: queue.topicId,
        offset,
        leaderEpoch: queue.leaderEpoch,
        lastEpoch: queue.lastEpoch,
        maxBytes: partitionBytes,
      })),
    )
    for (const queue of wanted) queue.asked = undefined
    if (response.errorCode !== 0) throw this.#cluster.responseError('a fetch', response.errorCode)
    let hasMoved = false
    for (const answer of response.partitions) {
      const { queue, offset } =
        asked.find(
          ({ queue: { place, topicId } }) =>
            (hasTopicIds ? topicId : place.topic) === answer.topic &&
            place.partition === answer.partition,
        ) ?? {}
      if (!queue || offset === undefined || queue.isClosed) continue
      hasMoved = (await this.#take(queue, offset, answer)) || hasMoved
    }
    return hasMoved
  }

  /** Takes the answer for one partition; true when it must be looked for elsewhere. */
  async #take(queue: PartitionQueue, offset: number, answer: FetchedPartition): Promise<boolean> {
    const { clock } = this.#cluster.ports
    if (answer.errorCode !== 0) return this.#handleError(queue, offset, answer)
    this.#missingSince.delete(queue)
    if (answer.divergesAt !== undefined) {
      await divergence(queue, offset, answer.divergesAt, this.#settings)
      return false
    }
    const { preferredReplica: node } = answer
    if (node >= 0 && node !== queue.node) {
      this.#replicas.set(queue, { node, until: clock.monotonic() + REPLICA_MS })
      await this.#reassign(queue)
    }
    this.#beginnings.delete(queue)
    queue.put(answer, offset, clock.now())
    return false
  }

  async #handleError(
    queue: PartitionQueue,
    offset: number,
    { errorCode }: FetchedPartition,
  ): Promise<boolean> {
    const { place } = queue
    const { name, isRetriable } = errorOf(errorCode)
    const failed = () =>
      this.#cluster.responseError('to read', errorCode, `${place.topic}-${place.partition}`)
    // A replica may be behind its leader.
    const isReplica = this.#replicas.delete(queue)
    if (!isReplica && name === 'OFFSET_OUT_OF_RANGE') {
      await outOfRange(queue, offset, this.#beginnings.has(queue), this.#settings)
      return false
    }
    if (!isReplica && !isRetriable) {
      queue.fail(failed())
      return false
    }
    queue.trouble = failed()
    if (name === 'UNKNOWN_TOPIC_OR_PARTITION' && this.#isMissingForLong(queue)) queue.fail(failed())
    this.#cluster.forgetTopic(place.topic)
    await this.#reassign(queue)
    return true
  }

  #isMissingForLong(queue: PartitionQueue): boolean {
    const now = this.#cluster.ports.clock.monotonic()
    const since = this.#missingSince.get(queue) ?? now
    this.#missingSince.set(queue, since)
    return now - since > MISSING_MS
  }

  #wakeAll(): void {
    for (const wakeup of this.#loops.values()) wakeup.notify()
  }
}
