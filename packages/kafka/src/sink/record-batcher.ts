// Collects records into batches per partition.

import { InternalError } from 'millrace'
import type { PartitionPolicy } from '../options/partitioner-options.ts'
import { BatchWriter, type RecordHeader, type RecordPart } from '../records/batch-writer.ts'
import type { Compression } from '../records/compression.ts'
import { partitionOf } from '../records/partitioner.ts'

export interface BatcherSettings {
  readonly partitions: number
  readonly policy: PartitionPolicy
  readonly compression: Compression
  readonly batchBytes: number
}

export interface FinishedBatch {
  readonly partition: number
  readonly batch: Uint8Array
}

/** One per topic that is written. */
export class RecordBatcher {
  readonly #settings: BatcherSettings
  readonly #writers: BatchWriter[]
  readonly #finished: (batch: FinishedBatch) => void
  /** Where records without a key go until their batch is full. */
  #sticky = 0

  constructor(settings: BatcherSettings, finished: (batch: FinishedBatch) => void) {
    this.#settings = settings
    this.#finished = finished
    this.#writers = Array.from({ length: settings.partitions }, () => new BatchWriter())
  }

  /** Bytes in batches that are not full. */
  get bytes(): number {
    return this.#writers.reduce((sum, w) => sum + (w.count > 0 ? w.bytes : 0), 0)
  }

  /** @param chosen its partition; undefined: as the policy says */
  append(
    key: RecordPart,
    value: RecordPart,
    timestamp: number,
    headers?: readonly RecordHeader[],
    chosen?: number,
  ): void {
    const partition = chosen ?? this.#partitionOf(key)
    const writer = this.#writers[partition]
    if (!writer) throw new InternalError(`there is no partition ${partition}`)
    const { batchBytes, policy } = this.#settings
    const size = BatchWriter.sizeOf(key, value, headers)
    if (writer.count > 0 && writer.bytes + size > batchBytes) this.#finish(partition)
    writer.append(key, value, timestamp, headers)
    if (policy === 'round-robin') this.#moveOn()
  }

  /** Finishes all batches. */
  finish(): void {
    for (const [partition, writer] of this.#writers.entries())
      if (writer.count > 0) this.#finish(partition)
  }

  #finish(partition: number): void {
    const writer = this.#writers[partition] as BatchWriter
    this.#finished({ partition, batch: writer.finish(this.#settings.compression) })
    if (partition === this.#sticky) this.#moveOn()
  }

  #moveOn(): void {
    this.#sticky = (this.#sticky + 1) % this.#settings.partitions
  }

  #partitionOf(key: RecordPart): number {
    const { policy, partitions } = this.#settings
    switch (policy) {
      case 'fixed':
        return 0
      case 'round-robin':
        return this.#sticky
      case 'default':
        return key ? partitionOf(key, key.length, partitions) : this.#sticky
    }
  }
}
