// The batches of one partition on their way: several at a time, written in their order.
//
//   queued ─take─► sent ─written─► gone
//      ▲             └─refused─► once all that were sent are answered
//      └───────────────────────────────┘
//
// Batches behind one that was refused are refused too, as their sequence is not the next one. They are sent again in their order, with the
// sequences that they have: the broker knows the last five of a producer in a partition, and says so when it has one already. Of a producer
// that it does not know it takes any sequence for the first: the first batch goes alone.

import type { ProducerIdentity } from '../protocol/transactions.ts'
import type { BatchProducer } from '../records/batch-writer.ts'
import type { TopicPartition } from './cluster.ts'

/** What brokers remember of a producer in a partition. */
const MOST_SENT = 5

export interface SentBatch {
  readonly place: TopicPartition
  readonly bytes: Uint8Array
  /** Given when it is first sent, and kept. */
  producer?: BatchProducer | undefined
  isWritten: boolean
}

export class PartitionSends {
  readonly place: TopicPartition
  /** In the order of the log. */
  #batches: SentBatch[] = []
  /** How many of them were sent since the last refusal. */
  #sent = 0
  #unanswered = 0
  #isRefused = false
  /** Who wrote the last batch. */
  #writer: ProducerIdentity | undefined
  /** It waits before it sends again. */
  isPaused = false
  /** Refusals since the last batch that was written. */
  refusals = 0

  constructor(place: TopicPartition) {
    this.place = place
  }

  /** Whether all that was sent is answered. */
  get isQuiet(): boolean {
    return this.#unanswered === 0
  }

  /** The next batch that this producer may send now. */
  nextOf({ id, epoch }: ProducerIdentity): SentBatch | undefined {
    const isKnown = this.#writer?.id === id && this.#writer.epoch === epoch
    const most = isKnown ? MOST_SENT : 1
    const isHeld = this.isPaused || this.#isRefused || this.#unanswered >= most
    return isHeld ? undefined : this.#batches[this.#sent]
  }

  add(bytes: Uint8Array): void {
    this.#batches.push({ place: this.place, bytes, isWritten: false })
  }

  /** The next batch is on its way. */
  take(): void {
    this.#sent++
    this.#unanswered++
  }

  /** Whether nothing before it is missing: it was refused for its own sake. */
  isFirst(batch: SentBatch): boolean {
    return this.#batches.find(b => !b.isWritten) === batch
  }

  written(batch: SentBatch): void {
    batch.isWritten = true
    this.#writer = batch.producer
    this.refusals = 0
    this.#answered()
  }

  refused(): void {
    this.#isRefused = true
    this.#answered()
  }

  /** Another producer goes on: what it has not written is numbered anew. */
  forgetProducer(): void {
    for (const batch of this.#batches) batch.producer = undefined
  }

  #answered(): void {
    this.#unanswered--
    while (this.#batches[0]?.isWritten) {
      this.#batches.shift()
      this.#sent--
    }
    if (!this.#isRefused || this.#unanswered > 0) return
    this.#batches = this.#batches.filter(b => !b.isWritten)
    this.#sent = 0
    this.#isRefused = false
    this.refusals++
  }
}
