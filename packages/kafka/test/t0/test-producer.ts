// A transactional producer, request by request: its tests decide what is sent when, and look at each answer.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '@platformatic/kafka'
import type { Cluster, TopicPartition } from '../../src/client/cluster.ts'
import { offsetOf } from '../../src/client/offsets.ts'
import { ProducerSequences } from '../../src/client/producer-identity.ts'
import { errorOf } from '../../src/protocol/error-codes.ts'
import { produceV12, produceV9 } from '../../src/protocol/produce.ts'
import {
  addOffsetsToTxn,
  addPartitionsToTxn,
  type CommittedOffset,
  endTxnV3,
  endTxnV5,
  type GroupGeneration,
  initProducerId,
  NO_PRODUCER,
  type ProducerIdentity,
  txnOffsetCommitV3,
  txnOffsetCommitV5,
} from '../../src/protocol/transactions.ts'
import { BatchWriter, stampBatch } from '../../src/records/batch-writer.ts'
import type { Compression } from '../../src/records/compression.ts'

/** Of transactions: 2 is KIP-890's. */
export type TransactionVersion = 1 | 2

const OK = 'NONE'
/** The coordinator is still busy with what came before, or a new topic is not known everywhere. */
const BUSY = new Set([
  'CONCURRENT_TRANSACTIONS',
  'COORDINATOR_LOAD_IN_PROGRESS',
  'NOT_COORDINATOR',
  'NOT_LEADER_OR_FOLLOWER',
  'UNKNOWN_TOPIC_OR_PARTITION',
])
const PAUSE_MS = 20

/** Kafka's name of an error code; `NONE` for 0. */
export const nameOf = (code: number | undefined): string =>
  code === 0 ? OK : code === undefined ? 'no answer' : errorOf(code).name

/** Values as one record batch. */
export function batchOf(values: readonly string[], compression: Compression = 'none'): Uint8Array {
  const writer = new BatchWriter()
  for (const value of values) writer.append(undefined, new TextEncoder().encode(value), 1000)
  return writer.finish(compression)
}

export class TestProducer {
  readonly transactionalId: string
  readonly version: TransactionVersion
  readonly #cluster: Cluster
  #sequences = new ProducerSequences(true)

  constructor(cluster: Cluster, transactionalId: string, version: TransactionVersion = 1) {
    this.#cluster = cluster
    this.transactionalId = transactionalId
    this.version = version
  }

  get identity(): ProducerIdentity {
    return this.#sequences.identity
  }

  /** Goes on as if this were what it is: for late requests of an earlier life. */
  pose(identity: ProducerIdentity): void {
    this.#sequences.become(identity)
  }

  async init(timeoutMs = 30_000, current: ProducerIdentity = NO_PRODUCER): Promise<string> {
    return this.#whenReady(async connection => {
      const answer = await this.#cluster.send(
        connection,
        initProducerId,
        this.transactionalId,
        timeoutMs,
        current,
      )
      if (answer.errorCode === 0) this.#sequences.become(answer.producer)
      return answer.errorCode
    })
  }

  /** Adds partitions to the transaction, as is needed before version 2. */
  join(...places: readonly TopicPartition[]): Promise<string> {
    return this.#whenReady(async connection => {
      const { transactionalId, identity } = this
      const answers = await this.#cluster.send(
        connection,
        addPartitionsToTxn,
        transactionalId,
        identity,
        places,
      )
      return answers.find(a => a.errorCode !== 0)?.errorCode ?? 0
    })
  }

  /** Writes a batch as part of the transaction. */
  async put(
    place: TopicPartition,
    values: readonly string[],
    compression?: Compression,
  ): Promise<string> {
    if (this.version === 1) {
      const joined = await this.join(place)
      if (joined !== OK) return joined
    }
    const stamp = this.#sequences.take(place, values.length)
    const batch = stampBatch(batchOf(values, compression), stamp)
    return this.#untilReady(async () => {
      const connection = await this.#cluster.leaderConnection(place, 'produce')
      const api = this.version === 2 ? produceV12 : produceV9
      const [answer] = await this.#cluster.send(connection, api, this.transactionalId, 5_000, [
        { ...place, batch },
      ])
      return answer?.errorCode
    })
  }

  async putOffsets(
    group: Partial<GroupGeneration> & Pick<GroupGeneration, 'groupId'>,
    offsets: readonly CommittedOffset[],
  ): Promise<string> {
    const { transactionalId, identity, version } = this
    const { groupId } = group
    if (version === 1) {
      const joined = await this.#whenReady(
        async c =>
          (await this.#cluster.send(c, addOffsetsToTxn, transactionalId, identity, groupId))
            .errorCode,
      )
      if (joined !== OK) return joined
    }
    const generation = { generation: -1, memberId: '', instanceId: null, ...group }
    return this.#untilReady(async () => {
      const connection = await this.#cluster.retry(() =>
        this.#cluster.coordinator('group', groupId),
      )
      const api = version === 2 ? txnOffsetCommitV5 : txnOffsetCommitV3
      const answers = await this.#cluster.send(
        connection,
        api,
        transactionalId,
        identity,
        generation,
        offsets,
      )
      return answers.find(a => a.errorCode !== 0)?.errorCode ?? 0
    })
  }

  /** Ends the transaction; `as`: with that identity, whatever the producer's is. */
  end(isCommit: boolean, as: ProducerIdentity = this.identity): Promise<string> {
    return this.#whenReady(async connection => {
      const api = this.version === 2 ? endTxnV5 : endTxnV3
      const answer = await this.#cluster.send(connection, api, this.transactionalId, as, isCommit)
      if (answer.errorCode === 0 && answer.producer) this.#sequences.become(answer.producer)
      return answer.errorCode
    })
  }

  /** Writes a batch. @throws when it is refused */
  async mustPut(...batch: Parameters<TestProducer['put']>): Promise<void> {
    this.#must(await this.put(...batch))
  }

  /** @throws when it is refused */
  async mustEnd(isCommit: boolean): Promise<void> {
    this.#must(await this.end(isCommit))
  }

  /** A whole transaction of one batch. @throws when it is refused */
  async transact(place: TopicPartition, values: readonly string[], isCommit = true): Promise<void> {
    await this.mustPut(place, values)
    await this.mustEnd(isCommit)
  }

  #must(answer: string): void {
    if (answer !== OK) throw new Error(`${this.transactionalId}: ${answer}`)
  }

  #whenReady(send: (connection: Connection) => Promise<number>): Promise<string> {
    return this.#untilReady(async () =>
      send(
        await this.#cluster.retry(() =>
          this.#cluster.coordinator('transaction', this.transactionalId),
        ),
      ),
    )
  }

  async #untilReady(send: () => Promise<number | undefined>): Promise<string> {
    for (;;) {
      const name = nameOf(await send())
      if (!BUSY.has(name)) return name
      await sleep(PAUSE_MS)
    }
  }
}

/** A producer that has its identity. */
export async function readyProducer(
  cluster: Cluster,
  transactionalId: string,
  version: TransactionVersion = 1,
): Promise<TestProducer> {
  const producer = new TestProducer(cluster, transactionalId, version)
  const answer = await producer.init()
  if (answer !== OK) throw new Error(`${transactionalId}: ${answer}`)
  return producer
}

/** Waits until the broker has written the markers of transactions that have ended. */
export async function settled(cluster: Cluster, place: TopicPartition): Promise<void> {
  const end = (isCommittedOnly: boolean) => offsetOf(cluster, place, 'latest', isCommittedOnly)
  while ((await end(true)) !== (await end(false))) await sleep(PAUSE_MS)
}
