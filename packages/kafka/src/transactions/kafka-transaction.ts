// The transaction that an epoch's records and input offsets are committed in. @see docs/adr/0010-kafka-exactly-once.md
//
//   new ─acquire─► ready ─► open (records, offsets) ─prepare─► prepared ─commit─► ready
//                                    └─ fenced, or outcome unknown: the run ends, and asks what was decided when it starts again

import type { Connection } from '@platformatic/kafka'
import type { EpochTransaction, MillraceError, TransactionEpoch } from 'millrace'
import { brokerConfig } from '../client/configs.ts'
import type { Cluster, TopicPartition } from '../client/cluster.ts'
import { committedOffsets } from '../client/offsets.ts'
import { Producer } from '../client/producer.ts'
import { ProducerSequences } from '../client/producer-identity.ts'
import { FencedError, KafkaResponseError, UnknownOutcomeError } from '../kafka-errors.ts'
import { errorOf } from '../protocol/error-codes.ts'
import {
  addOffsetsToTxn,
  addPartitionsToTxn,
  type CommittedOffset,
  endTxnV3,
  endTxnV5,
  type GroupGeneration,
  initProducerId,
  NO_PRODUCER,
  txnOffsetCommitV3,
  txnOffsetCommitV5,
} from '../protocol/transactions.ts'
import { changelogTopicOf } from '../changelog/changelog-topic.ts'
import { type ChangelogTransaction, KafkaChangelog } from '../changelog/kafka-changelog.ts'
import { Membership } from '../group/membership.ts'
import type { GroupSettings } from '../options/group-options.ts'
import { checkOwner } from './check-owner.ts'
import { EpochOffsets } from './epoch-offsets.ts'
import { noteIn } from './token.ts'

export interface KafkaTransactionSettings {
  /** The program's name. */
  readonly program: string
  readonly transactionalId: string
  readonly timeoutMs: number
  /** Of the processes of the program, of which one is active; tokens are kept in it, at the offset of `marker`. */
  readonly group: GroupSettings
  readonly marker: TopicPartition
}

const FENCING = new Set([
  'INVALID_PRODUCER_EPOCH',
  'PRODUCER_FENCED',
  'FENCED_INSTANCE_ID',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'INVALID_PRODUCER_ID_MAPPING',
  // The broker has ended it: it was open for longer than its time-out.
  'INVALID_TXN_STATE',
])
/** The transaction cannot be committed any more. */
const BROKEN = new Set([
  'TRANSACTION_ABORTABLE',
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
])

export class KafkaTransaction implements EpochTransaction, ChangelogTransaction {
  readonly system: string
  readonly cluster: Cluster
  readonly #producer: Producer
  readonly #settings: KafkaTransactionSettings
  readonly #sequences = new ProducerSequences(true)
  readonly #joined = new Set<string>()
  /** KIP-890: the broker joins partitions by itself, and each end gives a new epoch. */
  #isVersion2 = false
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
    const isVersion2 = () => this.#isVersion2
    this.#producer = new Producer(cluster, {
      sequences: this.#sequences,
      transaction: {
        id: settings.transactionalId,
        get joinsByProducing() {
          return isVersion2()
        },
        join: places => this.#join(places),
        asFenced: error => this.#asFenced(error),
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
    const { transactionalId, timeoutMs } = this.#settings
    await this.#checkTimeout(signal)
    await this.#membership.becomeActive(signal, onStandBy)
    if (signal.aborted) return
    this.#isVersion2 = (await this.cluster.features()).transactionVersion >= 2
    const identity = await this.cluster.retry(async () => {
      const connection = await this.cluster.coordinator('transaction', transactionalId)
      const answer = await this.cluster.send(
        connection,
        initProducerId,
        transactionalId,
        timeoutMs,
        NO_PRODUCER,
      )
      this.#check(answer.errorCode, 'a transactional producer')
      return answer.producer
    }, signal)
    this.#sequences.become(identity)
  }

