// Who produces: an id and epoch given by the broker, and how far each partition's sequence has come.

import type { Cluster, TopicPartition } from './cluster.ts'
import { initProducerId, NO_PRODUCER, type ProducerIdentity } from '../protocol/transactions.ts'
import type { BatchProducer } from '../records/batch-writer.ts'

const SEQUENCES = 2 ** 31

/** Numbers the records of each partition, so that the broker tells what comes twice. */
export class ProducerSequences {
  readonly #isTransactional: boolean
  #identity: ProducerIdentity = NO_PRODUCER
  #next = new Map<string, number>()

  constructor(isTransactional: boolean) {
    this.#isTransactional = isTransactional
  }

  get identity(): ProducerIdentity {
    return this.#identity
  }

  /** Goes on as another producer, or with another epoch: sequences begin anew. */
  become(identity: ProducerIdentity): void {
    if (identity.id === this.#identity.id && identity.epoch === this.#identity.epoch) return
    this.#identity = identity
    this.#next = new Map()
  }

  /** The stamp of a partition's next batch. */
  take({ topic, partition }: TopicPartition, records: number): BatchProducer {
    const key = `${topic}-${partition}`
    const sequence = this.#next.get(key) ?? 0
    this.#next.set(key, (sequence + records) % SEQUENCES)
    return { ...this.#identity, sequence, isTransactional: this.#isTransactional }
  }
}

/** An id for a producer without transactions. */
export function idempotentProducer(cluster: Cluster): Promise<ProducerIdentity> {
  return cluster.retry(async () => {
    const connection = await cluster.anyConnection()
    const answer = await cluster.send(connection, initProducerId, null, 0, NO_PRODUCER)
    if (answer.errorCode !== 0) throw cluster.responseError('a producer id', answer.errorCode)
    return answer.producer
  })
}
