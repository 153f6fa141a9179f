// Sends record batches: to each broker some requests at a time, in each a batch of every partition that has one.

import type { Connection } from '@platformatic/kafka'
import { MillraceError } from 'millrace'
import { KafkaUnreachableError, UnknownOutcomeError } from '../kafka-errors.ts'
import { errorOf } from '../protocol/error-codes.ts'
import { type ProducedPartition, produceV12, produceV9 } from '../protocol/produce.ts'
import { recordCount, stampBatch } from '../records/batch-writer.ts'
import type { Cluster, TopicPartition } from './cluster.ts'
import { PartitionSends, type SentBatch } from './partition-sends.ts'
import type { ProducerSettings } from './producer-settings.ts'
import { Wakeup } from './wakeup.ts'

const ACK_MS = 30_000
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 1_000
/** Requests to a broker that are not answered. */
const MOST_REQUESTS = 5
/** Bytes of a request, unless one batch has more. */
const REQUEST_BYTES = 4 << 20
/** What is under way at the end is waited for no longer. */
const CLOSE_MS = 2_000
/** A broker does not know what came before. */
const LOST_SEQUENCE = new Set(['OUT_OF_ORDER_SEQUENCE_NUMBER', 'UNKNOWN_PRODUCER_ID'])

export class Producer {
  readonly #cluster: Cluster
  readonly #settings: ProducerSettings
  /** By topic and partition. */
  readonly #partitions = new Map<string, PartitionSends>()
  /** Requests under way, by node. */
  readonly #requests = new Map<number, Set<Promise<void>>>()
  readonly #wakeup = new Wakeup()
  readonly #closing = new AbortController()
  #flushed: PromiseWithResolvers<void> | undefined
  #failure: unknown
  #running: Promise<void> | undefined
  #bytes = 0
  #isLost = false

  constructor(cluster: Cluster, settings: ProducerSettings) {
    this.#cluster = cluster
    this.#settings = settings
  }

  /** Bytes that are not acknowledged. */
  get bufferedBytes(): number {
    return this.#bytes
  }

  /** Sends a batch behind those of its partition. What goes wrong shows in `flush`. */
  send(place: TopicPartition, batch: Uint8Array): void {
    const key = `${place.topic}-${place.partition}`
    const partition = this.#partitions.get(key) ?? new PartitionSends(place)
    this.#partitions.set(key, partition)
    partition.add(batch)
    this.#bytes += batch.length
    this.#running ??= this.#run()
    this.#wakeup.notify()
  }

