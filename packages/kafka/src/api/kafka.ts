// kafka(…): brokers as an object of a program; its topics are sources and sinks of tables.

import {
  type ConnectorSpec,
  type FormatSpec,
  InvalidOptionError,
  type SinkFactory,
  type SourceFactory,
} from 'millrace'
import { kafkaFactories } from '../kafka-factories.ts'
import type { KafkaAttachment } from './attachment.ts'
import { checkNames, type NamesOf } from './check-names.ts'
import { type KafkaSecurity, present, securityOptions, type TableOptions } from './security.ts'
import {
  type TopicOptions,
  topicTableOptions,
  type UpsertTopicOptions,
  upsertTableOptions,
} from './topic-options.ts'

export interface KafkaGroup {
  /** The consumer group; by default the program's name. */
  readonly id?: string
  /** Of static membership: a process that comes back within the session keeps its place. */
  readonly instanceId?: string
  /** A process that is silent for so long is replaced; by default 45 s. */
  readonly sessionTimeoutMs?: number
  /** At most a third of the session; by default 3 s. */
  readonly heartbeatIntervalMs?: number
}

export interface KafkaOptions {
  /** `host:port` of brokers to begin with. */
  readonly brokers: string | readonly string[]
  readonly security?: KafkaSecurity
  readonly group?: KafkaGroup
  /** What brokers know the program by in logs and quotas; by default the program's name. */
  readonly clientId?: string
  /** How long a reply is waited for; by default 30 s. */
  readonly requestTimeoutMs?: number
  /** How long a connection may take to come about; by default 10 s. */
  readonly connectTimeoutMs?: number
  /** Further options by the names of Kafka's clients, such as `'client.rack'`. */
  readonly properties?: Readonly<Record<string, string>>
}

const OPTIONS: NamesOf<KafkaOptions> = {
  brokers: true,
  security: true,
  group: true,
  clientId: true,
  requestTimeoutMs: true,
  connectTimeoutMs: true,
  properties: true,
}

const GROUP: NamesOf<KafkaGroup> = {
  id: true,
  instanceId: true,
  sessionTimeoutMs: true,
  heartbeatIntervalMs: true,
}

/** Brokers, and how they are reached. Nothing is connected before a program runs. */
export class Kafka {
  /** What executes its tables: `app.use(kafka({ … }))` makes the connectors known to SQL. */
  readonly factories: readonly (SourceFactory | SinkFactory)[] = [
    ...kafkaFactories.sources,
    ...kafkaFactories.sinks,
  ]
  readonly #options: TableOptions
  readonly #attachment: KafkaAttachment

  /** @throws {UnknownSettingError} `MR_OPTION_UNKNOWN` */
  constructor(options: KafkaOptions) {
    checkNames('kafka(…)', options, OPTIONS)
    const { brokers, security, group = {}, properties = {} } = options
    checkNames('kafka({ group })', group, GROUP)
    const sasl = security?.sasl
    this.#attachment =
      sasl && 'token' in sasl && typeof sasl.token === 'function' ? { token: sasl.token } : {}
    this.#options = present({
      'properties.bootstrap.servers': typeof brokers === 'string' ? brokers : brokers.join(','),
      'properties.client.id': options.clientId,
      'properties.group.id': group.id,
      'properties.group.instance.id': group.instanceId,
      'properties.session.timeout.ms': group.sessionTimeoutMs?.toString(),
      'properties.heartbeat.interval.ms': group.heartbeatIntervalMs?.toString(),
      'properties.request.timeout.ms': options.requestTimeoutMs?.toString(),
      'properties.socket.connection.setup.timeout.ms': options.connectTimeoutMs?.toString(),
      ...(security && securityOptions(security)),
      ...Object.fromEntries(Object.entries(properties).map(([k, v]) => [`properties.${k}`, v])),
    })
    Object.freeze(this)
  }

  /**
   * A topic: the source of a table, or where `into()` writes rows that only grow. To be read, it may be several, or all that match.
   *
   * @throws {UnknownSettingError} `MR_OPTION_UNKNOWN`
   */
  topic(name: string | readonly string[] | RegExp, options: TopicOptions): ConnectorSpec {
    const own = topicTableOptions(`topic(${shown(name)}, …)`, options)
    const formats = [options.format, options.key?.format]
    return this.#spec('kafka', name, own, { ...options, formats })
  }

  /**
   * A topic whose records replace each other by key: a table with a primary key, read from its beginning, or where `into()` keeps
   * rows current by their key. A deletion is a record without a value.
   *
   * @throws {UnknownSettingError} `MR_OPTION_UNKNOWN`
   */
  upsertTopic(name: string | readonly string[], options: UpsertTopicOptions): ConnectorSpec {
    const own = upsertTableOptions(`upsertTopic(${shown(name)}, …)`, options)
    const formats = [options.format, options.key]
    return this.#spec('upsert-kafka', name, own, { ...options, formats })
  }

  #spec(
    connector: 'kafka' | 'upsert-kafka',
    name: string | readonly string[] | RegExp,
    own: TableOptions,
    {
      metadata,
      partitioner,
      formats,
    }: Pick<TopicOptions, 'metadata' | 'partitioner'> & {
      readonly formats: readonly (FormatSpec | undefined)[]
    },
  ): ConnectorSpec {
    const topic =
      name instanceof RegExp
        ? { 'topic-pattern': patternOf(name) }
        : { topic: typeof name === 'string' ? name : name.join(';') }
    return {
      connector,
      name: typeof name === 'string' ? name : connector,
      options: { ...topic, ...this.#options, ...own },
      attachment:
        typeof partitioner === 'function' ? { ...this.#attachment, partitioner } : this.#attachment,
      factories: this.factories,
      formats: formats.flatMap(format => format?.formats ?? []),
      ...(metadata && { metadata }),
    }
  }
}

/** Brokers of a program: `kafka({ brokers: '127.0.0.1:9092' }).topic('orders', { format: json() })`. */
export const kafka = (options: KafkaOptions): Kafka => new Kafka(options)

/** Names match as a whole, by code points: an option of SQL has no flags. */
function patternOf(name: RegExp): string {
  if (!/[^uv]/.test(name.flags)) return name.source
  throw new InvalidOptionError({
    table: 'kafka(…)',
    option: 'topic-pattern',
    value: `${name}`,
    expected: 'a regular expression without flags',
  })
}

const shown = (name: string | readonly string[] | RegExp): string =>
  name instanceof RegExp ? `${name}` : JSON.stringify(name)
