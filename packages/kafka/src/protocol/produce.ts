// Produce: batches go out as the bytes that they were encoded to. Version 12 joins partitions to a transaction by itself (KIP-890).

import { createAPI, type Reader, Writer } from '@platformatic/kafka'

export interface ProducePartition {
  readonly topic: string
  readonly partition: number
  /** One record batch. */
  readonly batch: Uint8Array
}

export interface ProducedPartition {
  readonly topic: string
  readonly partition: number
  readonly errorCode: number
  readonly errorMessage: string | null
  readonly baseOffset: number
  readonly logAppendTimeMs: number
}

type Request = [
  transactionalId: string | null,
  timeoutMs: number,
  partitions: readonly ProducePartition[],
]

const PRODUCE = 0

export const produceV9 = createAPI<Request, readonly ProducedPartition[]>(
  PRODUCE,
  9,
  createRequest,
  parseResponse,
)
export const produceV12 = createAPI<Request, readonly ProducedPartition[]>(
  PRODUCE,
  12,
  createRequest,
  parseResponse,
)

/** Every replica in sync must have it. */
const ACKS_ALL = -1

function createRequest(...[transactionalId, timeoutMs, partitions]: Request): Writer {
  const byTopic = Map.groupBy(partitions, p => p.topic)
  return Writer.create()
    .appendString(transactionalId)
    .appendInt16(ACKS_ALL)
    .appendInt32(timeoutMs)
    .appendArray([...byTopic], (w, [topic, ofTopic]) =>
      w.appendString(topic).appendArray(ofTopic, (inner, { partition, batch }) =>
        inner
          .appendInt32(partition)
          .appendUnsignedVarInt(batch.length + 1)
          .append(Buffer.from(batch.buffer, batch.byteOffset, batch.length)),
      ),
    )
    .appendTaggedFields()
}

function parseResponse(
  _id: number,
  _key: number,
  _version: number,
  reader: Reader,
): readonly ProducedPartition[] {
  return reader
    .readArray(r => {
      const topic = r.readString()
      return r.readArray(p => readPartition(p, topic))
    })
    .flat()
}

function readPartition(r: Reader, topic: string): ProducedPartition {
  const partition = r.readInt32()
  const errorCode = r.readInt16()
  const baseOffset = Number(r.readInt64())
  const logAppendTimeMs = Number(r.readInt64())
  r.readInt64()
  r.readArray(e => {
    e.readInt32()
    e.readNullableString()
  })
  const errorMessage = r.readNullableString()
  return { topic, partition, errorCode, errorMessage, baseOffset, logAppendTimeMs }
}