  /** Waits until all is acknowledged. @throws what made it impossible */
  async flush(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure
    if (this.#bytes === 0) return
    this.#flushed ??= Promise.withResolvers()
    await this.#flushed.promise
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#wakeup.notify()
    const underWay = [this.#running, ...[...this.#requests.values()].flatMap(r => [...r])]
    const late = new AbortController()
    const { clock } = this.#cluster.ports
    await Promise.race([Promise.all(underWay), clock.sleep(CLOSE_MS, late.signal)])
    late.abort()
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    while (!signal.aborted && this.#failure === undefined) {
      if (this.#bytes === 0) {
        this.#flushed?.resolve()
        this.#flushed = undefined
      }
      try {
        if (this.#isLost) await this.#renew()
        else while (await this.#sendNext()) if (signal.aborted) return
        await this.#wakeup.wait(signal)
      } catch (error) {
        this.#fail(error)
      }
    }
  }

  /** Sends the next batch of each partition that may; false when there was none. */
  async #sendNext(): Promise<boolean> {
    const { transaction } = this.#settings
    const byLeader = new Map<number, PartitionSends[]>()
    for (const partition of this.#partitions.values()) {
      if (!this.#nextOf(partition)) continue
      const leader = await this.#leaderOf(partition)
      if (leader === undefined) this.#pause(partition)
      else if ((this.#requests.get(leader)?.size ?? 0) < MOST_REQUESTS)
        byLeader.set(leader, [...(byLeader.get(leader) ?? []), partition])
    }
    const ready = [...byLeader.values()].flat()
    if (ready.length === 0) return false
    if (transaction && !transaction.joinsByProducing)
      await transaction.join(ready.map(p => p.place))
    for (const [leader, partitions] of byLeader) {
      const connection = await this.#connectionTo(leader, partitions)
      if (!connection) continue
      // From here on nothing is awaited: requests go out in the order in which their batches are taken.
      const batches = this.#take(partitions)
      if (batches.length > 0) this.#request(leader, connection, batches)
    }
    return true
  }

  /** Undefined when it cannot be reached now. */
  async #connectionTo(
    leader: number,
    partitions: readonly PartitionSends[],
  ): Promise<Connection | undefined> {
    try {
      return await this.#cluster.connection(leader, 'produce')
    } catch (error) {
      if (!isPassing(error) || this.#settings.transaction) throw error
      for (const partition of partitions) {
        this.#cluster.forgetTopic(partition.place.topic)
        this.#pause(partition)
      }
      return undefined
    }
  }

  /** Takes the next batches, as many as go into a request. */
  #take(partitions: readonly PartitionSends[]): SentBatch[] {
    const { sequences } = this.#settings
    const batches: SentBatch[] = []
    let bytes = 0
    for (const partition of partitions) {
      const batch = this.#nextOf(partition)
      if (!batch || (bytes > 0 && bytes + batch.bytes.length > REQUEST_BYTES)) continue
      bytes += batch.bytes.length
      batch.producer ??= sequences.take(batch.place, recordCount(batch.bytes))
      partition.take()
      batches.push(batch)
    }
    return batches
  }

  /** Undefined when there is none for now. */
  async #leaderOf({ place: { topic, partition } }: PartitionSends): Promise<number | undefined> {
    try {
      const leader = (await this.#cluster.partitionsOf(topic))[partition]?.leader ?? -1
      if (leader >= 0) return leader
    } catch (error) {
      if (!isPassing(error) || this.#settings.transaction) throw error
    }
    this.#cluster.forgetTopic(topic)
    return undefined
  }

  /** Sends a request; its answer is taken when it comes. */
  #request(leader: number, connection: Connection, batches: readonly SentBatch[]): void {
    const underWay = this.#requests.get(leader) ?? new Set<Promise<void>>()
    this.#requests.set(leader, underWay)
    const request = this.#sendTo(connection, batches)
      .catch(error => this.#fail(error))
      .finally(() => {
        underWay.delete(request)
        this.#wakeup.notify()
      })
    underWay.add(request)
  }

  async #sendTo(connection: Connection, batches: readonly SentBatch[]): Promise<void> {
    const { transaction } = this.#settings
    let answers: readonly ProducedPartition[]
    try {
      answers = await this.#cluster.send(
        connection,
        transaction?.joinsByProducing ? produceV12 : produceV9,
        transaction?.id ?? null,
        ACK_MS,
        batches.map(({ place, bytes, producer }) => ({
          ...place,
          batch: stampBatch(bytes, producer),
        })),
      )
    } catch (error) {
      if (transaction) throw new UnknownOutcomeError({ request: 'a produce request', cause: error })
      // The broker tells by the sequence whether it has them already.
      if (!isPassing(error)) throw error
      for (const batch of batches) {
        this.#cluster.forgetTopic(batch.place.topic)
        this.#refused(batch)
      }
      return
    }
    for (const batch of batches) this.#answered(batch, answers)
  }

  #answered(batch: SentBatch, answers: readonly ProducedPartition[]): void {
    const { topic, partition } = batch.place
    const answer = answers.find(a => a.topic === topic && a.partition === partition)
    const error = errorOf(answer?.errorCode ?? -1)
    const sends = this.#sendsOf(batch)
    if (answer?.errorCode === 0 || error.name === 'DUPLICATE_SEQUENCE_NUMBER') {
      this.#bytes -= batch.bytes.length
      sends.written(batch)
      if (sends.refusals > 0) this.#pause(sends)
      return
    }
    const isLost = LOST_SEQUENCE.has(error.name)
    // One before it was refused: it is sent again behind that.
    const isBehind = isLost && !sends.isFirst(batch)
    if (!isBehind && !error.isRetriable) {
      const fenced = this.#settings.transaction?.asFenced(error.name)
      if (fenced) throw fenced
      if (!isLost || !this.#settings.renew)
        throw this.#cluster.responseError(
          'records',
          answer?.errorCode ?? -1,
          `${topic}-${partition}`,
          answer?.errorMessage ?? null,
        )
      this.#isLost = true
    }
    if (error.isRetriable && error.name !== 'CONCURRENT_TRANSACTIONS')
      this.#cluster.forgetTopic(topic)
    this.#refused(batch)
  }

  #refused(batch: SentBatch): void {
    const sends = this.#sendsOf(batch)
    sends.refused()
    if (sends.isQuiet) this.#pause(sends)
  }

  /** Sends nothing of a partition for a while, which grows. */
  #pause(sends: PartitionSends): void {
    if (sends.isPaused) return
    const ms = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(sends.refusals - 1, 10))
    sends.isPaused = true
    void this.#cluster.ports.clock.sleep(ms, this.#closing.signal).then(() => {
      sends.isPaused = false
      this.#wakeup.notify()
    })
  }

  /** Goes on as another producer, once all that was sent is answered: a broker has forgotten this one's sequences. */
  async #renew(): Promise<void> {
    const partitions = [...this.#partitions.values()]
    if (!partitions.every(p => p.isQuiet)) return
    const { sequences, renew } = this.#settings
    if (renew) sequences.become(await renew())
    for (const partition of partitions) partition.forgetProducer()
    this.#isLost = false
    this.#wakeup.notify()
  }

  #nextOf(partition: PartitionSends): SentBatch | undefined {
    return partition.nextOf(this.#settings.sequences.identity)
  }

  #sendsOf({ place }: SentBatch): PartitionSends {
    return this.#partitions.get(`${place.topic}-${place.partition}`) as PartitionSends
  }

  #fail(error: unknown): void {
    this.#failure ??=
      error instanceof MillraceError
        ? error
        : new KafkaUnreachableError({ brokers: this.#cluster.settings.brokers, cause: error })
    const flushed = this.#flushed ?? Promise.withResolvers<void>()
    this.#flushed = flushed
    flushed.promise.catch(() => {})
    flushed.reject(this.#failure)
  }
}

const isPassing = (error: unknown): boolean =>
  error instanceof MillraceError && error.retry === 'backoff'
