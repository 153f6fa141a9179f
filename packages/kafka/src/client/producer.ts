// Sends record batches: to each broker one request at a time, with a batch of each partition that has one; what comes meanwhile waits.

import { MillraceError } from 'millrace'
import { KafkaUnreachableError, UnknownOutcomeError } from '../kafka-errors.ts'
import { errorOf } from '../protocol/error-codes.ts'
import { type ProducedPartition, produceV12, produceV9 } from '../protocol/produce.ts'
import type { BatchProducer } from '../records/batch-writer.ts'
import { recordCount, stampBatch } from '../records/batch-writer.ts'
import type { Cluster, TopicPartition } from './cluster.ts'
import type { ProducerSequences } from './producer-identity.ts'
import { Wakeup } from './wakeup.ts'

export interface ProducerSettings {
  readonly sequences: ProducerSequences
  /** Of a transaction: a reply that does not come is not asked for again. */
  readonly transaction?: {
    readonly id: string
    /** The request joins partitions to the transaction by itself (KIP-890). */
    readonly joinsByProducing: boolean
    /** Called before records of new partitions are sent, where it does not. */
    readonly join: (places: readonly TopicPartition[]) => Promise<void>
    readonly asFenced: (error: string) => MillraceError | undefined
  }
}

interface Waiting {
  readonly place: TopicPartition
  readonly batch: Uint8Array
  /** Given when it is first sent, and kept. */
  producer?: BatchProducer
}

const ACK_MS = 30_000
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 1_000

export class Producer {
  readonly #cluster: Cluster
  readonly #settings: ProducerSettings
  /** By topic and partition, in order. */
  readonly #queues = new Map<string, Waiting[]>()
  readonly #wakeup = new Wakeup()
  readonly #closing = new AbortController()
  #flushed: PromiseWithResolvers<void> | undefined
  #failure: unknown
  #running: Promise<void> | undefined
  #bytes = 0

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
    const queue = this.#queues.get(key)
    if (queue) queue.push({ place, batch })
    else this.#queues.set(key, [{ place, batch }])
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
    await this.#running
  }

  async #run(): Promise<void> {
    const { signal } = this.#closing
    let pause = FIRST_PAUSE_MS
    while (!signal.aborted && this.#failure === undefined) {
      const heads = [...this.#queues.values()].flatMap(q => q[0] ?? [])
      if (heads.length === 0) {
        this.#flushed?.resolve()
        this.#flushed = undefined
        await this.#wakeup.wait(signal)
        continue
      }
      try {
        const isDone = await this.#sendHeads(heads)
        if (!isDone) await this.#cluster.ports.clock.sleep(pause, signal)
        pause = isDone ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pause * 2)
      } catch (error) {
        this.#fail(error)
      }
    }
  }

  /** Sends the first batch of each partition; false when some have to be sent again. */
  async #sendHeads(heads: readonly Waiting[]): Promise<boolean> {
    const { sequences, transaction } = this.#settings
    for (const head of heads) head.producer ??= sequences.take(head.place, recordCount(head.batch))
    if (transaction && !transaction.joinsByProducing)
      await transaction.join(heads.map(h => h.place))
    const byLeader = new Map<number, Waiting[]>()
    for (const head of heads) {
      const leader = await this.#leaderOf(head.place)
      byLeader.set(leader, [...(byLeader.get(leader) ?? []), head])
    }
    const results = await Promise.all(
      [...byLeader].map(([leader, batches]) => this.#sendTo(leader, batches)),
    )
    return results.every(Boolean)
  }

  async #leaderOf({ topic, partition }: TopicPartition): Promise<number> {
    const leader = (await this.#cluster.partitionsOf(topic))[partition]?.leader ?? -1
    if (leader < 0) this.#cluster.forgetTopic(topic)
    return leader
  }

  async #sendTo(leader: number, batches: readonly Waiting[]): Promise<boolean> {
    if (leader < 0) return false
    const { transaction } = this.#settings
    let answers: readonly ProducedPartition[]
    try {
      const connection = await this.#cluster.connection(leader, 'produce')
      answers = await this.#cluster.send(
        connection,
        transaction?.joinsByProducing ? produceV12 : produceV9,
        transaction?.id ?? null,
        ACK_MS,
        batches.map(({ place, batch, producer }) => ({
          ...place,
          batch: stampBatch(batch, producer),
        })),
      )
    } catch (error) {
      if (transaction) throw new UnknownOutcomeError({ request: 'a produce request', cause: error })
      // The broker tells by the sequence whether it has them already.
      if (!(error instanceof KafkaUnreachableError)) throw error
      for (const { place } of batches) this.#cluster.forgetTopic(place.topic)
      return false
    }
    return batches.map(b => this.#take(b, answers)).every(Boolean)
  }

  /** Takes the answer to a batch; false when it has to be sent again. */
  #take(waiting: Waiting, answers: readonly ProducedPartition[]): boolean {
    const { topic, partition } = waiting.place
    const answer = answers.find(a => a.topic === topic && a.partition === partition)
    const error = errorOf(answer?.errorCode ?? -1)
    if (answer?.errorCode === 0 || error.name === 'DUPLICATE_SEQUENCE_NUMBER') {
      const queue = this.#queues.get(`${topic}-${partition}`) as Waiting[]
      queue.shift()
      this.#bytes -= waiting.batch.length
      return true
    }
    const fenced = this.#settings.transaction?.asFenced(error.name)
    if (fenced) throw fenced
    if (!error.isRetriable)
      throw this.#cluster.responseError(
        'records',
        answer?.errorCode ?? -1,
        `${topic}-${partition}`,
        answer?.errorMessage ?? null,
      )
    this.#cluster.forgetTopic(topic)
    return false
  }

  #fail(error: unknown): void {
    this.#failure = error
    const flushed = this.#flushed ?? Promise.withResolvers<void>()
    this.#flushed = flushed
    flushed.promise.catch(() => {})
    flushed.reject(
      error instanceof MillraceError
        ? error
        : new KafkaUnreachableError({
            brokers: this.#cluster.settings.brokers,
            cause: error,
          }),
    )
  }
}
