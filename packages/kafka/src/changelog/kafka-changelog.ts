// A changelog topic: changes of state as records, in the transactions of a program's epochs.

import type { JsonValue, OpenChangelog, StateChange, StateChangelog } from 'millrace'
import { Fetcher } from '../client/fetcher.ts'
import type { Cluster, TopicPartition } from '../client/cluster.ts'
import { offsetOf } from '../client/offsets.ts'
import { BatchWriter } from '../records/batch-writer.ts'
import { PartitionReader } from '../source/partition-reader.ts'
import { deleteRecordsBefore, openChangelogTopic } from './changelog-topic.ts'

/** What of the transaction is used. */
export interface ChangelogTransaction {
  readonly cluster: Cluster
  send(place: TopicPartition, batch: Uint8Array): void
  /** Commits what was sent, with no offsets. */
  commitPart(): Promise<void>
}

const BATCH_BYTES = 512 * 1024
const FETCH_BYTES = 8 * 1024 * 1024
/** What a compressed batch may grow to. */
const LARGEST_BATCH = 128 * 1024 * 1024

export class KafkaChangelog implements StateChangelog {
  readonly place: string
  readonly #transaction: ChangelogTransaction
  readonly #partition: TopicPartition
  readonly #batch = new BatchWriter(BATCH_BYTES)

  constructor(transaction: ChangelogTransaction, topic: string) {
    this.#transaction = transaction
    this.#partition = { topic, partition: 0 }
    this.place = `topic "${topic}"`
  }

  async open(): Promise<OpenChangelog> {
    const { cluster } = this.#transaction
    const identity = await openChangelogTopic(cluster, this.#partition.topic)
    return { identity, end: (await this.#end()) as JsonValue }
  }

  async *read(): AsyncGenerator<readonly StateChange[]> {
    const { cluster } = this.#transaction
    const place = this.#partition
    const start = (await offsetOf(cluster, place, 'earliest', true)) ?? 0
    const end = await this.#end()
    const fetcher = new Fetcher(cluster, {
      isCommittedOnly: true,
      maxWaitMs: 500,
      minBytes: 1,
      maxBytes: FETCH_BYTES,
      partitionBytes: FETCH_BYTES,
      bufferedBytes: 2 * FETCH_BYTES,
      rack: '',
      offsetReset: 'none',
      resetOffset: async () => start,
    })
    try {
      const queue = await fetcher.add(place, start)
      const reader = new PartitionReader(queue, start, {
        isCommittedOnly: true,
        verifiesCrc: true,
        maxBatchBytes: LARGEST_BATCH,
        end,
        metadata: new Map(),
        close: () => fetcher.remove(queue),
      })
      for (;;) {
        const batch = await reader.read()
        if (typeof batch === 'string') return
        if (batch.kind === 'frames') yield changesIn(batch)
      }
    } finally {
      await fetcher.close()
    }
  }

  append(key: Uint8Array, value: Uint8Array | undefined): void {
    const size = BatchWriter.sizeOf(key, value)
    if (this.#batch.count > 0 && this.#batch.bytes + size > BATCH_BYTES) this.finish()
    this.#batch.append(key, value, this.#transaction.cluster.ports.clock.now())
  }

  /** Sends what is not sent yet. */
  finish(): void {
    if (this.#batch.count > 0) this.#transaction.send(this.#partition, this.#batch.finish('none'))
  }

  async commitPart(): Promise<void> {
    this.finish()
    await this.#transaction.commitPart()
  }

  /** As good as it can: what stays takes space, no more. */
  async dropBefore(position: JsonValue): Promise<void> {
    if (typeof position !== 'number' || position === 0) return
    const { cluster } = this.#transaction
    await deleteRecordsBefore(cluster, this.#partition.topic, position).catch(() => {})
  }

  async #end(): Promise<number> {
    return (await offsetOf(this.#transaction.cluster, this.#partition, 'latest', true)) ?? 0
  }
}

interface Frames {
  readonly bytes: Uint8Array
  readonly count: number
  readonly keyStarts: Int32Array
  readonly keyEnds: Int32Array
  readonly valueStarts: Int32Array
  readonly valueEnds: Int32Array
}

/** Records without key are not of ours. */
function changesIn({ bytes, count, ...at }: Frames): StateChange[] {
  const changes: StateChange[] = []
  for (let i = 0; i < count; i++) {
    const keyStart = at.keyStarts[i] as number
    if (keyStart < 0) continue
    const valueStart = at.valueStarts[i] as number
    changes.push({
      key: bytes.subarray(keyStart, at.keyEnds[i]),
      value: valueStart < 0 ? undefined : bytes.subarray(valueStart, at.valueEnds[i]),
    })
  }
  return changes
}
