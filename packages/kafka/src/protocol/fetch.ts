// Fetch, versions 12 and 13: records stay bytes, and nothing is made per record. Since 13 topics are named by their ids (KIP-516).

import { createAPI, type Reader, Writer } from '@platformatic/kafka'
import type { AbortedTransaction } from '../records/abort-filter.ts'

export interface FetchPartition {
  readonly topic: string
  /** Of version 13. */
  readonly topicId?: string
  readonly partition: number
  readonly offset: number
  /** The leader's, as far as we know: a broker that knows another one refuses (KIP-320). */
  readonly leaderEpoch: number
  /** Of the batch before; absent: not known. A log that has gone another way since says so. */
  readonly lastEpoch?: number | undefined
  readonly maxBytes: number
}

export interface FetchSettings {
  readonly maxWaitMs: number
  readonly minBytes: number
  readonly maxBytes: number
  readonly isCommittedOnly: boolean
  readonly rack: string
}

export interface FetchedPartition {
  readonly topic: string
  readonly partition: number
  readonly errorCode: number
  readonly highWatermark: number
  /** -1 where the broker does not tell. */
  readonly lastStableOffset: number
  readonly logStartOffset: number
  readonly aborted: readonly AbortedTransaction[]
  /** The log has gone another way: what was read from this offset on is not in it any more. */
  readonly divergesAt: number | undefined
  /** Another node to fetch from, near the rack; -1: none. */
  readonly preferredReplica: number
  /** Record batches, the last one perhaps cut off; in a buffer of the whole response. */
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}

export interface FetchResponse {
  readonly errorCode: number
  readonly partitions: readonly FetchedPartition[]
}

type Request = [settings: FetchSettings, partitions: readonly FetchPartition[]]

const FETCH = 1
const BY_NAME = 12
/** The first version that names topics by ids. */
export const FETCH_BY_ID = 13
/** Of the fields that are there when they are needed. */
const DIVERGING_EPOCH = 0

export const fetchV12 = createAPI<Request, FetchResponse>(
  FETCH,
  BY_NAME,
  (...request: Request) => createRequest(BY_NAME, ...request),
  (_id, _key, _version, r) => parseResponse(r, r => r.readString()),
)

/** The response names topics by the ids that the request did. */
export const fetchV13 = createAPI<Request, FetchResponse>(
  FETCH,
  FETCH_BY_ID,
  (...request: Request) => createRequest(FETCH_BY_ID, ...request),
  (_id, _key, _version, r) => parseResponse(r, r => r.readUUID()),
)

function createRequest(version: number, ...[settings, partitions]: Request): Writer {
  const byTopic = Map.groupBy(partitions, p =>
    version < FETCH_BY_ID ? p.topic : (p.topicId ?? ''),
  )
  return Writer.create()
    .appendInt32(-1)
    .appendInt32(settings.maxWaitMs)
    .appendInt32(settings.minBytes)
    .appendInt32(settings.maxBytes)
    .appendInt8(settings.isCommittedOnly ? 1 : 0)
    .appendInt32(0)
    .appendInt32(-1)
    .appendArray([...byTopic], (w, [topic, ofTopic]) =>
      (version < FETCH_BY_ID ? w.appendString(topic) : w.appendUUID(topic)).appendArray(
        ofTopic,
        (inner, p) =>
          inner
            .appendInt32(p.partition)
            .appendInt32(p.leaderEpoch)
            .appendInt64(BigInt(p.offset))
            .appendInt32(p.lastEpoch ?? -1)
            .appendInt64(-1n)
            .appendInt32(p.maxBytes),
      ),
    )
    .appendArray([], () => {})
    .appendString(settings.rack)
    .appendTaggedFields()
}

function parseResponse(reader: Reader, readTopic: (r: Reader) => string): FetchResponse {
  const bytes = reader.buffer.buffer
  reader.readInt32()
  const errorCode = reader.readInt16()
  reader.readInt32()
  const topics = reader.readArray(r => {
    const topic = readTopic(r)
    return r.readArray(inner => readPartition(inner, topic, bytes), true, false)
  })
  return { errorCode, partitions: topics.flat() }
}

function readPartition(r: Reader, topic: string, bytes: Uint8Array): FetchedPartition {
  const partition = r.readInt32()
  const errorCode = r.readInt16()
  const highWatermark = Number(r.readInt64())
  const lastStableOffset = Number(r.readInt64())
  const logStartOffset = Number(r.readInt64())
  const aborted = r.readNullableArray(a => ({
    producerId: a.readInt64(),
    firstOffset: Number(a.readInt64()),
  }))
  const preferredReplica = r.readInt32()
  const length = Math.max(0, r.readUnsignedVarInt() - 1)
  const start = r.position
  if (length > r.remaining) throw new RangeError('records end outside of it')
  r.skip(length)
  return {
    topic,
    partition,
    errorCode,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    aborted: aborted ?? [],
    divergesAt: readDivergence(r),
    preferredReplica,
    bytes,
    start,
    end: start + length,
  }
}

/** Reads the fields at the end of a partition: of the epoch in which its log has gone another way, where that ends. */
function readDivergence(r: Reader): number | undefined {
  let endOffset: number | undefined
  for (let left = r.readUnsignedVarInt(); left > 0; left--) {
    const tag = r.readUnsignedVarInt()
    const length = r.readUnsignedVarInt()
    if (length > r.remaining) throw new RangeError('a field ends outside of it')
    const end = length + r.position
    if (tag === DIVERGING_EPOCH) {
      r.readInt32()
      endOffset = Number(r.readInt64())
    }
    r.skip(end - r.position)
  }
  return endOffset
}
