// The transaction that an epoch's records and input offsets are committed in. @see docs/adr/0010-kafka-exactly-once.md
//
//   new ─acquire─► ready ─► open (records, offsets) ─prepare─► prepared ─commit─► ready
//                                    └─ fenced, or outcome unknown: the run ends, and asks what was decided when it starts again

import type { EpochTransaction, TransactionEpoch } from 'millrace'
import type { Cluster, TopicPartition } from '../client/cluster.ts'
import { committedOffsets } from '../client/offsets.ts'
import { Producer } from '../client/producer.ts'
import { changelogTopicOf } from '../changelog/changelog-topic.ts'
import { type ChangelogTransaction, KafkaChangelog } from '../changelog/kafka-changelog.ts'
import { Membership } from '../group/membership.ts'
import type { GroupSettings } from '../options/group-options.ts'
import { checkOwner } from './check-owner.ts'
import { EpochOffsets } from './epoch-offsets.ts'
import { noteIn } from './token.ts'
import { TransactionCoordinator } from './transaction-coordinator.ts'

export interface KafkaTransactionSettings {
  /** The program's name. */
  readonly program: string
  readonly transactionalId: string
  readonly timeoutMs: number
  /** Of the processes of the program, of which one is active; tokens are kept in it, at the offset of `marker`. */
  readonly group: GroupSettings
  readonly marker: TopicPartition
}

export class KafkaTransaction implements EpochTransaction, ChangelogTransaction {
  readonly system: string
  readonly cluster: Cluster
  readonly #producer: Producer
  readonly #settings: KafkaTransactionSettings
  readonly #coordinator: TransactionCoordinator
  readonly #joined = new Set<string>()
  #isOpen = false
  readonly #membership: Membership
  readonly #offsets: EpochOffsets
  /** Epochs committed by this process: records of the next one may be sent. */
  committed = 0
  readonly #onCommitted: (() => void)[] = []
  readonly #onRelease: () => void
  #changelog: KafkaChangelog | undefined

  constructor(cluster: Cluster, settings: KafkaTransactionSettings, onRelease: () => void) {
    this.cluster = cluster
    this.#settings = settings
    this.#onRelease = onRelease
    this.#membership = new Membership(cluster, {
      group: settings.group,
      program: settings.transactionalId,
      partitions: [settings.marker],
    })
    this.#offsets = new EpochOffsets(settings.program, settings.group.groupId, settings.marker)
    this.system = `Kafka at ${cluster.settings.brokers.join(', ')}`
    const { transactionalId, timeoutMs } = settings
    const coordinator = new TransactionCoordinator(cluster, {
      ...{ transactionalId, timeoutMs },
      membership: this.#membership,
    })
    this.#coordinator = coordinator
    this.#producer = new Producer(cluster, {
      sequences: coordinator.sequences,
      transaction: {
        id: transactionalId,
        get joinsByProducing() {
          return coordinator.isVersion2
        },
        join: places => this.#join(places),
        asFenced: error => coordinator.asFenced(error),
      },
    })
  }

  get program(): string {
    return this.#settings.program
  }

  /** Sends a batch as part of the epoch that is open. */
  send(place: TopicPartition, batch: Uint8Array): void {
    this.#isOpen = true
    this.#producer.send(place, batch)
  }

  /** Called after each commit. */
  onCommitted(listener: () => void): void {
    this.#onCommitted.push(listener)
  }

  /** Waits until it is this process's turn, then fences every other: Kafka ends what they have begun. */
  async acquire(signal: AbortSignal, onStandBy: () => void = () => {}): Promise<void> {
    await this.#coordinator.checkTimeout(signal)
    await this.#membership.becomeActive(signal, onStandBy)
    if (signal.aborted) return
    await this.#coordinator.begin(signal)
  }

  async decided(): Promise<string | undefined> {
    const { group, marker, program } = this.#settings
    const { groupId } = group
    const offsets = await committedOffsets(this.cluster, groupId, [marker])
    const found = offsets.find(o => o.topic === marker.topic && o.partition === marker.partition)
    const note = found && noteIn(found.metadata)
    checkOwner(note, { groupId, program })
    return note?.token
  }

  get bufferedBytes(): number {
    return this.#producer.bufferedBytes
  }

  changelog(topic = changelogTopicOf(this.#settings.transactionalId)): KafkaChangelog {
    this.#changelog ??= new KafkaChangelog(this, topic)
    return this.#changelog
  }

  async commitPart(): Promise<void> {
    await this.#producer.flush()
    if (!this.#isOpen) return
    await this.#end(true)
    this.#joined.clear()
  }

  /** Waits until all that was sent is acknowledged. */
  flush(): Promise<void> {
    return this.#producer.flush()
  }

  async prepare(epoch: TransactionEpoch): Promise<void> {
    this.#changelog?.finish()
    await this.#producer.flush()
    for (const [groupId, offsets] of this.#offsets.of(epoch)) {
      this.#isOpen = true
      await this.#coordinator.commitOffsets(groupId, offsets)
    }
  }

  async commit(): Promise<void> {
    await this.#end(true)
    this.#joined.clear()
    this.committed++
    for (const listener of this.#onCommitted) listener()
  }

  async release(): Promise<void> {
    this.#onRelease()
    await this.#producer.close()
    // What is open need not wait for its time-out.
    if (this.#isOpen) await this.#end(false).catch(() => {})
    await this.#membership.leave()
    await this.cluster.close()
  }

  async #join(places: readonly TopicPartition[]): Promise<void> {
    const fresh = places.filter(p => !this.#joined.has(`${p.topic}-${p.partition}`))
    if (fresh.length === 0) return
    this.#isOpen = true
    await this.#coordinator.join(fresh)
    for (const { topic, partition } of fresh) this.#joined.add(`${topic}-${partition}`)
  }

  async #end(isCommit: boolean): Promise<void> {
    await this.#coordinator.end(isCommit)
    this.#isOpen = false
  }
}
