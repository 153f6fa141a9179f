// The brokers: who leads which partition, who coordinates what, and connections to them.

import {
  type API,
  apiVersionsV3,
  type Connection,
  findCoordinatorV4,
  metadataV12,
  ResponseError,
} from '@platformatic/kafka'
import type { MillraceError } from 'millrace'
import {
  KafkaResponseError,
  KafkaUnreachableError,
  UnknownTopicError,
  UnreadableReplyError,
} from '../kafka-errors.ts'
import { errorOf } from '../protocol/error-codes.ts'
import { type ClusterFeatures, featuresOf } from './cluster-features.ts'
import { addressOf, type BrokerAddress, type ClusterSettings } from './cluster-settings.ts'
import { connectionError, isUnreadable } from './connection-error.ts'
import { Connections, type Purpose } from './connections.ts'
import { type RetryPorts, retrying } from './retry.ts'

export interface TopicPartition {
  readonly topic: string
  readonly partition: number
}

export interface PartitionInfo extends TopicPartition {
  /** Node id; -1: none for now. */
  readonly leader: number
  readonly leaderEpoch: number
}

export interface TopicInfo {
  /** Tells it from another of the same name, before and after. */
  readonly id: string
  readonly partitions: readonly PartitionInfo[]
}

const METADATA_AGE_MS = 60_000
const RETRY_MS = 20_000
/** How long a broker may take to make a topic, and between two looks whether it has. */
const CREATION_MS = 3_000
const CREATION_PAUSE_MS = 100
const CLIENT_NAME = 'millrace'
const CLIENT_VERSION = '0.1.0'

export class Cluster {
  readonly settings: ClusterSettings
  readonly ports: RetryPorts
  readonly #connections: Connections
  readonly #brokers = new Map<number, BrokerAddress>()
  readonly #topics = new Map<string, TopicInfo & { readonly at: number }>()
  readonly #coordinators = new Map<string, number>()
  #features: Promise<ClusterFeatures> | undefined

  readonly #retryMs: number
  readonly #closing = new AbortController()

  constructor(settings: ClusterSettings, ports: RetryPorts, { retryMs = RETRY_MS } = {}) {
    this.settings = settings
    this.#connections = new Connections(settings)
    this.ports = ports
    this.#retryMs = retryMs
  }

  /** The partitions of a topic, in order. @throws {UnknownTopicError} */
  async partitionsOf(topic: string): Promise<readonly PartitionInfo[]> {
    return (await this.topic(topic)).partitions
  }

  /** What is known of a topic. @throws {UnknownTopicError} */
  async topic(topic: string): Promise<TopicInfo> {
    const known = this.#topics.get(topic)
    if (known && this.ports.clock.monotonic() - known.at < METADATA_AGE_MS) return known
    return this.retry(async () => {
      const [found] = await this.#refresh([topic])
      if (!found) throw new UnknownTopicError({ topic, brokers: this.settings.brokers })
      return found
    })
  }

