// Fetches partitions into bounded queues: a loop per broker, the next request on its way while the last answer is processed.

import type { MillraceError } from 'millrace'
import { errorOf } from '../protocol/error-codes.ts'
import { type FetchedPartition, fetchV12, type FetchResponse } from '../protocol/fetch.ts'
import type { Cluster, TopicPartition } from './cluster.ts'
import { PartitionQueue } from './partition-queue.ts'
import { Wakeup } from './wakeup.ts'

export interface FetcherSettings {
  readonly isCommittedOnly: boolean
  /** How long a broker may wait for `minBytes`. */
  readonly maxWaitMs: number
  readonly minBytes: number
  /** Of one answer, and of one partition in it; a larger batch comes all the same. */
  readonly maxBytes: number
  readonly partitionBytes: number
  /** A partition is not fetched while it holds this much that is unread. */
  readonly bufferedBytes: number
  readonly rack: string
  /** Where to go on when the offset is not there any more; `none`: fetching fails. */
  readonly offsetReset: 'earliest' | 'latest' | 'none'
  /** Gives the offset for that. */
  readonly resetOffset: (place: TopicPartition, to: 'earliest' | 'latest') => Promise<number>
}

/** While a partition waits to be fetched again, others must not make the broker wait. */
const SHORT_WAIT_MS = 5
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1_000
/** A topic that is missing for so long was deleted. */
const MISSING_MS = 30_000

export class Fetcher {
  readonly #cluster: Cluster
  readonly #settings: FetcherSettings
  readonly #queues = new Set<PartitionQueue>()
  /** By node: wakes its loop. */
  readonly #loops = new Map<number, Wakeup>()
  readonly #missingSince = new Map<PartitionQueue, number>()
  readonly #closing = new AbortController()
  #running: Promise<void>[] = []

  constructor(cluster: Cluster, settings: FetcherSettings) {
    this.#cluster = cluster
    this.#settings = settings
  }

  /** Begins to fetch a partition from an offset. */
  async add(place: TopicPartition, offset: number): Promise<PartitionQueue> {
    const queue = new PartitionQueue(place, offset, () => this.#wakeAll())
    this.#queues.add(queue)
    await this.#assign(queue)
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
    await Promise.all(this.#running)
    this.#running = []
  }

  /** Sees to it that the partition's leader is fetched from. */
  async #assign(queue: PartitionQueue): Promise<void> {
    const node = await this.#leaderOf(queue)
    if (node === undefined) return
    const known = this.#loops.get(node)
    if (known) {
      known.notify()
      return
    }
    const wakeup = new Wakeup()
    this.#loops.set(node, wakeup)
    this.#running.push(this.#run(node, wakeup))
  }

  async #leaderOf({ place }: PartitionQueue): Promise<number | undefined> {
    const partitions = await this.#cluster.partitionsOf(place.topic)
    const leader = partitions[place.partition]?.leader ?? -1
    return leader < 0 ? undefined : leader
  }

  async #run(node: number, wakeup: Wakeup): Promise<void> {
    const { clock } = this.#cluster.ports
    const { signal } = this.#closing
    let pause = FIRST_PAUSE_MS
    while (!signal.aborted) {
      try {
        const own = await this.#ownedBy(node)
        const wanted = own.filter(q => q.bufferedBytes < this.#settings.bufferedBytes)
        if (wanted.length === 0) {
          await wakeup.wait(signal)
          continue
        }
        const isPatient = wanted.length === own.length
        const moved = await this.#fetch(node, wanted, isPatient)
        if (moved) await clock.sleep(pause, signal)
        pause = moved ? Math.min(LONGEST_PAUSE_MS, pause * 2) : FIRST_PAUSE_MS
      } catch (error) {
        if (signal.aborted) return
        if ((error as MillraceError).retry !== 'backoff') {
          for (const queue of this.#queues) queue.fail(error as MillraceError)
          return
        }
        for (const queue of this.#queues) {
          queue.trouble = error as MillraceError
          this.#cluster.forgetTopic(queue.place.topic)
        }
        await clock.sleep(pause, signal)
        pause = Math.min(LONGEST_PAUSE_MS, pause * 2)
      }
    }
  }

  async #ownedBy(node: number): Promise<PartitionQueue[]> {
    const owned: PartitionQueue[] = []
    for (const queue of this.#queues) {
      if (queue.hasFailed) continue
      if ((await this.#leaderOf(queue)) === node) owned.push(queue)
    }
    return owned
  }

  /** Sends one request; true when partitions must be looked for elsewhere. */
  async #fetch(
    node: number,
    wanted: readonly PartitionQueue[],
    isPatient: boolean,
  ): Promise<boolean> {
    const { maxWaitMs, partitionBytes } = this.#settings
    const connection = await this.#cluster.connection(node, 'fetch')
    const asked = wanted.map(queue => ({ queue, offset: queue.fetchOffset }))
    const sinceMs = this.#cluster.ports.clock.now()
    for (const queue of wanted) queue.asked ??= { node, sinceMs }
    const response: FetchResponse = await this.#cluster.send(
      connection,
      fetchV12,
      { ...this.#settings, maxWaitMs: isPatient ? maxWaitMs : SHORT_WAIT_MS },
      asked.map(({ queue, offset }) => ({
        ...queue.place,
        offset,
        leaderEpoch: -1,
        maxBytes: partitionBytes,
      })),
    )
    for (const queue of wanted) queue.asked = undefined
    if (response.errorCode !== 0) throw this.#cluster.responseError('a fetch', response.errorCode)
    let hasMoved = false
    for (const answer of response.partitions) {
      const { queue, offset } =
        asked.find(
          a => a.queue.place.topic === answer.topic && a.queue.place.partition === answer.partition,
        ) ?? {}
      if (!queue || offset === undefined || queue.isClosed) continue
      if (answer.errorCode === 0) {
        this.#missingSince.delete(queue)
        queue.put(answer, offset, this.#cluster.ports.clock.now())
      } else hasMoved = (await this.#handleError(queue, answer)) || hasMoved
    }
    return hasMoved
  }

  async #handleError(queue: PartitionQueue, { errorCode }: FetchedPartition): Promise<boolean> {
    const { clock } = this.#cluster.ports
    const { place } = queue
    const { name, isRetriable } = errorOf(errorCode)
    const failed = () =>
      this.#cluster.responseError('to read', errorCode, `${place.topic}-${place.partition}`)
    if (name === 'OFFSET_OUT_OF_RANGE') {
      const { offsetReset, resetOffset } = this.#settings
      if (offsetReset === 'none') queue.fail(failed())
      else queue.fetchOffset = await resetOffset(place, offsetReset)
      return false
    }
    if (!isRetriable) {
      queue.fail(failed())
      return false
    }
    queue.trouble = failed()
    const since = this.#missingSince.get(queue) ?? clock.monotonic()
    this.#missingSince.set(queue, since)
    if (name === 'UNKNOWN_TOPIC_OR_PARTITION' && clock.monotonic() - since > MISSING_MS)
      queue.fail(failed())
    this.#cluster.forgetTopic(place.topic)
    await this.#assign(queue)
    return true
  }

  #wakeAll(): void {
    for (const wakeup of this.#loops.values()) wakeup.notify()
  }
}
