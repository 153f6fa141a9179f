// Tables of Kafka as sources: a split per partition, found while the program runs.

import { crc32 } from '@node-rs/crc32'
import type {
  JsonValue,
  ReadSource,
  RuntimePorts,
  Source,
  SourceContext,
  SourceFactory,
  SourceSplit,
  SourceTrouble,
  SplitReader,
  Value,
} from 'millrace'
import { Cluster, type TopicPartition } from '../client/cluster.ts'
import { Fetcher } from '../client/fetcher.ts'
import type { PartitionQueue } from '../client/partition-queue.ts'
import { commitOffsets } from '../client/offsets.ts'
import { NoTopicError } from '../kafka-errors.ts'
import { clusterSettingsOf } from '../options/client-options.ts'
import { type GroupSettings, groupSettingsOf } from '../options/group-options.ts'
import {
  KAFKA_SOURCE_OPTIONS,
  patternText,
  type SourceSettings,
  sourceSettingsOf,
  UPSERT_SOURCE_OPTIONS,
} from '../options/source-options.ts'
import type { CommittedOffset } from '../protocol/transactions.ts'
import { diagnosePartition } from './diagnose-partition.ts'
import { positionIn } from './partition-position.ts'
import { PartitionReader } from './partition-reader.ts'
import {
  KAFKA_METADATA,
  partitionValues,
  RECORD_METADATA,
  recordReaders,
} from './record-metadata.ts'
import { hasTransaction } from '../transactions/shared-transactions.ts'
import { StartOffsets } from './start-offsets.ts'
import { topicsToRead } from './topics-to-read.ts'

/** What a compressed batch may grow to; brokers take batches of 1 MiB by default. */
const MAX_BATCH_BYTES = 256 << 20

/** What is fetched ahead of all partitions of a table. */
const BUFFERED_BYTES = 32 << 20

/** A partition, and between which offsets it is read; stored with the positions, so that a restart ends where the first run would. */
interface PartitionSpec extends TopicPartition {
  /** Tells the topic from another of its name. */
  readonly topicId: string
  readonly start: number
  /** Of the record before; null: not known. */
  readonly startEpoch?: number | null
  readonly end: number | null
}

export const kafkaSourceFactory: SourceFactory = {
  connector: 'kafka',
  options: KAFKA_SOURCE_OPTIONS,
  takesFormat: true,
  keys: 'named',
  metadata: KAFKA_METADATA,
  recordMetadata: RECORD_METADATA,
  create: context => new KafkaSource(context),
}

export const upsertKafkaSourceFactory: SourceFactory = {
  ...kafkaSourceFactory,
  connector: 'upsert-kafka',
  options: UPSERT_SOURCE_OPTIONS,
  keys: 'primary',
}

export class KafkaSource implements Source {
  readonly payload = 'frames'
  readonly boundedness: Source['boundedness']
  readonly discoveryIntervalMs?: number
  readonly cluster: Cluster
  readonly group: GroupSettings
  /** What it is among those of its program that read the same partitions in the same group; the same after a restart. */
  readonly reader: string
  readonly #settings: SourceSettings
  readonly #isFresh: boolean
  readonly #program: string
  readonly #table: string
  readonly #notice: (text: string) => void
  #isSaid = false
  #toCommit: readonly CommittedOffset[] = []
  #committing: Promise<void> | undefined
  readonly #offsets: StartOffsets
  readonly #fetcher: Fetcher
  readonly #ports: RuntimePorts
  /** Of the splits that are open, by their ids. */
  readonly #queues = new Map<string, PartitionQueue>()
  readonly #metadata: ReturnType<typeof recordReaders>
  readonly #valuesOf: (place: TopicPartition) => Value[]

