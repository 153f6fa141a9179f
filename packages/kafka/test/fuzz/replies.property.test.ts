// Replies that are none: requests end with an error that names the broker, nothing crashes, nothing hangs.

import { Writer } from '@platformatic/kafka'
import fc from 'fast-check'
import { MillraceError } from 'millrace'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cluster } from '../../src/client/cluster.ts'
import { fetchV13, type FetchResponse } from '../../src/protocol/fetch.ts'
import { produceV12 } from '../../src/protocol/produce.ts'
import { endTxnV5, initProducerId, txnOffsetCommitV5 } from '../../src/protocol/transactions.ts'
import { createClusterAt } from '../broker/use-own-broker.ts'
import { FalseBroker } from './false-broker.ts'

const TOPIC_ID = '01234567-89ab-4cde-8123-456789abcdef'
const PRODUCER = { id: 1n, epoch: 0 }
const FETCH = {
  maxWaitMs: 1,
  minBytes: 1,
  maxBytes: 1_000,
  isCommittedOnly: true,
  rack: '',
}

/** An answer to a fetch as a broker gives it, its header's tags in front. */
const fetched = fc
  .record({
    records: fc.uint8Array({ maxLength: 200 }),
    aborted: fc.option(fc.array(fc.bigInt({ min: 0n, max: 9n }), { maxLength: 3 })),
    divergesAt: fc.option(fc.bigInt({ min: 0n, max: 9n })),
  })
  .map(({ records, aborted, divergesAt }) => {
    const writer = Writer.create()
      .appendUnsignedVarInt(0)
      .appendInt32(0)
      .appendInt16(0)
      .appendInt32(0)
    writer.appendArray([0], w =>
      w.appendUUID(TOPIC_ID).appendArray(
        [0],
        inner => {
          inner.appendInt32(0).appendInt16(0).appendInt64(9n).appendInt64(9n).appendInt64(0n)
          inner.appendArray(aborted, (a, id) => a.appendInt64(id).appendInt64(0n))
          inner
            .appendInt32(-1)
            .appendUnsignedVarInt(records.length + 1)
            .append(Buffer.from(records))
          if (divergesAt === null) inner.appendUnsignedVarInt(0)
          else
            inner
              .appendUnsignedVarInt(1)
              .appendUnsignedVarInt(0)
              .appendUnsignedVarInt(13)
              .appendInt32(3)
              .appendInt64(divergesAt)
              .appendUnsignedVarInt(0)
        },
        true,
        false,
      ),
    )
    writer.appendTaggedFields()
    return { bytes: new Uint8Array(writer.buffer), records, aborted, divergesAt }
  })

const damaged = fc
  .record({
    answer: fetched,
    flips: fc.array(fc.tuple(fc.nat(), fc.nat({ max: 7 })), { minLength: 1, maxLength: 5 }),
    cut: fc.option(fc.nat()),
  })
  .map(({ answer: { bytes }, flips, cut }) => {
    for (const [at, bit] of flips) bytes[at % bytes.length]! ^= 1 << bit
    return cut === null ? bytes : bytes.subarray(0, cut % bytes.length)
  })

describe('replies', () => {
  const broker = new FalseBroker()
  let cluster: Cluster
  beforeAll(async () => {
    cluster = createClusterAt(await broker.open())
  })
  afterAll(async () => {
    await cluster.close()
    await broker.close()
  })

  /** What becomes of a request that is answered so; undefined when that is an error that names the broker. */
  async function outcome<R>(
    answer: Uint8Array,
    send: (connection: Awaited<ReturnType<Cluster['anyConnection']>>) => Promise<R>,
  ): Promise<R | undefined> {
    broker.answer = answer
    const [address] = cluster.settings.brokers
    try {
      return await send(await cluster.anyConnection())
    } catch (error) {
      expect(error).toBeInstanceOf(MillraceError)
      expect((error as Error).message).toContain(address)
      return undefined
    }
  }

  const fetch = (answer: Uint8Array): Promise<FetchResponse | undefined> =>
    outcome(answer, connection =>
      cluster.send(connection, fetchV13, FETCH, [
        { topic: 't', topicId: TOPIC_ID, partition: 0, offset: 0, leaderEpoch: -1, maxBytes: 9 },
      ]),
    )

  it('to fetches are read when they are whole', () =>
    fc.assert(
      fc.asyncProperty(fetched, async ({ bytes, records, aborted, divergesAt }) => {
        const [answer] = (await fetch(bytes))?.partitions ?? []
        expect(answer?.topic).toBe(TOPIC_ID)
        expect([...(answer?.bytes.subarray(answer.start, answer.end) ?? [])]).toEqual([...records])
        expect(answer?.aborted.map(a => a.producerId)).toEqual(aborted ?? [])
        expect(answer?.divergesAt).toBe(divergesAt === null ? undefined : Number(divergesAt))
      }),
      { numRuns: 200 },
    ))

  it.each([
    ['damaged', damaged],
    ['nothing', fc.uint8Array({ maxLength: 300 })],
  ] as const)(
    'to fetches that are %s give an error, or records within them',
    async (_, bytes) => {
      await fc.assert(
        fc.asyncProperty(bytes, async answer => {
          for (const { start, end, bytes: all } of (await fetch(answer))?.partitions ?? []) {
            expect(start).toBeLessThanOrEqual(end)
            expect(end).toBeLessThanOrEqual(all.length)
          }
        }),
        { numRuns: 600 },
      )
    },
    60_000,
  )

  it('to producers and transactions that are nothing give an error', async () => {
    const group = { groupId: 'g', generation: 1, memberId: 'm', instanceId: null }
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async answer => {
        await outcome(answer, c => cluster.send(c, produceV12, null, 1, []))
        await outcome(answer, c => cluster.send(c, initProducerId, null, 1, PRODUCER))
        await outcome(answer, c => cluster.send(c, endTxnV5, 't', PRODUCER, true))
        await outcome(answer, c => cluster.send(c, txnOffsetCommitV5, 't', PRODUCER, group, []))
      }),
      { numRuns: 150 },
    )
  }, 60_000)
})
