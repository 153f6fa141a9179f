// What has been fetched of one partition and is still to be read.

import type { MillraceError } from 'millrace'
import { BATCH_HEADER_BYTES, batchTimeMs } from '../records/batch-walker.ts'
import type { AbortedTransaction } from '../records/abort-filter.ts'
import type { FetchedPartition } from '../protocol/fetch.ts'
import type { TopicPartition } from './cluster.ts'
import { Wakeup } from './wakeup.ts'

/** Record batches as they came, whole ones only. */
export interface FetchedChunk {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** The first offset that was asked for. */
  readonly offset: number
  readonly aborted: readonly AbortedTransaction[]
  /** Reading goes on here, wherever it was: what lies between is lost. */
  readonly isAfterLoss: boolean
}

const NOT_KNOWN = -1

export class PartitionQueue {
  readonly place: TopicPartition
  /** The next offset to fetch. */
  fetchOffset: number
  bufferedBytes = 0
  /** Of the last answer; -1: there was none yet. */
  highWatermark = NOT_KNOWN
  lastStableOffset = NOT_KNOWN
  logStartOffset = NOT_KNOWN
  /** When the last answer came, epoch ms; undefined: there was none yet. */
  answeredMs: number | undefined
  /** Since when the last stable offset has been what it is, with records behind it, as far as we saw; epoch ms. */
  stableSinceMs = 0
  /** The first fetch since the last answer: of which node, and when it was sent, epoch ms. */
  asked: { readonly node: number; readonly sinceMs: number } | undefined
  /** What the last fetch failed with; undefined: it did not. */
  trouble: MillraceError | undefined
  isClosed = false
  readonly #chunks: FetchedChunk[] = []
  #error: MillraceError | undefined
  readonly #answered = new Wakeup()
  readonly #onTaken: () => void

  /** The id of the topic; another one of the same name is not it. Empty: brokers that are old have none. */
  readonly topicId: string
  /** The node that it is fetched from; undefined: none for now. */
  node: number | undefined
  leaderEpoch = NOT_KNOWN
  /** Of the last batch that was fetched. */
  lastEpoch: number | undefined
  #isAfterLoss = false

  constructor(place: TopicPartition, offset: number, topicId: string, onTaken: () => void) {
    this.place = place
    this.topicId = topicId
    this.fetchOffset = offset
    this.#onTaken = onTaken
  }

  /** Takes the answer to a fetch from `offset`. */
  put(answer: FetchedPartition, offset: number, nowMs: number): void {
    this.answeredMs = nowMs
    this.trouble = undefined
    const wasHeld = this.lastStableOffset < this.highWatermark
    if (!wasHeld || answer.lastStableOffset !== this.lastStableOffset) this.stableSinceMs = nowMs
    this.highWatermark = answer.highWatermark
    this.lastStableOffset = answer.lastStableOffset
    this.logStartOffset = answer.logStartOffset
    const { end, nextOffset, epoch } = wholeBatches(answer, offset)
    this.fetchOffset = nextOffset
    this.lastEpoch = epoch ?? this.lastEpoch
    if (end > answer.start) {
      const { bytes, start, aborted } = answer
      this.#chunks.push({ bytes, start, end, offset, aborted, isAfterLoss: this.#isAfterLoss })
      this.#isAfterLoss = false
      this.bufferedBytes += end - start
    }
    this.wake()
  }

  /** The next chunk; undefined when there is none now. @throws what fetching ended with */
  take(): FetchedChunk | undefined {
    const chunk = this.#chunks.shift()
    if (chunk) {
      this.bufferedBytes -= chunk.end - chunk.start
      this.#onTaken()
    } else if (this.#error) throw this.#error
    return chunk
  }

  /** The time of the first record that is here and not taken, epoch ms. */
  get nextMs(): number | undefined {
    const [chunk] = this.#chunks
    return chunk && batchTimeMs(chunk.bytes, chunk.start)
  }

  /** Goes on at another offset: that which comes next is gone. */
  resume(offset: number): void {
    this.fetchOffset = offset
    this.lastEpoch = undefined
    this.#isAfterLoss = true
  }

  /** What is buffered is read first. */
  fail(error: MillraceError): void {
    this.#error = error
    this.wake()
  }

  /** Whether there is something to take. */
  get hasChunks(): boolean {
    return this.#chunks.length > 0
  }

  get hasFailed(): boolean {
    return this.#error !== undefined
  }

  /** Resolves when an answer has come, even an empty one, or fetching has failed or ended. */
  async changed(signal?: AbortSignal): Promise<void> {
    if (this.#chunks.length > 0 || this.#error || this.isClosed) return
    await this.#answered.wait(signal)
  }

  wake(): void {
    this.#answered.notify()
  }
}

/** Hops over the headers of batches: where the last whole one ends, the offset behind it, and its epoch. */
function wholeBatches(
  { bytes, start, end }: FetchedPartition,
  offset: number,
): { readonly end: number; readonly nextOffset: number; readonly epoch: number | undefined } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = start
  let nextOffset = offset
  let epoch: number | undefined
  while (end - at >= BATCH_HEADER_BYTES) {
    const length = view.getInt32(at + 8)
    const next = at + 12 + length
    // Damage is for the walk to report.
    if (length < BATCH_HEADER_BYTES - 12) return { end, nextOffset, epoch }
    if (next > end) break
    const base = view.getInt32(at) * 2 ** 32 + view.getUint32(at + 4)
    nextOffset = Math.max(nextOffset, base + view.getInt32(at + 23) + 1)
    epoch = view.getInt32(at + 12)
    at = next
  }
  return { end: at, nextOffset, epoch }
}
