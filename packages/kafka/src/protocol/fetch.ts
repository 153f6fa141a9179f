// Fetch, version 12: records stay bytes, and nothing is made per record.

import { createAPI, type Reader, Writer } from '@platformatic/kafka'
import type { AbortedTransaction } from '../records/abort-filter.ts'

export interface FetchPartition {
  readonly topic: string
  readonly partition: number
  readonly offset: number
  readonly leaderEpoch: number
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
  /** Record batches, the last one perhaps cut off; in a buffer of the whole response. */
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
}

export interface FetchResponse {
  readonly errorCode: number
  readonly partitions: readonly FetchedPartition[]
}

const FETCH = 1
const VERSION = 12

export const fetchV12 = createAPI<
  [settings: FetchSettings, partitions: readonly FetchPartition[]],
  FetchResponse
>(FETCH, VERSION, createRequest, parseResponse)

function createRequest(settings: FetchSettings, partitions: readonly FetchPartition[]): Writer {
  const byTopic = Map.groupBy(partitions, p => p.topic)
  return Writer.create()
    .appendInt32(-1)
    .appendInt32(settings.maxWaitMs)
    .appendInt32(settings.minBytes)
    .appendInt32(settings.maxBytes)
    .appendInt8(settings.isCommittedOnly ? 1 : 0)
    .appendInt32(0)
    .appendInt32(-1)
    .appendArray([...byTopic], (w, [topic, ofTopic]) =>
      w
        .appendString(topic)
        .appendArray(ofTopic, (inner, p) =>
          inner
            .appendInt32(p.partition)
            .appendInt32(p.leaderEpoch)
            .appendInt64(BigInt(p.offset))
            .appendInt32(-1)
            .appendInt64(-1n)
            .appendInt32(p.maxBytes),
        ),
    )
    .appendArray([], () => {})
    .appendString(settings.rack)
    .appendTaggedFields()
}

function parseResponse(_id: number, _key: number, _version: number, reader: Reader): FetchResponse {
  const bytes = reader.buffer.buffer
  reader.readInt32()
  const errorCode = reader.readInt16()
  reader.readInt32()
  const topics = reader.readArray(r => {
    const topic = r.readString()
    return r.readArray(inner => readPartition(inner, topic, bytes), true, true)
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
  r.readInt32()
  const length = Math.max(0, r.readUnsignedVarInt() - 1)
  const start = r.position
  r.skip(length)
  return {
    topic,
    partition,
    errorCode,
    highWatermark,
    lastStableOffset,
    logStartOffset,
    aborted: aborted ?? [],
    bytes,
    start,
    end: start + length,
  }
}
