// The next record that a reader would get from an offset: what is counted between offsets may be markers and aborted records only.

import type { Cluster, TopicPartition } from '../client/cluster.ts'
import { type FetchedPartition, fetchV12 } from '../protocol/fetch.ts'
import { AbortFilter } from '../records/abort-filter.ts'
import { BatchWalker } from '../records/batch-walker.ts'
import { RecordFrames } from '../records/record-frames.ts'

export interface NextRecord {
  readonly offset: number
  /** Epoch ms; -1: its producer gave it none. */
  readonly timestampMs: number
}

const PARTITION_BYTES = 1 << 20
/** What a compressed batch may grow to. */
const MAX_BATCH_BYTES = 256 << 20

export interface ReadRange {
  readonly from: number
  /** Records from here on are not looked at. */
  readonly end: number
  readonly isCommittedOnly: boolean
}

/** Undefined when there is none in the range. @param signal ends the search, which passes over what does not count */
export async function nextRecord(
  cluster: Cluster,
  place: TopicPartition,
  { from, end, isCommittedOnly }: ReadRange,
  signal?: AbortSignal,
): Promise<NextRecord | undefined> {
  const aborts = isCommittedOnly ? new AbortFilter() : undefined
  const frames = new RecordFrames()
  for (let offset = from; offset < end && !signal?.aborted; ) {
    const fetched = await fetchFrom(cluster, place, offset, isCommittedOnly)
    aborts?.begin(fetched.aborted)
    const walker = new BatchWalker(fetched.bytes, fetched.start, fetched.end, offset, {
      place,
      aborts,
      verifiesCrc: true,
      maxBatchBytes: MAX_BATCH_BYTES,
    })
    while (walker.next(frames)) {
      if (frames.count === 0) continue
      const [found, timestampMs] = [frames.offsets[0] as number, frames.timestamps[0] as number]
      return found < end ? { offset: found, timestampMs } : undefined
    }
    // Nothing whole came: what was compacted away leaves no batch behind.
    if (walker.nextOffset === offset) return undefined
    offset = walker.nextOffset
  }
  return undefined
}

function fetchFrom(
  cluster: Cluster,
  place: TopicPartition,
  offset: number,
  isCommittedOnly: boolean,
): Promise<FetchedPartition> {
  const settings = {
    maxWaitMs: 0,
    minBytes: 0,
    maxBytes: PARTITION_BYTES,
    isCommittedOnly,
    rack: '',
  }
  const request = { ...place, offset, leaderEpoch: -1, maxBytes: PARTITION_BYTES }
  return cluster.retry(async () => {
    const connection = await cluster.leaderConnection(place, 'fetch')
    const response = await cluster.send(connection, fetchV12, settings, [request])
    const [answer] = response.partitions
    const code = response.errorCode || (answer?.errorCode ?? 3)
    if (answer && code === 0) return answer
    cluster.forgetTopic(place.topic)
    throw cluster.responseError('to read', code, `${place.topic}-${place.partition}`)
  })
}
