// Reads one partition: chunks of fetched bytes become batches of frames, up to where reading ends.

import type { FramesBatch, JsonValue, SourceBatch, SplitLag, SplitReader, Value } from 'millrace'
import type { FetchedChunk, PartitionQueue } from '../client/partition-queue.ts'
import { AbortFilter } from '../records/abort-filter.ts'
import { BatchWalker } from '../records/batch-walker.ts'
import { RecordFrames } from '../records/record-frames.ts'
import { recordOrigin } from '../records/record-origin.ts'
import { partitionLag } from './partition-lag.ts'
import { positionAt, positionIn } from './partition-position.ts'

export interface PartitionReaderSettings {
  readonly isCommittedOnly: boolean
  readonly verifiesCrc: boolean
  readonly maxBatchBytes: number
  /** Records from this offset on are not read; absent: reading never ends. */
  readonly end: number | undefined
  /** Of the leader that wrote the record before the first; absent: not known. */
  readonly lastEpoch?: number | undefined
  /** By column: what reads its metadata of a record. */
  readonly metadata: ReadonlyMap<
    number,
    (frames: RecordFrames, bytes: Uint8Array, index: number) => Value
  >
  readonly close: () => void
}

export class PartitionReader implements SplitReader {
  readonly #queue: PartitionQueue
  readonly #settings: PartitionReaderSettings
  readonly #aborts: AbortFilter | undefined
  readonly #frames = new RecordFrames()
  #walker: BatchWalker | undefined
  /** The next offset to read. */
  #offset: number
  /** Of the batch before it. */
  #lastEpoch: number | undefined

  constructor(queue: PartitionQueue, offset: number, settings: PartitionReaderSettings) {
    this.#queue = queue
    this.#offset = offset
    this.#lastEpoch = settings.lastEpoch
    this.#settings = settings
    this.#aborts = settings.isCommittedOnly ? new AbortFilter() : undefined
  }

  /** Waits for records that are known to be there: only at the end of the log there is nothing for now. */
  async read(): Promise<SourceBatch | 'idle' | 'finished'> {
    const { end } = this.#settings
    for (;;) {
      if (end !== undefined && this.#offset >= end) return 'finished'
      const batch = this.#next()
      if (batch) return batch
      if (this.#queue.isClosed) return 'idle'
      if (end === undefined && this.#offset >= this.#available) return 'idle'
      await this.#queue.changed()
    }
  }

  async wait(signal: AbortSignal): Promise<void> {
    const queue = this.#queue
    // A broker may send records that lie behind the end which it tells in the same answer.
    const isOver = (): boolean =>
      signal.aborted || queue.isClosed || queue.hasFailed || queue.hasChunks
    while (!isOver() && this.#offset >= this.#available) await queue.changed(signal)
  }

  async close(): Promise<void> {
    this.#settings.close()
  }

  lag(position: JsonValue | undefined): SplitLag | undefined {
    const { isCommittedOnly, end } = this.#settings
    const state = { queue: this.#queue, given: this.#frames, nextOffset: this.#offset }
    return partitionLag(
      { ...state, isCommittedOnly, end },
      positionIn(position)?.offset ?? this.#offset,
    )
  }

  /** The end of what may be read, as of the last answer; before the first, everything may be there. */
  get #available(): number {
    const { highWatermark, lastStableOffset } = this.#queue
    if (highWatermark < 0) return Number.POSITIVE_INFINITY
    return this.#settings.isCommittedOnly && lastStableOffset >= 0
      ? lastStableOffset
      : highWatermark
  }

  #next(): FramesBatch | undefined {
    for (;;) {
      const walker = this.#walker ?? this.#walkNextChunk()
      if (!walker) return undefined
      const from = positionAt(this.#offset, this.#lastEpoch)
      const bytes = walker.next(this.#frames)
      if (!bytes) {
        this.#walker = undefined
        continue
      }
      this.#offset = walker.nextOffset
      this.#lastEpoch = walker.lastEpoch
      const batch = this.#batchOf(bytes, from)
      if (batch.count > 0) return batch
    }
  }

  #walkNextChunk(): BatchWalker | undefined {
    const chunk: FetchedChunk | undefined = this.#queue.take()
    if (!chunk) return undefined
    if (chunk.isAfterLoss) {
      this.#offset = chunk.offset
      this.#lastEpoch = undefined
      this.#aborts?.reset()
    }
    this.#aborts?.begin(chunk.aborted)
    const { verifiesCrc, maxBatchBytes } = this.#settings
    this.#walker = new BatchWalker(chunk.bytes, chunk.start, chunk.end, this.#offset, {
      place: this.#queue.place,
      aborts: this.#aborts,
      verifiesCrc,
      maxBatchBytes,
    })
    return this.#walker
  }

  #batchOf(bytes: Uint8Array, from: JsonValue): FramesBatch {
    const frames = this.#frames
    const { end, metadata } = this.#settings
    let count = frames.count
    if (end !== undefined) {
      while (count > 0 && (frames.offsets[count - 1] as number) >= end) count--
      // What lies before it was perhaps not read.
      if (this.#offset > end) [this.#offset, this.#lastEpoch] = [end, undefined]
    }
    const next = positionAt(this.#offset, this.#lastEpoch)
    const { valueStarts, valueEnds, keyStarts, keyEnds, offsets, leaderEpochs } = frames
    return {
      kind: 'frames',
      bytes,
      count,
      valueStarts,
      valueEnds,
      keyStarts,
      keyEnds,
      metadata: column => {
        const read = metadata.get(column)
        return index => (read ? read(frames, bytes, index) : null)
      },
      origin: index => recordOrigin(this.#queue.place, frames, bytes, index),
      positionAt: n =>
        n === 0
          ? from
          : n >= count
            ? next
            : positionAt((offsets[n - 1] as number) + 1, leaderEpochs[n - 1]),
    }
  }
}
