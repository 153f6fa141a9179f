// How far a group is behind, asked of a real broker.

import { afterAll, describe, expect, it } from 'vitest'
import { commitOffsets } from '../../src/client/offsets.ts'
import { readGroupLag } from '../../src/lag/group-lag.ts'
import { firstOpenTransaction } from '../../src/lag/open-transactions.ts'
import { transactionText } from '../../src/lag/transaction-text.ts'
import { asMarker, withToken } from '../../src/transactions/token.ts'
import { putRecords } from '../broker/put-records.ts'
import { createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { readyProducer, settled } from '../t0/test-producer.ts'

describeWithBroker('the lag of a group', () => {
  const cluster = useCluster()
  const ended: (() => Promise<unknown>)[] = []
  afterAll(() => Promise.all(ended.map(end => end())))

  const commit = (topic: string, offset: number, partition = 0, metadata = '') =>
    commitOffsets(cluster.current, { groupId: `g-${topic}` }, [
      { topic, partition, offset, metadata },
    ])

  const lagOf = async (topic: string, isCommittedOnly = true) =>
    (
      await readGroupLag(cluster.current, {
        groupId: `g-${topic}`,
        topics: [topic],
        isCommittedOnly,
      })
    ).partitions

  it('is counted by records and by the age of the one that is next', async () => {
    const topic = await createTopic(cluster.current, 2)
    const records = [3, 2, 1].map(minutes => ({
      value: 'x',
      timestamp: Date.now() - minutes * 60_000,
    }))
    await putRecords(cluster.current, topic, 0, records)
    await putRecords(cluster.current, topic, 1, records)
    await commit(topic, 1)
    await commit(topic, 3, 1)
    const [behind, done] = await lagOf(topic)
    expect(behind).toMatchObject({ partition: 0, committed: 1, end: 3, records: 2, lost: 0 })
    expect(behind?.lagMs).toBeGreaterThanOrEqual(120_000)
    expect(behind?.lagMs).toBeLessThan(150_000)
    expect(done).toMatchObject({ partition: 1, committed: 3, end: 3, records: 0, lagMs: 0 })
  })

  it('passes over markers and aborted records: behind them alone nobody is', async () => {
    const topic = await createTopic(cluster.current)
    const place = { topic, partition: 0 }
    const producer = await readyProducer(cluster.current, `tx-${topic}`)
    await producer.transact(place, ['a', 'b'])
    await producer.transact(place, ['c', 'd'], false)
    await settled(cluster.current, place)
    await commit(topic, 2)
    expect(await lagOf(topic)).toMatchObject([{ committed: 2, end: 6, records: 0, lagMs: 0 }])
    await producer.transact(place, ['e'])
    await settled(cluster.current, place)
    expect(await lagOf(topic)).toMatchObject([{ committed: 2, end: 8, records: 2 }])
    expect(await lagOf(topic, false)).toMatchObject([{ committed: 2, end: 8, records: 5 }])
  })

  it('is not known where no offset is committed, unless nothing is there', async () => {
    const topic = await createTopic(cluster.current, 2)
    await putRecords(cluster.current, topic, 0, [{ value: 'x' }])
    const [unread, empty] = await lagOf(topic)
    expect(unread).not.toHaveProperty('records')
    expect(unread).not.toHaveProperty('committed')
    expect(empty).toMatchObject({ end: 0, records: 0, lagMs: 0 })
  })

  it('without topics is that of all of which offsets are committed, but for the one that is there for a token', async () => {
    const [read, written] = [await createTopic(cluster.current), await createTopic(cluster.current)]
    const groupId = `g-${read}`
    await commitOffsets(cluster.current, { groupId }, [
      { topic: read, partition: 0, offset: 0, metadata: withToken({ token: '1-a', program: 'p' }) },
      {
        topic: written,
        partition: 0,
        offset: 0,
        metadata: asMarker({ token: '1-a', program: 'p' }),
      },
    ])
    const { partitions } = await readGroupLag(cluster.current, { groupId, isCommittedOnly: true })
    expect(partitions.map(p => p.topic)).toEqual([read])
  })

  it('ends before the first open transaction, which is named, with what ends it', async () => {
    const topic = await createTopic(cluster.current)
    const place = { topic, partition: 0 }
    await putRecords(cluster.current, topic, 0, [{ value: 'a' }])
    await commit(topic, 1)
    const producer = await readyProducer(cluster.current, `tx-${topic}`)
    await producer.mustPut(place, ['b', 'c'])
    ended.push(() => producer.end(false))
    await putRecords(cluster.current, topic, 0, [{ value: 'd' }])
    const [lag] = await lagOf(topic)
    expect(lag).toMatchObject({ end: 1, highWatermark: 4, records: 0, lagMs: 0 })
    const { id, epoch } = producer.identity
    expect(lag?.heldBy).toMatchObject({
      producerId: id,
      producerEpoch: epoch,
      startOffset: 1,
      coordinated: {
        transactionalId: `tx-${topic}`,
        state: 'Ongoing',
        timeoutMs: 30_000,
        hasPartition: true,
      },
    })
    const startMs = lag?.heldBy?.coordinated?.startMs ?? 0
    const text = transactionText(lag!.heldBy!, ['h:1'], startMs + 12_345)
    expect(text.fact).toBe(
      `the transaction of "tx-${topic}" (producer ${id}, epoch ${epoch}, open for 12.3 s) holds what is there from offset 1 of ${topic}-0 on`,
    )
    expect(text.remedy).toContain('the broker aborts it 30 s after its beginning')
    expect(text.remedy).toContain(
      `kafka-transactions.sh --bootstrap-server h:1 forceTerminateTransaction --transactionalId tx-${topic}`,
    )
  })

  it('knows no transaction where none is open', async () => {
    const topic = await createTopic(cluster.current)
    const place = { topic, partition: 0 }
    const producer = await readyProducer(cluster.current, `tx-${topic}`)
    await producer.transact(place, ['a'])
    await settled(cluster.current, place)
    expect(await firstOpenTransaction(cluster.current, place)).toBeUndefined()
  })
})

describe('a transaction that hangs', () => {
  const transaction = {
    topic: 't',
    partition: 3,
    producerId: 7n,
    producerEpoch: 1,
    startOffset: 42,
    lastWriteMs: 1_000,
  }

  it('is told from one that ends by itself', () => {
    expect(transactionText(transaction, ['h:1'], 61_000)).toEqual({
      fact: 'a transaction that no coordinator tells of (producer 7, epoch 1), last written to 60.0 s ago, holds what is there from offset 42 of t-3 on',
      remedy:
        'It hangs, or this user may not describe its transactional id. One that hangs is ended by: kafka-transactions.sh --bootstrap-server h:1 abort --topic t --partition 3 --start-offset 42',
    })
    const coordinated = {
      transactionalId: 'x',
      state: 'CompleteCommit',
      timeoutMs: 1,
      hasPartition: false,
    }
    const { fact, remedy } = transactionText({ ...transaction, coordinated }, ['h:1'], 61_000)
    expect(fact).toContain('that its coordinator does not know to be there (CompleteCommit)')
    expect(remedy).toMatch(/^It hangs, and is ended by: kafka-transactions/)
  })
})
