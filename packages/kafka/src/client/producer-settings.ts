// What a producer is given: who it is, and the transaction that it writes in.

import type { MillraceError } from 'millrace'
import type { ProducerIdentity } from '../protocol/transactions.ts'
import type { TopicPartition } from './cluster.ts'
import type { ProducerSequences } from './producer-identity.ts'

export interface ProducerSettings {
  readonly sequences: ProducerSequences
  /** Another identity, when the brokers have lost what they knew of this one; absent: that is an error. */
  readonly renew?: () => Promise<ProducerIdentity>
  /** Of a transaction: a reply that does not come is not asked for again. */
  readonly transaction?: {
    readonly id: string
    /** The request joins partitions to the transaction by itself (KIP-890). */
    readonly joinsByProducing: boolean
    /** Called before records of new partitions are sent, where it does not. */
    readonly join: (places: readonly TopicPartition[]) => Promise<void>
    readonly asFenced: (error: string) => MillraceError | undefined
  }
}
