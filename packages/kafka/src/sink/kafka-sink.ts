// Tables of Kafka as sinks: rows become records.

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
import { LetterSink } from '../dead-letters/letter-sink.ts'
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
import { BatchWriter } from '../records/batch-writer.ts'
import { sharedTransaction } from '../transactions/shared-transactions.ts'
import type { KafkaTransaction } from '../transactions/kafka-transaction.ts'
import { transactionalIdOf } from '../transactions/transactional-id.ts'
import { type ChoosePartition, partitionChooser } from './chosen-partition.ts'
import { TopicWriter } from './topic-writer.ts'
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
  createLetters: context => new LetterSink(context),
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
  readonly #writer: TopicWriter
  readonly #ports: RuntimePorts
  readonly #isUpsert: boolean
  readonly #keepsUpdateBefore: boolean
  readonly #encodeValue: RecordEncoder
  readonly #encodeKey: RecordEncoder | undefined
  readonly #metadata: WrittenMetadata
  readonly #key = new ByteWriter(256)
  readonly #value = new ByteWriter(1024)
  readonly #context: SinkContext
  #choosePartition: ChoosePartition | undefined

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
    const { partitioning } = this.#settings
    const policy = partitioning.kind === 'policy' ? partitioning.policy : 'default'
    if (this.#settings.guarantee === 'exactly-once') {
      checkTransactionTimeout(table, this.#settings, epochMs)
      this.transaction = sharedTransaction(ports, clusterSettings, {
        program,
        transactionalId: transactionalIdOf(program, this.#settings.transactionalIdPrefix),
        timeoutMs: this.#settings.transactionTimeoutMs,
        group: groupSettingsOf(table, program),
        marker: { topic: this.#settings.topic, partition: 0 },
      })
    }
    const destination = this.transaction ?? clusterSettings
    this.#writer = new TopicWriter({ ...this.#settings, policy }, ports, destination)
    this.#keepsUpdateBefore = changelogMode === 'retract'
  }

  async open(): Promise<void> {
    const { topic, partitioning } = this.#settings
    const partitions = await this.#writer.open()
    const { table, baseFolder } = this.#context
    this.#choosePartition = await partitionChooser(partitioning, {
      table,
      topic,
      partitions,
      baseFolder,
    })
  }

  get bufferedBytes(): number {
    return this.#writer.bufferedBytes
  }

  write(kind: RowKindCode, row: Row): void {
    if (kind === UPDATE_BEFORE && !this.#keepsUpdateBefore) return
    const key = this.#encodeKey && encoded(this.#encodeKey, this.#key, kind, row)
    const isDeletion = this.#isUpsert && kind === DELETE
    const value = isDeletion ? undefined : encoded(this.#encodeValue, this.#value, kind, row)
    const headers = this.#metadata.headersOf(row)
    const size = BatchWriter.sizeOf(key, value, headers)
    if (size > this.#writer.recordLimit) throw this.#tooLarge(size, key ?? value)
    const timestamp = this.#metadata.timestampOf(row) ?? this.#ports.clock.now()
    const chosen = this.#choosePartition?.(row, key, value)
    this.#writer.append(key, value, timestamp, headers, chosen)
  }

  cut(): void {
    this.#writer.cut()
  }

  async prepare(): Promise<Record<string, never>> {
    await this.#writer.flush()
    return {}
  }

  async apply(): Promise<void> {}
  async finish(): Promise<void> {}

  close(): Promise<void> {
    return this.#writer.close()
  }

  #tooLarge(bytes: number, record: Uint8Array | undefined): RecordTooLargeError {
    const { topic, maxRecordBytes } = this.#settings
    const limit = this.#writer.recordLimit
    return new RecordTooLargeError({
      table: this.#context.table.name,
      topic,
      record: new TextDecoder().decode(record?.subarray(0, SHOWN_BYTES)),
      bytes,
      limit,
      isOfTopic: limit < maxRecordBytes,
    })
  }
}

/** The bytes of a key or value, valid until the next one. */
function encoded(encode: RecordEncoder, out: ByteWriter, kind: RowKindCode, row: Row): Uint8Array {
  out.length = 0
  encode(out, kind, row)
  return out.bytes.subarray(0, out.length)
}
