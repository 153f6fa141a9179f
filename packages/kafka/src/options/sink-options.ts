// The options of a table of Kafka that is written, by Flink's names.

import {
  InvalidOptionError,
  MissingOptionError,
  type OptionSchema,
  type TableDescriptor,
} from 'millrace'
import { COMPRESSIONS, type Compression } from '../records/compression.ts'
import { CLIENT_OPTIONS } from './client-options.ts'
import { GROUP_OPTIONS } from './group-options.ts'
import { PARTITIONER_OPTIONS, type Partitioning, partitioningOf } from './partitioner-options.ts'

const GUARANTEES = ['exactly-once', 'at-least-once', 'none'] as const
export type DeliveryGuarantee = (typeof GUARANTEES)[number]

const BATCH_BYTES = 128 << 10
const REQUEST_BYTES = 1 << 20
const LINGER_MS = 5
const TRANSACTION_MS = 60_000
/** A transaction must outlive more epochs than this: one that is slow, or waits for a broker, is not yet aborted. */
const EPOCHS_IN_TRANSACTION = 5

const PRODUCE_OPTIONS: OptionSchema = [
  {
    name: 'properties.compression.type',
    type: 'enum',
    values: COMPRESSIONS,
    default: 'none',
    description: 'How record batches are compressed.',
  },
  {
    name: 'properties.batch.size',
    type: 'int',
    default: `${BATCH_BYTES}`,
    description: 'Bytes of a partition that are sent together at most, before compression.',
  },
  {
    name: 'properties.max.request.size',
    type: 'int',
    default: `${REQUEST_BYTES}`,
    description: 'Bytes of a record at most.',
  },
  {
    name: 'properties.transaction.timeout.ms',
    type: 'int',
    default: `${TRANSACTION_MS}`,
    description: 'The broker aborts a transaction that is open for longer; more than five epochs.',
  },
  {
    name: 'properties.linger.ms',
    type: 'int',
    default: `${LINGER_MS}`,
    description:
      'Batches are sent when they are full, so long after their first record, and at the end of their epoch.',
  },
  {
    name: 'sink.transactional-id-prefix',
    type: 'string',
    description: "What transactional ids begin with; by default the program's name.",
  },
]

const TOPIC: OptionSchema = [{ name: 'topic', type: 'string', description: 'The topic to write.' }]

const DELIVERY: OptionSchema = [
  {
    name: 'sink.delivery-guarantee',
    type: 'enum',
    values: GUARANTEES,
    default: 'at-least-once',
    description:
      'exactly-once: records become visible with the epoch that they belong to, for those who read with read_committed.',
  },
]

export const KAFKA_SINK_OPTIONS: OptionSchema = [
  ...TOPIC,
  ...CLIENT_OPTIONS,
  ...GROUP_OPTIONS,
  ...PRODUCE_OPTIONS,
  ...DELIVERY,
  ...PARTITIONER_OPTIONS,
]

export const UPSERT_SINK_OPTIONS: OptionSchema = [
  ...TOPIC,
  ...CLIENT_OPTIONS,
  ...GROUP_OPTIONS,
  ...PRODUCE_OPTIONS,
  ...DELIVERY,
  {
    name: 'sink.buffer-flush.max-rows',
    type: 'int',
    description: 'Accepted for Flink: an epoch is flushed as a whole.',
  },
  {
    name: 'sink.buffer-flush.interval',
    type: 'duration',
    description: 'Accepted for Flink: an epoch is flushed as a whole.',
  },
]

export interface SinkSettings {
  readonly topic: string
  readonly guarantee: DeliveryGuarantee
  readonly partitioning: Partitioning
  readonly compression: Compression
  readonly batchBytes: number
  readonly maxRecordBytes: number
  readonly lingerMs: number
  readonly transactionTimeoutMs: number
  readonly transactionalIdPrefix: string | undefined
}

export function guaranteeOf({ options }: TableDescriptor): DeliveryGuarantee {
  const given = options.get('sink.delivery-guarantee')?.toLowerCase()
  return GUARANTEES.find(g => g === given) ?? 'at-least-once'
}

/** @throws {InvalidOptionError | MissingOptionError} */
export function sinkSettingsOf(table: TableDescriptor): SinkSettings {
  const { name, options } = table
  const topic = options.get('topic')
  if (topic === undefined)
    throw new MissingOptionError({
      table: name,
      option: 'topic',
      description: 'the topic to write.',
    })
  if (topic.includes(';'))
    throw new InvalidOptionError({
      table: name,
      option: 'topic',
      value: topic,
      expected: 'one topic where the table is written',
    })
  const number = (option: string, byDefault: number): number =>
    Number(options.get(`properties.${option}`) ?? byDefault)
  const compression = options.get('properties.compression.type')?.toLowerCase()
  return {
    topic,
    guarantee: guaranteeOf(table),
    partitioning: partitioningOf(table),
    compression: COMPRESSIONS.find(c => c === compression) ?? 'none',
    batchBytes: number('batch.size', BATCH_BYTES),
    maxRecordBytes: number('max.request.size', REQUEST_BYTES),
    lingerMs: number('linger.ms', LINGER_MS),
    transactionTimeoutMs: number('transaction.timeout.ms', TRANSACTION_MS),
    transactionalIdPrefix: options.get('sink.transactional-id-prefix'),
  }
}

/** @throws {InvalidOptionError} when the broker might abort transactions that only take their time */
export function checkTransactionTimeout(
  { name }: TableDescriptor,
  { transactionTimeoutMs }: SinkSettings,
  epochMs: number,
): void {
  const longest = EPOCHS_IN_TRANSACTION * epochMs
  if (transactionTimeoutMs > longest) return
  throw new InvalidOptionError({
    table: name,
    option: 'properties.transaction.timeout.ms',
    value: `${transactionTimeoutMs}`,
    expected: `more than five epochs, which are ${epochMs} ms each: more than ${longest}`,
  })
}