  /** The same, of a topic to be written: brokers that make topics when they are first asked for make it. */
  async writtenPartitionsOf(topic: string): Promise<readonly PartitionInfo[]> {
    const until = this.ports.clock.monotonic() + CREATION_MS
    for (;;)
      try {
        return await this.partitionsOf(topic)
      } catch (error) {
        if (!(error instanceof UnknownTopicError) || this.ports.clock.monotonic() > until)
          throw error
        await this.retry(() => this.#metadata([topic], true))
        await this.ports.clock.sleep(CREATION_PAUSE_MS)
      }
  }

  /** Names of all topics that are not Kafka's own. */
  async topicNames(): Promise<readonly string[]> {
    return this.retry(async () => {
      const { topics } = await this.#metadata(null)
      return topics.flatMap(t => (t.name && !t.isInternal ? [t.name] : [])).toSorted()
    })
  }

  /** The ids of all brokers. */
  nodes(): Promise<readonly number[]> {
    return this.retry(async () => (await this.#metadata([])).brokers.map(b => b.nodeId))
  }

  /** Forgets what is known of a topic: it is asked for again. */
  forgetTopic(topic: string): void {
    this.#topics.delete(topic)
  }

  /** A connection to the leader of a partition. @throws when it has none now, to be tried again */
  async leaderConnection(place: TopicPartition, purpose: Purpose): Promise<Connection> {
    const partitions = await this.partitionsOf(place.topic)
    const leader = partitions[place.partition]?.leader ?? -1
    if (leader < 0) {
      this.forgetTopic(place.topic)
      throw this.responseError('a request', 5, `${place.topic}-${place.partition}`)
    }
    return this.connection(leader, purpose)
  }

  /** A connection to a node. @throws {KafkaUnreachableError | KafkaSecurityError} */
  async connection(node: number, purpose: Purpose): Promise<Connection> {
    const address = this.#brokers.get(node)
    if (!address) {
      await this.#refresh([])
      if (!this.#brokers.has(node)) throw this.responseError('a request', 8, `broker ${node}`)
      return this.connection(node, purpose)
    }
    return this.#connect(address, purpose)
  }

  /** A connection to where topics are made: with KRaft, any broker passes it on. */
  async controllerConnection(): Promise<Connection> {
    const { controllerId } = await this.#metadata([])
    return controllerId < 0 ? this.anyConnection() : this.connection(controllerId, 'other')
  }

  /** A connection to the coordinator of a group or a transactional id. */
  async coordinator(
    kind: 'group' | 'transaction',
    key: string,
    purpose: Purpose = kind === 'group' ? 'group' : 'produce',
  ): Promise<Connection> {
    return this.connection(await this.coordinatorNode(kind, key), purpose)
  }

  /** Which node that is. */
  async coordinatorNode(kind: 'group' | 'transaction', key: string): Promise<number> {
    const name = `${kind} ${key}`
    const node = this.#coordinators.get(name) ?? (await this.#findCoordinator(kind, key))
    this.#coordinators.set(name, node)
    return node
  }

  /** The coordinator has moved: it is looked for again. */
  forgetCoordinator(kind: 'group' | 'transaction', key: string): void {
    this.#coordinators.delete(`${kind} ${key}`)
  }

  features(): Promise<ClusterFeatures> {
    this.#features ??= this.retry(() => this.#readFeatures())
    this.#features.catch(() => {
      this.#features = undefined
    })
    return this.#features
  }

  /** Sends a request. @throws {KafkaUnreachableError | KafkaSecurityError} when no reply comes; error codes in replies are the caller's */
  async send<A extends unknown[], R>(
    connection: Connection,
    api: API<A, R>,
    ...args: A
  ): Promise<R> {
    try {
      // While a connection says anew who it is, a broker takes no other request on it.
      if (connection.status === 'reauthenticating') await connection.ready()
      return await api.async(connection, ...args)
    } catch (error) {
      if (error instanceof ResponseError && error['response'] !== undefined)
        return error['response'] as R
      const broker = `${connection.host}:${connection.port}`
      if (isUnreadable(error)) throw new UnreadableReplyError({ broker, cause: error })
      const cause = this.#connections.breakOf(connection) ?? error
      this.#forgetPlaces()
      throw connectionError([broker], cause)
    }
  }

  /** Tries again what may then succeed. */
  retry<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const ending = signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal
    return retrying(this.ports, { limitMs: this.#retryMs, signal: ending }, attempt)
  }

  responseError(
    request: string,
    code: number,
    place?: string,
    message?: string | null,
  ): MillraceError {
    const { name, isRetriable } = errorOf(code)
    return new KafkaResponseError({
      request,
      error: name,
      isRetriable,
      ...(place !== undefined && { place }),
      ...(message !== undefined && { message }),
    })
  }

  /** Opens connections for a purpose anew, and asks again who leads what; requests on the way fail. */
  async renew(...purposes: readonly Purpose[]): Promise<void> {
    this.#topics.clear()
    this.#brokers.clear()
    await this.#connections.close(purposes)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#connections.close()
  }

  async #refresh(topics: readonly string[]): Promise<readonly TopicInfo[]> {
    const found: TopicInfo[] = []
    const response = await this.#metadata(topics)
    const at = this.ports.clock.monotonic()
    for (const { name, topicId, errorCode, partitions } of response.topics) {
      if (!name) continue
      if (errorCode !== 0) {
        this.#topics.delete(name)
        const error = errorOf(errorCode)
        if (error.name === 'UNKNOWN_TOPIC_OR_PARTITION')
          throw new UnknownTopicError({ topic: name, brokers: this.settings.brokers })
        throw this.responseError('the metadata', errorCode, `topic "${name}"`)
      }
      const sorted = partitions
        .toSorted((a, b) => a.partitionIndex - b.partitionIndex)
        .map(p => ({
          topic: name,
          partition: p.partitionIndex,
          leader: p.leaderId,
          leaderEpoch: p.leaderEpoch,
        }))
      const info = { id: topicId, partitions: sorted, at }
      this.#topics.set(name, info)
      found.push(info)
    }
    return found
  }

  async #metadata(topics: readonly string[] | null, creates = false) {
    const connection = await this.anyConnection()
    const response = await this.send(
      connection,
      metadataV12.api,
      topics === null ? null : [...topics],
      creates,
      false,
    )
    for (const { nodeId, host, port } of response.brokers) this.#brokers.set(nodeId, { host, port })
    return response
  }

  async #findCoordinator(kind: 'group' | 'transaction', key: string): Promise<number> {
    const connection = await this.anyConnection()
    const keyType = kind === 'group' ? 0 : 1
    const response = await this.send(connection, findCoordinatorV4.api, keyType, [key])
    const [found] = response.coordinators
    if (found?.errorCode !== 0)
      throw this.responseError(
        'the coordinator',
        found?.errorCode ?? 15,
        `${kind} "${key}"`,
        found?.errorMessage ?? null,
      )
    this.#brokers.set(found.nodeId, { host: found.host, port: found.port })
    return found.nodeId
  }

  async #readFeatures(): Promise<ClusterFeatures> {
    const connection = await this.anyConnection()
    return featuresOf(await this.send(connection, apiVersionsV3.api, CLIENT_NAME, CLIENT_VERSION))
  }

  /** To a broker that is known, else to one of those to begin with. */
  async anyConnection(): Promise<Connection> {
    const addresses = [...this.#brokers.values(), ...this.settings.brokers.map(addressOf)]
    let last: unknown
    for (const address of addresses)
      try {
        return await this.#connect(address, 'other')
      } catch (error) {
        last = error
      }
    const { brokers } = this.settings
    const cause = last instanceof KafkaUnreachableError ? last.cause : last
    throw connectionError(brokers, cause)
  }

  async #connect(address: BrokerAddress, purpose: Purpose): Promise<Connection> {
    try {
      this.#closing.signal.throwIfAborted()
      return await this.#connections.open(address, purpose)
    } catch (cause) {
      this.#forgetPlaces()
      throw connectionError([`${address.host}:${address.port}`], cause)
    }
  }

  /** A broker does not answer: others may lead and coordinate in its place by now. */
  #forgetPlaces(): void {
    this.#topics.clear()
    this.#coordinators.clear()
  }
}
