// Requests to the coordinator of a transaction; version 2 of transactions is KIP-890's: each end of one gives a new epoch.

import { createAPI, type Reader, Writer } from '@platformatic/kafka'

/** A producer as the coordinator knows it. */
export interface ProducerIdentity {
  readonly id: bigint
  readonly epoch: number
}

export const NO_PRODUCER: ProducerIdentity = { id: -1n, epoch: -1 }

export interface Coded {
  readonly errorCode: number
}

/** An offset to be committed with the transaction. */
export interface CommittedOffset {
  readonly topic: string
  readonly partition: number
  /** Of the next record to be read. */
  readonly offset: number
  /** Of the record before; absent: not known. */
  readonly leaderEpoch?: number | undefined
  readonly metadata: string
}

/** A group, as its coordinator must find it: anything else is fenced (KIP-447). */
export interface GroupGeneration {
  readonly groupId: string
  readonly generation: number
  readonly memberId: string
  readonly instanceId: string | null
}

export const initProducerId = createAPI<
  [transactionalId: string | null, timeoutMs: number, current: ProducerIdentity],
  Coded & { readonly producer: ProducerIdentity }
>(
  22,
  4,
  (transactionalId: string | null, timeoutMs: number, { id, epoch }: ProducerIdentity) =>
    Writer.create()
      .appendString(transactionalId)
      .appendInt32(timeoutMs)
      .appendInt64(id)
      .appendInt16(epoch)
      .appendTaggedFields(),
  (_id, _key, _version, r) => {
    const errorCode = codeAfterThrottle(r)
    return { errorCode, producer: { id: r.readInt64(), epoch: r.readInt16() } }
  },
)

export const addPartitionsToTxn = createAPI<
  [
    transactionalId: string,
    producer: ProducerIdentity,
    partitions: readonly { readonly topic: string; readonly partition: number }[],
  ],
  readonly (Coded & { readonly topic: string; readonly partition: number })[]
>(
  24,
  3,
  (
    transactionalId: string,
    { id, epoch }: ProducerIdentity,
    partitions: readonly { readonly topic: string; readonly partition: number }[],
  ) =>
    Writer.create()
      .appendString(transactionalId)
      .appendInt64(id)
      .appendInt16(epoch)
      .appendArray([...Map.groupBy(partitions, p => p.topic)], (w, [topic, ofTopic]) =>
        w
          .appendString(topic)
          .appendArray(ofTopic, (inner, p) => inner.appendInt32(p.partition), true, false),
      )
      .appendTaggedFields(),
  (_id, _key, _version, r) => {
    r.readInt32()
    return codedPartitions(r)
  },
)

export const addOffsetsToTxn = createAPI<
  [transactionalId: string, producer: ProducerIdentity, groupId: string],
  Coded
>(
  25,
  3,
  (transactionalId: string, { id, epoch }: ProducerIdentity, groupId: string) =>
    Writer.create()
      .appendString(transactionalId)
      .appendInt64(id)
      .appendInt16(epoch)
      .appendString(groupId)
      .appendTaggedFields(),
  (_id, _key, _version, r) => ({ errorCode: codeAfterThrottle(r) }),
)

type TxnOffsets = [
  transactionalId: string,
  producer: ProducerIdentity,
  group: GroupGeneration,
  offsets: readonly CommittedOffset[],
]

const txnOffsetCommit = (version: number) =>
  createAPI<
    TxnOffsets,
    readonly (Coded & { readonly topic: string; readonly partition: number })[]
  >(
    28,
    version,
    (...[transactionalId, { id, epoch }, group, offsets]: TxnOffsets) =>
      Writer.create()
        .appendString(transactionalId)
        .appendString(group.groupId)
        .appendInt64(id)
        .appendInt16(epoch)
        .appendInt32(group.generation)
        .appendString(group.memberId)
        .appendString(group.instanceId)
        .appendArray([...Map.groupBy(offsets, o => o.topic)], (w, [topic, ofTopic]) =>
          w.appendString(topic).appendArray(ofTopic, (inner, o) =>
            inner
              .appendInt32(o.partition)
              .appendInt64(BigInt(o.offset))
              .appendInt32(o.leaderEpoch ?? -1)
              .appendString(o.metadata),
          ),
        )
        .appendTaggedFields(),
    (_id, _key, _version, r) => {
      r.readInt32()
      return codedPartitions(r)
    },
  )

export const txnOffsetCommitV3 = txnOffsetCommit(3)
export const txnOffsetCommitV5 = txnOffsetCommit(5)

type EndTxn = [transactionalId: string, producer: ProducerIdentity, isCommit: boolean]

const endTxnRequest = (...[transactionalId, { id, epoch }, isCommit]: EndTxn): Writer =>
  Writer.create()
    .appendString(transactionalId)
    .appendInt64(id)
    .appendInt16(epoch)
    .appendBoolean(isCommit)
    .appendTaggedFields()

export const endTxnV3 = createAPI<EndTxn, Coded & { readonly producer?: ProducerIdentity }>(
  26,
  3,
  endTxnRequest,
  (_id, _key, _version, r) => ({ errorCode: codeAfterThrottle(r) }),
)

/** Gives the identity of the next transaction. */
export const endTxnV5 = createAPI<EndTxn, Coded & { readonly producer?: ProducerIdentity }>(
  26,
  5,
  endTxnRequest,
  (_id, _key, _version, r) => ({
    errorCode: codeAfterThrottle(r),
    producer: { id: r.readInt64(), epoch: r.readInt16() },
  }),
)

function codeAfterThrottle(r: Reader): number {
  r.readInt32()
  return r.readInt16()
}

const codedPartitions = (r: Reader) =>
  r
    .readArray(t => {
      const topic = t.readString()
      return t.readArray(p => ({ topic, partition: p.readInt32(), errorCode: p.readInt16() }))
    })
    .flat()
