// The options of a topic, typed, as those that tables of SQL have.

import type { FormatSpec } from 'millrace'
import {
  ATTACHED,
  type CustomPartitioner,
  type PartitionPolicy,
} from '../options/partitioner-options.ts'
import type { DeliveryGuarantee } from '../options/sink-options.ts'
import type { Compression } from '../records/compression.ts'
import { checkNames, type NamesOf } from './check-names.ts'
import { present, type TableOptions } from './security.ts'

/** What a record has beside its key and its value. */
export type KafkaMetadata =
  | 'topic'
  | 'partition'
  | 'offset'
  | 'timestamp'
  | 'timestamp-type'
  | 'leader-epoch'
  | 'headers'
  | 'key'

/** Where reading begins, when there is no state yet. */
export type StartPosition =
  | 'earliest'
  | 'latest'
  /** What the group has committed. */
  | 'committed'
  /** The first record at or after a time. */
  | { readonly timestamp: number | Date }
  /** By partition. */
  | { readonly offsets: Readonly<Record<number, number>> }

/** Where it ends; the record there is not read. */
export type EndPosition = Exclude<StartPosition, 'earliest'>

/** Of every topic. */
interface CommonTopicOptions {
  /** Columns that are none of the record's fields, and what they are instead. `timestamp` and `headers` can be written. */
  readonly metadata?: Readonly<Record<string, KafkaMetadata>>
  /** Absent: reading never ends. */
  readonly end?: EndPosition
  /** By default `read_committed`. */
  readonly isolation?: 'read_committed' | 'read_uncommitted'
  /** By default `at-least-once`. */
  readonly guarantee?: DeliveryGuarantee
  readonly compression?: Compression
  /** The broker aborts a transaction that is open for longer; by default 60 s. */
  readonly transactionTimeoutMs?: number
  /** What transactional ids begin with; by default the program's name. */
  readonly transactionalIdPrefix?: string
  /** Bytes of a record at most; by default 1 MiB. */
  readonly maxRecordBytes?: number
  /** The topic for records that were read and cannot be processed; by default they are kept with the program's state. */
  readonly deadLetters?: string
  /** Further options by their names in DDL, such as `'source.rate-limit'`. */
  readonly options?: Readonly<Record<string, string>>
}

export interface TopicKey {
  /** The columns in the keys of records. */
  readonly fields: string | readonly string[]
  readonly format: FormatSpec
  /** What the columns' names begin with in the table, and not in the keys. */
  readonly prefix?: string
  /** Whether they are in values, too; by default true. */
  readonly isInValue?: boolean
}

/**
 * By a policy; by a column of integers that holds the partition; by the hash of a column, as keys are hashed; by a function. NULL, or
 * undefined of a function, leaves the choice to the record's key.
 */
export type Partitioner =
  | PartitionPolicy
  | { readonly column: string }
  | { readonly hashOf: string }
  | CustomPartitioner

export interface TopicOptions extends CommonTopicOptions {
  /** How values are written. */
  readonly format: FormatSpec
  /** Absent: records are written without keys, and keys are not read. */
  readonly key?: TopicKey
  /** By default `committed`. */
  readonly start?: StartPosition
  /** How often new topics and partitions are looked for, such as `'30 s'`; by default every 5 minutes. */
  readonly discoveryInterval?: string
  /** Where a record goes; by default to where its key's hash says. */
  readonly partitioner?: Partitioner
}

export interface UpsertTopicOptions extends CommonTopicOptions {
  /** How keys are written: the columns of the table's primary key. */
  readonly key: FormatSpec
  /** How values are written. */
  readonly format: FormatSpec
  /** Whether the columns of the key are in values, too; by default true. */
  readonly isKeyInValue?: boolean
}

const COMMON: NamesOf<CommonTopicOptions> = {
  metadata: true,
  end: true,
  isolation: true,
  guarantee: true,
  compression: true,
  transactionTimeoutMs: true,
  transactionalIdPrefix: true,
  maxRecordBytes: true,
  deadLetters: true,
  options: true,
}

