// The options of a table of Kafka that is read, by Flink's names.

import {
  durationMs,
  InvalidOptionError,
  MissingOptionError,
  type OptionSchema,
  type TableDescriptor,
} from 'millrace'
import { CLIENT_OPTIONS } from './client-options.ts'
import { GROUP_OPTIONS } from './group-options.ts'

const STARTUP_MODES = [
  'earliest-offset',
  'latest-offset',
  'group-offsets',
  'timestamp',
  'specific-offsets',
] as const
const BOUNDED_MODES = [
  'unbounded',
  'latest-offset',
  'group-offsets',
  'timestamp',
  'specific-offsets',
] as const

const TOPIC_OPTIONS: OptionSchema = [
  {
    name: 'topic',
    type: 'string',
    description: 'The topic; several to be read have semicolons between them.',
  },
  {
    name: 'topic-pattern',
    type: 'string',
    description: 'A regular expression that the whole names of topics to be read match.',
  },
]

const LETTER_OPTIONS: OptionSchema = [
  {
    name: 'dead-letter.topic',
    type: 'string',
    description:
      'Where records go that cannot be processed, with the epoch that they are read in; made when it is missing.',
  },
]

/** Of `kafka` and `upsert-kafka`. */
const FETCH_OPTIONS: OptionSchema = [
  {
    name: 'properties.isolation.level',
    type: 'enum',
    values: ['read_committed', 'read_uncommitted'],
    default: 'read_committed',
    description: 'Whether records of open and aborted transactions are read.',
  },
  {
    name: 'properties.auto.offset.reset',
    type: 'enum',
    values: ['earliest', 'latest', 'none'],
    default: 'earliest',
    description:
      'Where to begin when the group has committed no offset. Where it is given, also where to go on when records that were still to be read are gone, which is an error otherwise.',
  },
  {
    name: 'properties.fetch.min.bytes',
    type: 'int',
    default: '1',
    description: 'What a broker waits for before it answers.',
  },
  {
    name: 'properties.fetch.max.wait.ms',
    type: 'int',
    default: '500',
    description: 'How long it waits for that.',
  },
  {
    name: 'properties.fetch.max.bytes',
    type: 'int',
    default: '8388608',
    description: 'Of one answer.',
  },
  {
    name: 'properties.max.partition.fetch.bytes',
    type: 'int',
    default: '1048576',
    description: 'Of one partition in an answer, and of what is held of it unread.',
  },
  {
    name: 'properties.check.crcs',
    type: 'boolean',
    default: 'true',
    description: 'Whether checksums of record batches are verified.',
  },
  {
    name: 'properties.client.rack',
    type: 'string',
    default: '',
    description: 'Where the program runs, for brokers that have replicas near it.',
  },
]

const BOUNDED_OPTIONS: OptionSchema = [
  {
    name: 'scan.bounded.mode',
    type: 'enum',
    values: BOUNDED_MODES,
    default: 'unbounded',
    description: 'Where reading ends: never, at what is there at the start, at a time, at offsets.',
  },
  {
    name: 'scan.bounded.timestamp-millis',
    type: 'bigint',
    description: 'The time, epoch ms: the first record at or after it is not read.',
  },
  {
    name: 'scan.bounded.specific-offsets',
    type: 'string',
    description: 'Such as `partition:0,offset:42;partition:1,offset:300`: these are not read.',
  },
]

export const KAFKA_SOURCE_OPTIONS: OptionSchema = [
  ...TOPIC_OPTIONS,
  ...CLIENT_OPTIONS,
  ...GROUP_OPTIONS,
  ...FETCH_OPTIONS,
  {
    name: 'scan.startup.mode',
    type: 'enum',
    values: STARTUP_MODES,
    default: 'group-offsets',
    description:
      'Where reading begins, without state: at the beginning, the end, what the group has committed, a time, offsets.',
  },
  {
    name: 'scan.startup.timestamp-millis',
    type: 'bigint',
    description: 'The time, epoch ms: from the first record at or after it.',
  },
  {
    name: 'scan.startup.specific-offsets',
    type: 'string',
    description: 'Such as `partition:0,offset:42;partition:1,offset:300`.',
  },
  ...BOUNDED_OPTIONS,
  ...LETTER_OPTIONS,
  {
    name: 'scan.topic-partition-discovery.interval',
    type: 'duration',
    default: '5 min',
    description: 'How often new topics and partitions are looked for; 0: never.',
  },
]

/** Upserts are read from the beginning: a later start would miss rows. */
export const UPSERT_SOURCE_OPTIONS: OptionSchema = [
  ...TOPIC_OPTIONS.filter(o => o.name === 'topic'),
  ...CLIENT_OPTIONS,
  ...GROUP_OPTIONS,
  ...FETCH_OPTIONS,
  ...BOUNDED_OPTIONS,
  ...LETTER_OPTIONS,
]

/** Where reading begins or ends. */
export type OffsetChoice =
  | { readonly kind: 'earliest' | 'latest' | 'group' | 'never' }
  | { readonly kind: 'timestamp'; readonly ms: number }
  | { readonly kind: 'offsets'; readonly offsets: ReadonlyMap<number, number> }

