// T0: what a reader of committed records sees, however transactions, their markers and fetches lie to each other.

import { expect, it } from 'vitest'
import type { TopicPartition } from '../../src/client/cluster.ts'
import { offsetOf } from '../../src/client/offsets.ts'
import { COMPRESSIONS } from '../../src/records/compression.ts'
import { putRecords } from '../broker/put-records.ts'
import { createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { readValues } from './read-values.ts'
import { readyProducer, settled, type TestProducer } from './test-producer.ts'

/** A fetch of one batch, and a fetch of all. */
const FETCHES = [
  ['one batch a fetch', 1],
  ['all in a fetch', 1 << 20],
] as const

describeWithBroker('a reader of committed records', () => {
  const cluster = useCluster()

  async function place(): Promise<TopicPartition> {
    return { topic: await createTopic(cluster.current), partition: 0 }
  }

  const producerOf = ({ topic }: TopicPartition, name = 'p'): Promise<TestProducer> =>
    readyProducer(cluster.current, `${name}-${topic}`)

  it.each(FETCHES)(
    'sees nothing of an aborted transaction of three batches; %s',
    async (_, fetchBytes) => {
      const at = await place()
      const producer = await producerOf(at)
      for (const value of ['a', 'b', 'c']) await producer.mustPut(at, [value, value])
      await producer.mustEnd(false)
      await putRecords(cluster.current, at.topic, 0, [{ value: 'after' }])
      await settled(cluster.current, at)
      expect(await readValues(cluster.current, at, { fetchBytes })).toEqual(['after'])
    },
  )

  it.each(FETCHES)(
    'sees nothing of two transactions aborted by one producer; %s',
    async (_, fetchBytes) => {
      const at = await place()
      const producer = await producerOf(at)
      await producer.transact(at, ['a1', 'a2'], false)
      await producer.transact(at, ['kept'])
      await producer.transact(at, ['b1', 'b2'], false)
      await settled(cluster.current, at)
      expect(await readValues(cluster.current, at, { fetchBytes })).toEqual(['kept'])
    },
  )

  it('sees what a producer commits behind an abort whose marker is in a later fetch', async () => {
    const at = await place()
    const producer = await producerOf(at)
    await producer.mustPut(at, ['a'])
    await putRecords(cluster.current, at.topic, 0, [{ value: 'between' }])
    await producer.mustEnd(false)
    await producer.transact(at, ['b'])
    await settled(cluster.current, at)
    expect(await readValues(cluster.current, at, { fetchBytes: 1 })).toEqual(['between', 'b'])
  })

  it('begins on an abort marker', async () => {
    const at = await place()
    const producer = await producerOf(at)
    await producer.transact(at, ['a', 'b'], false)
    await producer.transact(at, ['c'])
    await settled(cluster.current, at)
    for (const fetchBytes of [1, 1 << 20])
      expect(await readValues(cluster.current, at, { from: 2, fetchBytes })).toEqual(['c'])
  })

  it('begins in the middle of an aborted transaction', async () => {
    const at = await place()
    const producer = await producerOf(at)
    await producer.mustPut(at, ['a', 'b'])
    await producer.mustPut(at, ['c', 'd'])
    await producer.mustEnd(false)
    await producer.transact(at, ['e'])
    await settled(cluster.current, at)
    for (const from of [1, 2, 3])
      expect(await readValues(cluster.current, at, { from, fetchBytes: 1 })).toEqual(['e'])
  })

  it('begins in a gap that control records leave', async () => {
    const at = await place()
    const producer = await producerOf(at)
    await producer.transact(at, ['a'])
    await producer.transact(at, ['b'])
    await settled(cluster.current, at)
    // 0: a, 1: marker, 2: b, 3: marker.
    const seen = [0, 1, 2, 3, 4].map(from => readValues(cluster.current, at, { from }))
    expect(await Promise.all(seen)).toEqual([['a', 'b'], ['b'], ['b'], [], []])
  })

  it.each(FETCHES)('tells interleaved producers apart; %s', async (_, fetchBytes) => {
    const at = await place()
    const [kept, dropped] = [await producerOf(at, 'kept'), await producerOf(at, 'dropped')]
    const expected: string[] = []
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 3; i++) {
        await kept.mustPut(at, [`k${round}${i}`])
        await dropped.mustPut(at, [`d${round}${i}`])
        expected.push(`k${round}${i}`)
      }
      // Whose marker comes first takes turns.
      const [first, second] = round % 2 ? [kept, dropped] : [dropped, kept]
      await first.mustEnd(first === kept)
      await second.mustEnd(second === kept)
    }
    await settled(cluster.current, at)
    expect(await readValues(cluster.current, at, { fetchBytes })).toEqual(expected)
  })

  it('sees records without a transaction between those of an aborted one', async () => {
    const at = await place()
    const producer = await producerOf(at)
    for (const n of [1, 2, 3]) {
      await producer.mustPut(at, [`aborted ${n}`])
      await putRecords(cluster.current, at.topic, 0, [{ value: `plain ${n}` }])
    }
    await producer.mustEnd(false)
    await settled(cluster.current, at)
    expect(await readValues(cluster.current, at)).toEqual(['plain 1', 'plain 2', 'plain 3'])
  })

  it.each(COMPRESSIONS)(
    'tells aborted from committed batches, compressed by: %s',
    async compression => {
      const at = await place()
      const producer = await producerOf(at)
      const values = Array.from({ length: 50 }, (_, i) => `value ${i}`)
      await producer.mustPut(
        at,
        values.map(v => `aborted ${v}`),
        compression,
      )
      await producer.mustEnd(false)
      await producer.mustPut(at, values, compression)
      await producer.mustEnd(true)
      await settled(cluster.current, at)
      expect(await readValues(cluster.current, at)).toEqual(values)
    },
  )

  it('stops at the last stable offset while a transaction is open, and goes on when it ends', async () => {
    const at = await place()
    const producer = await producerOf(at)
    await putRecords(cluster.current, at.topic, 0, [{ value: 'before' }])
    await producer.mustPut(at, ['open'])
    await putRecords(cluster.current, at.topic, 0, [{ value: 'behind' }])
    const end = (isCommittedOnly: boolean) =>
      offsetOf(cluster.current, at, 'latest', isCommittedOnly)
    expect([await end(true), await end(false)]).toEqual([1, 3])
    expect(await readValues(cluster.current, at)).toEqual(['before'])
    const rest = readValues(cluster.current, at, { end: 4 })
    await producer.mustEnd(true)
    expect(await rest).toEqual(['before', 'open', 'behind'])
    await settled(cluster.current, at)
    expect([await end(true), await end(false)]).toEqual([4, 4])
  })

  it('sees the end of a partition whose last transactions were all aborted', async () => {
    const at = await place()
    const producer = await producerOf(at)
    for (const value of ['a', 'b', 'c']) await producer.transact(at, [value], false)
    await settled(cluster.current, at)
    expect(await readValues(cluster.current, at)).toEqual([])
    expect(await readValues(cluster.current, at, { isCommittedOnly: false })).toEqual([
      'a',
      'b',
      'c',
    ])
  })

  it('hears nothing of a transaction that ends without a record', async () => {
    const at = await place()
    const producer = await producerOf(at)
    await producer.join(at)
    await producer.mustEnd(false)
    await producer.transact(at, ['a'])
    await settled(cluster.current, at)
    expect(await readValues(cluster.current, at)).toEqual(['a'])
  })
})
