// Writes records into a topic with the epochs of a program.
//
// Records of an epoch are sent while it runs, those of the next one only once its transaction is committed. Without transactions they
// are sent as they come, and the epoch is committed when all are acknowledged.

import type { RuntimePorts } from 'millrace'
import { Cluster } from '../client/cluster.ts'
import type { ClusterSettings } from '../client/cluster-settings.ts'
import { topicConfig } from '../client/configs.ts'
import { Producer } from '../client/producer.ts'
import { idempotentProducer, ProducerSequences } from '../client/producer-identity.ts'
import type { PartitionPolicy } from '../options/partitioner-options.ts'
import type { SinkSettings } from '../options/sink-options.ts'
import { BATCH_HEADER_BYTES } from '../records/batch-walker.ts'
import type { RecordHeader, RecordPart } from '../records/batch-writer.ts'
import type { KafkaTransaction } from '../transactions/kafka-transaction.ts'
import { type FinishedBatch, RecordBatcher } from './record-batcher.ts'

export type WriterSettings = Pick<
  SinkSettings,
  'topic' | 'compression' | 'batchBytes' | 'maxRecordBytes' | 'lingerMs'
> & { readonly policy: PartitionPolicy }

export class TopicWriter {
  readonly cluster: Cluster
  readonly #settings: WriterSettings
  readonly #ports: RuntimePorts
  readonly #transaction: KafkaTransaction | undefined
  readonly #sequences = new ProducerSequences(false)
  readonly #producer: Producer | undefined
  #batcher: RecordBatcher | undefined
  /** Epochs that were cut. */
  #cut = 0
  /** Of the epoch behind the one whose transaction is being committed. */
  #held: FinishedBatch[] = []
  #heldBytes = 0
  /** Bytes of a batch at most. */
  #topicLimit = Number.POSITIVE_INFINITY
  #isLingering = false
  readonly #closing = new AbortController()

  /** @param destination the transaction that records are part of, or where they are sent without one */
  constructor(
    settings: WriterSettings,
    ports: RuntimePorts,
    destination: KafkaTransaction | ClusterSettings,
  ) {
    this.#settings = settings
    this.#ports = ports
    if ('onCommitted' in destination) {
      this.#transaction = destination
      this.cluster = destination.cluster
      destination.onCommitted(() => this.#release())
    } else {
      this.cluster = new Cluster(destination, ports)
      this.#producer = new Producer(this.cluster, {
        sequences: this.#sequences,
        renew: () => idempotentProducer(this.cluster),
      })
    }
  }

  /** Gives the number of the topic's partitions. */
  async open(): Promise<number> {
    const { topic, policy, compression } = this.#settings
    const { length: partitions } = await this.cluster.writtenPartitionsOf(topic)
    const config = await topicConfig(this.cluster, topic, 'max.message.bytes')
    if (config !== undefined) this.#topicLimit = Number(config)
    const batchBytes = Math.min(this.#settings.batchBytes, this.#topicLimit)
    this.#batcher = new RecordBatcher({ partitions, policy, compression, batchBytes }, finished =>
      this.#send(finished),
    )
    if (this.#producer) this.#sequences.become(await idempotentProducer(this.cluster))
    return partitions
  }

  get bufferedBytes(): number {
    const sent = this.#transaction?.bufferedBytes ?? this.#producer?.bufferedBytes ?? 0
    return sent + this.#heldBytes + (this.#batcher?.bytes ?? 0)
  }

  /** Bytes of a record at most: of a batch that is not compressed the topic's limit is known beforehand. */
  get recordLimit(): number {
    const { maxRecordBytes, compression } = this.#settings
    const ofTopic = this.#topicLimit - BATCH_HEADER_BYTES
    return compression === 'none' ? Math.min(maxRecordBytes, ofTopic) : maxRecordBytes
  }

  /** The parts are copied. @param chosen its partition; undefined: as its key says */
  append(
    key: RecordPart,
    value: RecordPart,
    timestamp: number,
    headers: readonly RecordHeader[] | undefined,
    chosen?: number,
  ): void {
    this.#batcher?.append(key, value, timestamp, headers, chosen)
    if (!this.#isLingering) this.#linger()
  }

  cut(): void {
    this.#batcher?.finish()
    this.#cut++
  }

  /** Waits until all that was sent is acknowledged. */
  async flush(): Promise<void> {
    await (this.#transaction ?? this.#producer)?.flush()
  }

  async close(): Promise<void> {
    this.#closing.abort()
    if (this.#transaction) return
    await this.#producer?.close()
    await this.cluster.close()
  }

  /** Batches that do not become full need not wait for the end of their epoch. */
  #linger(): void {
    this.#isLingering = true
    const { signal } = this.#closing
    void this.#ports.clock.sleep(this.#settings.lingerMs, signal).then(() => {
      this.#isLingering = false
      if (!signal.aborted) this.#batcher?.finish()
    })
  }

  /** Sends a batch, or holds it back while the transaction of the epoch before is open. */
  #send(finished: FinishedBatch): void {
    const transaction = this.#transaction
    const place = { topic: this.#settings.topic, partition: finished.partition }
    if (!transaction) this.#producer?.send(place, finished.batch)
    else if (this.#cut <= transaction.committed) transaction.send(place, finished.batch)
    else {
      this.#held.push(finished)
      this.#heldBytes += finished.batch.length
    }
  }

  #release(): void {
    const held = this.#held
    this.#held = []
    this.#heldBytes = 0
    for (const finished of held) this.#send(finished)
  }
}
