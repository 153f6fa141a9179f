// Tables of Kafka as sinks.
//
// Records of an epoch are sent while it runs, those of the next one only once its transaction is committed. Without transactions they
// are sent as they come, and the epoch is committed when all are acknowledged.

import {
  ByteWriter,
  type ChangelogMode,
  DELETE,
  type RecordEncoder,
  type Row,
  type RowKindCode,
  type RuntimePorts,
  type SinkContext,
  type SinkFactory,
  type SinkWriter,
  UPDATE_BEFORE,
} from 'millrace'
import { Cluster } from '../client/cluster.ts'
import { topicConfig } from '../client/configs.ts'
import { Producer } from '../client/producer.ts'
import { idempotentProducer, ProducerSequences } from '../client/producer-identity.ts'
import { RecordTooLargeError } from '../kafka-errors.ts'
import { clusterSettingsOf } from '../options/client-options.ts'
import { groupSettingsOf } from '../options/group-options.ts'
import {
  checkTransactionTimeout,
  guaranteeOf,
  KAFKA_SINK_OPTIONS,
  type SinkSettings,
  sinkSettingsOf,
  UPSERT_SINK_OPTIONS,
} from '../options/sink-options.ts'
import { BATCH_HEADER_BYTES } from '../records/batch-walker.ts'
import { BatchWriter } from '../records/batch-writer.ts'
import { sharedTransaction } from '../transactions/shared-transactions.ts'
import type { KafkaTransaction } from '../transactions/kafka-transaction.ts'
import { transactionalIdOf } from '../transactions/transactional-id.ts'
import { type ChoosePartition, partitionChooser } from './chosen-partition.ts'
import { type FinishedBatch, RecordBatcher } from './record-batcher.ts'
import { WRITTEN_METADATA, type WrittenMetadata, writtenMetadata } from './written-metadata.ts'

/** Of a record that is too large. */
const SHOWN_BYTES = 80

export const kafkaSinkFactory: SinkFactory = {
  connector: 'kafka',
  options: KAFKA_SINK_OPTIONS,
  takesFormat: true,
  keys: 'named',
  metadata: WRITTEN_METADATA,
  accepts: (): readonly ChangelogMode[] => ['append'],
  guarantee: table => (guaranteeOf(table) === 'exactly-once' ? 'exactly-once' : 'at-least-once'),
  create: context => new KafkaSink(context),
}

export const upsertKafkaSinkFactory: SinkFactory = {
  ...kafkaSinkFactory,
  connector: 'upsert-kafka',
  options: UPSERT_SINK_OPTIONS,
  keys: 'primary',
  accepts: (): readonly ChangelogMode[] => ['upsert'],
  guarantee: table => (guaranteeOf(table) === 'exactly-once' ? 'exactly-once' : 'idempotent'),
}

class KafkaSink implements SinkWriter {
  readonly appliedEpoch = 0
  readonly transaction: KafkaTransaction | undefined
  readonly #settings: SinkSettings
  readonly #cluster: Cluster
  readonly #sequences = new ProducerSequences(false)
  readonly #producer: Producer | undefined
  readonly #ports: RuntimePorts
  readonly #isUpsert: boolean
  readonly #encodeValue: RecordEncoder
  readonly #encodeKey: RecordEncoder | undefined
  readonly #metadata: WrittenMetadata
  readonly #key = new ByteWriter(256)
  readonly #value = new ByteWriter(1024)
  #batcher: RecordBatcher | undefined
  readonly #context: SinkContext
  #choosePartition: ChoosePartition | undefined
  /** Epochs that were cut. */
  #cut = 0
  /** Of the epoch behind the one whose transaction is being committed. */
  #held: FinishedBatch[] = []
  #heldBytes = 0
  /** Bytes of a batch at most. */
  #topicLimit = Number.POSITIVE_INFINITY
  #isLingering = false
  readonly #closing = new AbortController()