  /** Before it stands by, not once it takes over; where the program may not ask, the broker refuses it then. */
  async #checkTimeout(signal: AbortSignal): Promise<void> {
    const { transactionalId, timeoutMs } = this.#settings
    const most = await this.cluster.retry(async () => {
      const node = await this.cluster.coordinatorNode('transaction', transactionalId)
      return brokerConfig(this.cluster, node, 'transaction.max.timeout.ms')
    }, signal)
    if (most === undefined || timeoutMs <= Number(most)) return
    throw new KafkaResponseError({
      request: 'a transactional producer',
      error: 'INVALID_TRANSACTION_TIMEOUT',
      isRetriable: false,
      place: `"${transactionalId}"`,
      message: `${timeoutMs} ms, and the brokers take ${most} at most`,
    })
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
    for (const [groupId, offsets] of this.#offsets.of(epoch))
      await this.#commitOffsets(groupId, offsets)
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

  async #commitOffsets(groupId: string, offsets: readonly CommittedOffset[]): Promise<void> {
    const { transactionalId } = this.#settings
    const { identity } = this.#sequences
    if (!this.#isVersion2)
      await this.#request(
        'the offsets to join the transaction',
        'transaction',
        transactionalId,
        async connection => {
          return (
            await this.cluster.send(connection, addOffsetsToTxn, transactionalId, identity, groupId)
          ).errorCode
        },
      )
    this.#isOpen = true
    let sentFor = this.#generationOf(groupId)
    await this.#request(
      'the offsets',
      'group',
      groupId,
      async connection => {
        sentFor = this.#generationOf(groupId)
        const answers = await this.cluster.send(
          connection,
          this.#isVersion2 ? txnOffsetCommitV5 : txnOffsetCommitV3,
          transactionalId,
          identity,
          sentFor,
          offsets,
        )
        return answers.find(a => a.errorCode !== 0)?.errorCode ?? 0
      },
      code => this.#rejoined(code, sentFor),
    )
  }

  /** Members come and go while the active one goes on: what was refused in between is sent again, for the generation that is now. */
  async #rejoined(code: number, sentFor: GroupGeneration): Promise<void> {
    if (sentFor.groupId !== this.#settings.group.groupId) return
    const { name } = errorOf(code)
    if (name !== 'REBALANCE_IN_PROGRESS' && name !== 'ILLEGAL_GENERATION') return
    await this.#membership.stable()
    if (this.#membership.generation.generation === sentFor.generation) return
    const place = `group "${sentFor.groupId}"`
    throw new KafkaResponseError({
      request: 'the offsets',
      error: 'REBALANCE_IN_PROGRESS',
      isRetriable: true,
      place,
    })
  }

  /** Groups of sources that are named otherwise have no members. */
  #generationOf(groupId: string): GroupGeneration {
    const { generation } = this.#membership
    if (groupId === generation.groupId) return generation
    return { groupId, generation: -1, memberId: '', instanceId: null }
  }

  async #join(places: readonly TopicPartition[]): Promise<void> {
    const { transactionalId } = this.#settings
    const fresh = places.filter(p => !this.#joined.has(`${p.topic}-${p.partition}`))
    if (fresh.length === 0) return
    this.#isOpen = true
    await this.#request(
      'partitions to join the transaction',
      'transaction',
      transactionalId,
      async connection => {
        const answers = await this.cluster.send(
          connection,
          addPartitionsToTxn,
          transactionalId,
          this.#sequences.identity,
          fresh,
        )
        return answers.find(a => a.errorCode !== 0)?.errorCode ?? 0
      },
    )
    for (const { topic, partition } of fresh) this.#joined.add(`${topic}-${partition}`)
  }

  async #end(isCommit: boolean): Promise<void> {
    const { transactionalId } = this.#settings
    await this.#request(
      'the end of a transaction',
      'transaction',
      transactionalId,
      async connection => {
        const answer = await this.cluster.send(
          connection,
          this.#isVersion2 ? endTxnV5 : endTxnV3,
          transactionalId,
          this.#sequences.identity,
          isCommit,
        )
        if (answer.errorCode === 0 && answer.producer) this.#sequences.become(answer.producer)
        return answer.errorCode
      },
    )
    this.#isOpen = false
  }

  /** Sends again what the broker has not begun to do. A reply that does not come leaves the outcome unknown. */
  #request(
    what: string,
    kind: 'group' | 'transaction',
    key: string,
    send: (connection: Connection) => Promise<number>,
    refused?: (code: number) => Promise<void>,
  ): Promise<void> {
    return this.cluster.retry(async () => {
      const connection = await this.cluster.coordinator(kind, key)
      const code = await send(connection).catch((cause: unknown) => {
        throw new UnknownOutcomeError({ request: what, cause })
      })
      if (code === 0) return
      await refused?.(code)
      if (errorOf(code).isRetriable) this.cluster.forgetCoordinator(kind, key)
      this.#check(code, what)
    })
  }

  #check(code: number, what: string): void {
    if (code === 0) return
    if (this.#membership.lost) throw this.#membership.lost
    const fenced = this.#asFenced(errorOf(code).name)
    throw fenced ?? this.cluster.responseError(what, code, `"${this.#settings.transactionalId}"`)
  }

  #asFenced(error: string): MillraceError | undefined {
    if (BROKEN.has(error)) return new UnknownOutcomeError({ request: 'records', cause: error })
    if (!FENCING.has(error)) return undefined
    return new FencedError({ who: `"${this.#settings.transactionalId}"`, reason: error })
  }
}
