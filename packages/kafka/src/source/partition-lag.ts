// How far reading a partition is behind its end: the last stable offset, or where all is read the high watermark.

import type { SplitLag } from 'millrace'
import type { PartitionQueue } from '../client/partition-queue.ts'
import type { RecordFrames } from '../records/record-frames.ts'

export interface ReadState {
  readonly queue: PartitionQueue
  /** The records that were given last: some may not be processed yet. */
  readonly given: RecordFrames
  /** The next offset to be given. */
  readonly nextOffset: number
  readonly isCommittedOnly: boolean
  /** Reading ends before this offset; absent: never. */
  readonly end: number | undefined
}

/** @param position of the next record to be processed; undefined before the first broker has answered */
export function partitionLag(state: ReadState, position: number): SplitLag | undefined {
  const { queue, given, nextOffset, isCommittedOnly } = state
  const { highWatermark, lastStableOffset, answeredMs, stableSinceMs } = queue
  if (answeredMs === undefined) return undefined
  const isHeld = isCommittedOnly && lastStableOffset >= 0 && lastStableOffset < highWatermark
  const readable = isHeld ? lastStableOffset : highWatermark
  const end = Math.min(readable, state.end ?? readable)
  const done = countBefore(given, position)
  const isInGiven = done < given.count
  // Behind what was given there may be markers and aborted records only: they are behind us as soon as it is processed.
  const next = isInGiven ? Math.max(position, given.offsets[done] as number) : nextOffset
  const records = given.count - done + Math.max(0, end - nextOffset)
  const nextMs = isInGiven ? given.timestamps[done] : (queue.nextMs ?? lastOf(given))
  return {
    position: next,
    end,
    records,
    asOfMs: answeredMs,
    // Producers may leave it out: it is -1 then.
    ...(records > 0 && nextMs !== undefined && nextMs >= 0 && { nextMs }),
    ...(isHeld && { held: { end: highWatermark, sinceMs: stableSinceMs } }),
  }
}

/** How many of the records are before an offset. */
function countBefore({ offsets, count }: RecordFrames, offset: number): number {
  let [low, high] = [0, count]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((offsets[middle] as number) < offset) low = middle + 1
    else high = middle
  }
  return low
}

const lastOf = ({ timestamps, count }: RecordFrames): number | undefined =>
  count > 0 ? timestamps[count - 1] : undefined