  constructor({ table, ports, program, timeZone = 'UTC', isFresh = false, notice }: SourceContext) {
    this.#isFresh = isFresh
    this.#program = program
    this.#table = table.name
    this.#notice = notice ?? (() => {})
    this.#ports = ports
    const options = JSON.stringify([...table.options].filter(([k]) => !k.startsWith('properties.')))
    this.reader = `${table.name}-${crc32(options).toString(16)}`
    this.#settings = sourceSettingsOf(table)
    this.group = groupSettingsOf(table, program)
    this.cluster = new Cluster(clusterSettingsOf(table, program), ports)
    this.boundedness = this.#settings.end.kind === 'never' ? 'unbounded' : 'bounded'
    const { discoveryIntervalMs } = this.#settings
    if (this.boundedness === 'unbounded' && discoveryIntervalMs !== undefined)
      this.discoveryIntervalMs = discoveryIntervalMs
    this.#offsets = new StartOffsets(this.cluster, this.group.groupId, this.#settings)
    this.#fetcher = new Fetcher(this.cluster, {
      ...this.#settings,
      bufferedBytes: BUFFERED_BYTES,
      offsetReset: this.#settings.lossReset,
      lost: ({ message }) => notice?.(`${table.name}: ${message} It goes on behind them.`),
      resetOffset: (place, to) => this.#offsets.reset(place, to),
    })
    this.#metadata = recordReaders(table, timeZone)
    this.#valuesOf = partitionValues(table, timeZone)
  }

  async discover(known: ReadonlySet<string>): Promise<readonly SourceSplit[]> {
    const isFirst = known.size === 0
    const found: SourceSplit[] = []
    for (const topic of await this.#topics()) {
      if (!isFirst) this.cluster.forgetTopic(topic)
      for (const { partition } of await this.cluster.partitionsOf(topic)) {
        const id = `${topic}-${partition}`
        if (!known.has(id)) found.push(await this.#splitOf(id, { topic, partition }, isFirst))
      }
    }
    return found
  }

  async sharedValues({ spec }: SourceSplit): Promise<Value[]> {
    return this.#valuesOf(spec as unknown as PartitionSpec)
  }

  async open({ id, spec }: SourceSplit, position: JsonValue | undefined): Promise<SplitReader> {
    const { topic, partition, topicId, start, startEpoch, end } = spec as unknown as PartitionSpec
    const stored = positionIn(position)
    const { offset, leaderEpoch } = stored ?? {
      offset: start,
      leaderEpoch: startEpoch ?? undefined,
    }
    const queue = await this.#fetcher.add({ topic, partition }, offset, {
      topicId,
      isBeginning: !stored && this.#settings.start.kind === 'earliest',
      lastEpoch: leaderEpoch,
    })
    this.#queues.set(id, queue)
    const { isCommittedOnly, verifiesCrc } = this.#settings
    return new PartitionReader(queue, offset, {
      lastEpoch: leaderEpoch,
      isCommittedOnly,
      verifiesCrc,
      maxBatchBytes: MAX_BATCH_BYTES,
      end: end ?? undefined,
      metadata: this.#metadata,
      close: () => {
        this.#queues.delete(id)
        this.#fetcher.remove(queue)
      },
    })
  }

  async diagnose({ id }: SourceSplit): Promise<readonly SourceTrouble[]> {
    const queue = this.#queues.get(id)
    const { maxWaitMs, isCommittedOnly } = this.#settings
    const cluster = this.cluster.settings
    return queue
      ? diagnosePartition(queue, { cluster, ports: this.#ports, maxWaitMs, isCommittedOnly })
      : []
  }

  renew(): Promise<void> {
    return this.cluster.renew('fetch', 'other')
  }

  /** Commits offsets to the group, for tools that show lag: the newest, one request at a time. */
  committed(splits: ReadSource['splits']): void {
    this.#toCommit = splits.map(({ split, position }) => {
      const { topic, partition, start } = split.spec as unknown as PartitionSpec
      return {
        topic,
        partition,
        ...(positionIn(position) ?? { offset: start }),
        metadata: '',
      }
    })
    this.#committing ??= this.#commitOffsets().finally(() => {
      this.#committing = undefined
    })
  }

  async #commitOffsets(): Promise<void> {
    while (this.#toCommit.length > 0) {
      const offsets = this.#toCommit
      this.#toCommit = []
      // A later epoch commits again: nothing is read by these.
      await commitOffsets(this.cluster, this.group, offsets).catch(() => {})
    }
  }

  async close(): Promise<void> {
    await this.#committing
    // Long polls end with their connections.
    await Promise.all([this.#fetcher.close(), this.cluster.close()])
  }

  describe(): string {
    const { topics } = this.#settings
    return `topic ${topics instanceof RegExp ? patternText(topics) : topics.join(', ')}`
  }

  async #topics(): Promise<readonly string[]> {
    const { topics } = this.#settings
    const found = await topicsToRead(this.cluster, topics)
    const isEmpty = found.length === 0 && topics instanceof RegExp
    if (isEmpty && this.boundedness === 'bounded')
      throw new NoTopicError({
        pattern: patternText(topics),
        brokers: this.cluster.settings.brokers,
      })
    return found
  }

  #sayThatItGoesOn(): void {
    if (this.#isSaid) return
    this.#isSaid = true
    this.#notice(
      `${this.#table}: positions are not in the state; it goes on where group "${this.group.groupId}" has committed.`,
    )
  }

  /** Partitions that come later are read from their beginning: nothing in them has been seen. */
  async #splitOf(id: string, place: TopicPartition, isFirst: boolean): Promise<SourceSplit> {
    const { start } = this.#settings
    const [program, reader] = [this.#program, this.reader]
    const committed = isFirst
      ? await this.#offsets.decidedOf(place, { program, reader })
      : undefined
    // Without state, what transactions of this program have committed is where it is.
    const goesOn = !this.#isFresh && hasTransaction(this.#ports, program)
    const decided = goesOn ? committed : undefined
    if (decided !== undefined) this.#sayThatItGoesOn()
    const begin =
      decided ?? (await this.#offsets.startOf(place, isFirst ? start : { kind: 'earliest' }))
    const spec = {
      ...place,
      topicId: (await this.cluster.topic(place.topic)).id,
      start: begin.offset,
      startEpoch: begin.leaderEpoch ?? null,
      end: (await this.#offsets.endOf(place)) ?? null,
    }
    return { id, spec, label: id }
  }
}