const TOPIC: NamesOf<TopicOptions> = {
  ...COMMON,
  format: true,
  key: true,
  start: true,
  discoveryInterval: true,
  partitioner: true,
}

const UPSERT: NamesOf<UpsertTopicOptions> = {
  ...COMMON,
  key: true,
  format: true,
  isKeyInValue: true,
}

const KEY: NamesOf<TopicKey> = { fields: true, format: true, prefix: true, isInValue: true }

/** @throws {UnknownSettingError} */
export function topicTableOptions(of: string, options: TopicOptions): TableOptions {
  checkNames(of, options, TOPIC)
  const { key, format, start, discoveryInterval, partitioner } = options
  if (key) checkNames(`the key of ${of}`, key, KEY)
  return present({
    ...(key ? keyOptions(key) : {}),
    ...formatOptions(format, key ? 'value.' : ''),
    ...(key?.isInValue === false && { 'value.fields-include': 'EXCEPT_KEY' }),
    ...positionOptions('startup', start),
    'scan.topic-partition-discovery.interval': discoveryInterval,
    ...partitionerOptions(partitioner),
    ...commonOptions(options),
  })
}

/** @throws {UnknownSettingError} */
export function upsertTableOptions(of: string, options: UpsertTopicOptions): TableOptions {
  checkNames(of, options, UPSERT)
  const { key, format, isKeyInValue } = options
  return present({
    ...formatOptions(key, 'key.'),
    ...formatOptions(format, 'value.'),
    ...(isKeyInValue === false && { 'value.fields-include': 'EXCEPT_KEY' }),
    ...commonOptions(options),
  })
}

function partitionerOptions(partitioner: Partitioner | undefined): TableOptions {
  if (partitioner === undefined) return {}
  if (typeof partitioner === 'string') return { 'sink.partitioner': partitioner }
  if (typeof partitioner === 'function') return { 'sink.partitioner': ATTACHED }
  return 'column' in partitioner
    ? { 'sink.partitioner': 'column', 'sink.partitioner.column': partitioner.column }
    : { 'sink.partitioner': 'column-hash', 'sink.partitioner.column': partitioner.hashOf }
}

function keyOptions({ fields, format, prefix }: TopicKey): TableOptions {
  return present({
    ...formatOptions(format, 'key.'),
    'key.fields': typeof fields === 'string' ? fields : fields.join(';'),
    'key.fields-prefix': prefix,
  })
}

function commonOptions(options: CommonTopicOptions): Record<string, string | undefined> {
  const { end, isolation, guarantee, compression, transactionalIdPrefix } = options
  return {
    ...positionOptions('bounded', end),
    'properties.isolation.level': isolation,
    'sink.delivery-guarantee': guarantee,
    'sink.transactional-id-prefix': transactionalIdPrefix,
    'properties.compression.type': compression,
    'properties.transaction.timeout.ms': options.transactionTimeoutMs?.toString(),
    'properties.max.request.size': options.maxRecordBytes?.toString(),
    'dead-letter.topic': options.deadLetters,
    ...options.options,
  }
}

/** `value.format`, `value.json.…`. */
function formatOptions({ format, options }: FormatSpec, prefix: string): TableOptions {
  const own = Object.entries(options).map(([name, value]) => [`${prefix}${format}.${name}`, value])
  return { [`${prefix}format`]: format, ...Object.fromEntries(own) }
}

const MODES = {
  earliest: 'earliest-offset',
  latest: 'latest-offset',
  committed: 'group-offsets',
}

function positionOptions(
  edge: 'startup' | 'bounded',
  position: StartPosition | undefined,
): Record<string, string> {
  if (position === undefined) return {}
  const mode = `scan.${edge}.mode`
  if (typeof position === 'string') return { [mode]: MODES[position] ?? position }
  if ('timestamp' in position)
    return { [mode]: 'timestamp', [`scan.${edge}.timestamp-millis`]: `${+position.timestamp}` }
  const offsets = Object.entries(position.offsets).map(([p, o]) => `partition:${p},offset:${o}`)
  return { [mode]: 'specific-offsets', [`scan.${edge}.specific-offsets`]: offsets.join(';') }
}