  constructor(context: SinkContext) {
    const { table, ports, program, encoder, keyEncoder, changelogMode, epochMs } = context
    this.#context = context
    this.#ports = ports
    this.#settings = sinkSettingsOf(table)
    this.#isUpsert = table.connector === 'upsert-kafka'
    this.#encodeValue = encoder as RecordEncoder
    this.#encodeKey = keyEncoder
    this.#metadata = writtenMetadata(table)
    const clusterSettings = clusterSettingsOf(table, program)
    if (this.#settings.guarantee === 'exactly-once') {
      checkTransactionTimeout(table, this.#settings, epochMs)
      this.transaction = sharedTransaction(ports, clusterSettings, {
        transactionalId: transactionalIdOf(program, this.#settings.transactionalIdPrefix),
        timeoutMs: this.#settings.transactionTimeoutMs,
        group: groupSettingsOf(table, program),
        marker: { topic: this.#settings.topic, partition: 0 },
      })
      this.#cluster = this.transaction.cluster
      this.transaction.onCommitted(() => this.#release())
    } else {
      this.#cluster = new Cluster(clusterSettings, ports)
      this.#producer = new Producer(this.#cluster, {
        sequences: this.#sequences,
        renew: () => idempotentProducer(this.#cluster),
      })
    }
    this.#keepsUpdateBefore = changelogMode === 'retract'
  }

  readonly #keepsUpdateBefore: boolean

  async open(): Promise<void> {
    const { topic, partitioning, compression } = this.#settings
    const policy = partitioning.kind === 'policy' ? partitioning.policy : 'default'
    const { length: partitions } = await this.#cluster.writtenPartitionsOf(topic)
    const config = await topicConfig(this.#cluster, topic, 'max.message.bytes')
    if (config !== undefined) this.#topicLimit = Number(config)
    const batchBytes = Math.min(this.#settings.batchBytes, this.#topicLimit)
    this.#batcher = new RecordBatcher({ partitions, policy, compression, batchBytes }, finished =>
      this.#send(finished),
    )
    const { table, baseFolder } = this.#context
    this.#choosePartition = await partitionChooser(partitioning, {
      table,
      topic,
      partitions,
      baseFolder,
    })
    if (!this.transaction) this.#sequences.become(await idempotentProducer(this.#cluster))
  }

  get bufferedBytes(): number {
    const sent = this.transaction?.bufferedBytes ?? this.#producer?.bufferedBytes ?? 0
    return sent + this.#heldBytes + (this.#batcher?.bytes ?? 0)
  }

  write(kind: RowKindCode, row: Row): void {
    if (kind === UPDATE_BEFORE && !this.#keepsUpdateBefore) return
    const key = this.#encodeKey && encoded(this.#encodeKey, this.#key, kind, row)
    const isDeletion = this.#isUpsert && kind === DELETE
    const value = isDeletion ? undefined : encoded(this.#encodeValue, this.#value, kind, row)
    const headers = this.#metadata.headersOf(row)
    const size = BatchWriter.sizeOf(key, value, headers)
    if (size > this.#recordLimit) throw this.#tooLarge(size, key ?? value)
    const timestamp = this.#metadata.timestampOf(row) ?? this.#ports.clock.now()
    ;(this.#batcher as RecordBatcher).append(
      key,
      value,
      timestamp,
      headers,
      this.#choosePartition?.(row, key, value),
    )
    if (!this.#isLingering) this.#linger()
  }

  cut(): void {
    this.#batcher?.finish()
    this.#cut++
  }

  async prepare(): Promise<Record<string, never>> {
    await (this.transaction ?? this.#producer)?.flush()
    return {}
  }

  async apply(): Promise<void> {}
  async finish(): Promise<void> {}

  async close(): Promise<void> {
    this.#closing.abort()
    if (this.transaction) return
    await this.#producer?.close()
    await this.#cluster.close()
  }

  /** Of a batch that is not compressed the topic's limit is known beforehand. */
  get #recordLimit(): number {
    const { maxRecordBytes, compression } = this.#settings
    const ofTopic = this.#topicLimit - BATCH_HEADER_BYTES
    return compression === 'none' ? Math.min(maxRecordBytes, ofTopic) : maxRecordBytes
  }

  #tooLarge(bytes: number, record: Uint8Array | undefined): RecordTooLargeError {
    const { topic, maxRecordBytes } = this.#settings
    const limit = this.#recordLimit
    return new RecordTooLargeError({
      table: this.#context.table.name,
      topic,
      record: new TextDecoder().decode(record?.subarray(0, SHOWN_BYTES)),
      bytes,
      limit,
      isOfTopic: limit < maxRecordBytes,
    })
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
    const { transaction } = this
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

/** The bytes of a key or value, valid until the next one. */
function encoded(encode: RecordEncoder, out: ByteWriter, kind: RowKindCode, row: Row): Uint8Array {
  out.length = 0
  encode(out, kind, row)
  return out.bytes.subarray(0, out.length)
}
