// A changelog topic: changes of state as records, in the transactions of a program's epochs.

import type { FramesBatch, JsonValue, OpenChangelog, StateChange, StateChangelog } from 'millrace'
import type { Cluster, TopicPartition } from '../client/cluster.ts'
import { offsetOf } from '../client/offsets.ts'
import { BatchWriter } from '../records/batch-writer.ts'
import { readPartition } from '../source/read-partition.ts'
import { deleteRecordsBefore, openChangelogTopic } from './changelog-topic.ts'

/** What of the transaction is used. */
export interface ChangelogTransaction {
  readonly cluster: Cluster
  send(place: TopicPartition, batch: Uint8Array): void
  /** Commits what was sent, with no offsets. */
  commitPart(): Promise<void>
}

const BATCH_BYTES = 512 * 1024

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
    for await (const batch of readPartition(cluster, this.#partition, await this.#end()))
      yield changesIn(batch)
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

/** Records without key are not of ours. */
function changesIn({ bytes, count, ...at }: FramesBatch): StateChange[] {
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