export interface SourceSettings {
  readonly topics: readonly string[] | RegExp
  readonly start: OffsetChoice
  readonly end: OffsetChoice
  readonly isCommittedOnly: boolean
  readonly offsetReset: 'earliest' | 'latest' | 'none'
  /** The same when records that were still to be read are gone. */
  readonly lossReset: 'earliest' | 'latest' | 'none'
  readonly minBytes: number
  readonly maxWaitMs: number
  readonly maxBytes: number
  readonly partitionBytes: number
  readonly verifiesCrc: boolean
  readonly rack: string
  /** Absent: partitions are looked for once. */
  readonly discoveryIntervalMs?: number
}

/** @throws {InvalidOptionError | MissingOptionError} */
export function sourceSettingsOf(table: TableDescriptor): SourceSettings {
  const { options } = table
  const number = (name: string, byDefault: number): number =>
    Number(options.get(`properties.${name}`) ?? byDefault)
  const isUpsert = table.connector === 'upsert-kafka'
  const interval = isUpsert
    ? 0
    : durationMs(options.get('scan.topic-partition-discovery.interval') ?? '5 min')
  const startup = isUpsert
    ? 'earliest-offset'
    : (options.get('scan.startup.mode') ?? 'group-offsets')
  const reset = options.get('properties.auto.offset.reset')?.toLowerCase() as
    | SourceSettings['offsetReset']
    | undefined
  return {
    topics: topicsOf(table),
    start: choiceOf(table, 'startup', startup),
    end: choiceOf(table, 'bounded', options.get('scan.bounded.mode') ?? 'unbounded'),
    isCommittedOnly:
      options.get('properties.isolation.level')?.toLowerCase() !== 'read_uncommitted',
    offsetReset: reset ?? 'earliest',
    lossReset: reset ?? 'none',
    minBytes: number('fetch.min.bytes', 1),
    maxWaitMs: number('fetch.max.wait.ms', 500),
    maxBytes: number('fetch.max.bytes', 8 << 20),
    partitionBytes: number('max.partition.fetch.bytes', 1 << 20),
    verifiesCrc: options.get('properties.check.crcs')?.toLowerCase() !== 'false',
    rack: options.get('properties.client.rack') ?? '',
    ...(interval > 0 && { discoveryIntervalMs: interval }),
  }
}

/** The pattern of topics as it was written. */
export const patternText = ({ source }: RegExp): string => source.slice('^(?:'.length, -')$'.length)

function topicsOf(table: TableDescriptor): readonly string[] | RegExp {
  const topic = table.options.get('topic')
  const pattern = table.options.get('topic-pattern')
  if (topic !== undefined && pattern !== undefined)
    throw invalid(table, 'topic-pattern', "either 'topic' or 'topic-pattern'")
  if (pattern !== undefined)
    try {
      return new RegExp(`^(?:${pattern})$`, 'u')
    } catch (error) {
      throw invalid(table, 'topic-pattern', `a regular expression: ${(error as Error).message}`)
    }
  if (topic === undefined)
    throw new MissingOptionError({
      table: table.name,
      option: 'topic',
      description: 'the topic to read.',
    })
  return topic.split(';').map(t => t.trim())
}

function choiceOf(table: TableDescriptor, edge: 'startup' | 'bounded', mode: string): OffsetChoice {
  switch (mode.toLowerCase()) {
    case 'earliest-offset':
      return { kind: 'earliest' }
    case 'latest-offset':
      return { kind: 'latest' }
    case 'group-offsets':
      return { kind: 'group' }
    case 'timestamp':
      return { kind: 'timestamp', ms: Number(needed(table, `scan.${edge}.timestamp-millis`)) }
    case 'specific-offsets':
      return { kind: 'offsets', offsets: offsetsOf(table, `scan.${edge}.specific-offsets`) }
    default:
      return { kind: 'never' }
  }
}

/** `partition:0,offset:42;partition:1,offset:300`. */
function offsetsOf(table: TableDescriptor, option: string): ReadonlyMap<number, number> {
  const offsets = new Map<number, number>()
  for (const part of needed(table, option).split(';')) {
    const match = /^\s*partition\s*:\s*(\d+)\s*,\s*offset\s*:\s*(\d+)\s*$/.exec(part)
    if (!match)
      throw invalid(table, option, 'a text such as partition:0,offset:42;partition:1,offset:300')
    offsets.set(Number(match[1]), Number(match[2]))
  }
  return offsets
}

function needed({ name, options }: TableDescriptor, option: string): string {
  const value = options.get(option)
  if (value !== undefined) return value
  const { description } = KAFKA_SOURCE_OPTIONS.find(o => o.name === option) ?? { description: '' }
  throw new MissingOptionError({ table: name, option, description })
}

function invalid(table: TableDescriptor, option: string, expected: string): InvalidOptionError {
  const value = table.options.get(option) ?? ''
  return new InvalidOptionError({ table: table.name, option, value, expected })
}
