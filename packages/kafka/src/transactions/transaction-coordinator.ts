// What a transaction asks of its coordinators: a producer's identity, partitions and offsets that join, and its end.

import type { Connection } from '@platformatic/kafka'
import type { MillraceError } from 'millrace'
import { brokerConfig } from '../client/configs.ts'
import type { Cluster, TopicPartition } from '../client/cluster.ts'
import { ProducerSequences } from '../client/producer-identity.ts'
import type { Membership } from '../group/membership.ts'
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

export interface CoordinatorSettings {
  readonly transactionalId: string
  readonly timeoutMs: number
  /** Offsets of its group are those of its generation. */
  readonly membership: Membership
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

export class TransactionCoordinator {
  readonly sequences = new ProducerSequences(true)
  readonly #cluster: Cluster
  readonly #settings: CoordinatorSettings
  #isVersion2 = false

  constructor(cluster: Cluster, settings: CoordinatorSettings) {
    this.#cluster = cluster
    this.#settings = settings
  }

  /** KIP-890: the broker joins partitions by itself, and each end gives a new epoch. */
  get isVersion2(): boolean {
    return this.#isVersion2
  }

  /** Before it stands by, not once it takes over; where the program may not ask, the broker refuses it then. */
  async checkTimeout(signal: AbortSignal): Promise<void> {
    const { transactionalId, timeoutMs } = this.#settings
    const most = await this.#cluster.retry(async () => {
      const node = await this.#cluster.coordinatorNode('transaction', transactionalId)
      return brokerConfig(this.#cluster, node, 'transaction.max.timeout.ms')
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

  /** Takes an identity of its own, which fences all others of this transactional id. */
  async begin(signal: AbortSignal): Promise<void> {
    const { transactionalId, timeoutMs } = this.#settings
    this.#isVersion2 = (await this.#cluster.features()).transactionVersion >= 2
    const identity = await this.#cluster.retry(async () => {
      const connection = await this.#cluster.coordinator('transaction', transactionalId)
      const answer = await this.#cluster.send(
        connection,
        initProducerId,
        transactionalId,
        timeoutMs,
        NO_PRODUCER,
      )
      this.#check(answer.errorCode, 'a transactional producer')
      return answer.producer
    }, signal)
    this.sequences.become(identity)
  }

  /** Partitions are to be written in the transaction; of version 2 producing says so. */
  join(places: readonly TopicPartition[]): Promise<void> {
    const { transactionalId } = this.#settings
    return this.#request(
      'partitions to join the transaction',
      'transaction',
      transactionalId,
      async connection => {
        const answers = await this.#cluster.send(
          connection,
          addPartitionsToTxn,
          transactionalId,
          this.sequences.identity,
          places,
        )
        return answers.find(a => a.errorCode !== 0)?.errorCode ?? 0
      },
    )
  }

  /** Of a group, as part of the transaction. */
  async commitOffsets(groupId: string, offsets: readonly CommittedOffset[]): Promise<void> {
    const { transactionalId } = this.#settings
    const { identity } = this.sequences
    if (!this.isVersion2)
      await this.#request(
        'the offsets to join the transaction',
        'transaction',
        transactionalId,
        async connection => {
          return (
            await this.#cluster.send(
              connection,
              addOffsetsToTxn,
              transactionalId,
              identity,
              groupId,
            )
          ).errorCode
        },
      )
    let sentFor = this.#generationOf(groupId)
    await this.#request(
      'the offsets',
      'group',
      groupId,
      async connection => {
        sentFor = this.#generationOf(groupId)
        const answers = await this.#cluster.send(
          connection,
          this.isVersion2 ? txnOffsetCommitV5 : txnOffsetCommitV3,
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
    if (sentFor.groupId !== this.#settings.membership.generation.groupId) return
    const { name } = errorOf(code)
    if (name !== 'REBALANCE_IN_PROGRESS' && name !== 'ILLEGAL_GENERATION') return
    await this.#settings.membership.stable()
    if (this.#settings.membership.generation.generation === sentFor.generation) return
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
    const { generation } = this.#settings.membership
    if (groupId === generation.groupId) return generation
    return { groupId, generation: -1, memberId: '', instanceId: null }
  }

  end(isCommit: boolean): Promise<void> {
    const { transactionalId } = this.#settings
    return this.#request(
      'the end of a transaction',
      'transaction',
      transactionalId,
      async connection => {
        const answer = await this.#cluster.send(
          connection,
          this.isVersion2 ? endTxnV5 : endTxnV3,
          transactionalId,
          this.sequences.identity,
          isCommit,
        )
        if (answer.errorCode === 0 && answer.producer) this.sequences.become(answer.producer)
        return answer.errorCode
      },
    )
  }

  /** Sends again what the broker has not begun to do. A reply that does not come leaves the outcome unknown. */
  #request(
    what: string,
    kind: 'group' | 'transaction',
    key: string,
    send: (connection: Connection) => Promise<number>,
    refused?: (code: number) => Promise<void>,
  ): Promise<void> {
    return this.#cluster.retry(async () => {
      const connection = await this.#cluster.coordinator(kind, key)
      const code = await send(connection).catch((cause: unknown) => {
        throw new UnknownOutcomeError({ request: what, cause })
      })
      if (code === 0) return
      await refused?.(code)
      if (errorOf(code).isRetriable) this.#cluster.forgetCoordinator(kind, key)
      this.#check(code, what)
    })
  }

  #check(code: number, what: string): void {
    if (code === 0) return
    const { lost } = this.#settings.membership
    if (lost) throw lost
    const fenced = this.asFenced(errorOf(code).name)
    throw fenced ?? this.#cluster.responseError(what, code, `"${this.#settings.transactionalId}"`)
  }

  /** What a refusal means that ends the run; undefined for all others. */
  asFenced(error: string): MillraceError | undefined {
    if (BROKEN.has(error)) return new UnknownOutcomeError({ request: 'records', cause: error })
    if (!FENCING.has(error)) return undefined
    return new FencedError({ who: `"${this.#settings.transactionalId}"`, reason: error })
  }
}
