// T0: transactions request by request, by both versions of their protocol.

import { setTimeout as sleep } from 'node:timers/promises'
import { offsetFetchV8 } from '@platformatic/kafka'
import { expect, it } from 'vitest'
import type { TopicPartition } from '../../src/client/cluster.ts'
import { committedOffsets } from '../../src/client/offsets.ts'
import type { CommittedOffset } from '../../src/protocol/transactions.ts'
import { createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { readValues } from './read-values.ts'
import { readyProducer, settled, TestProducer, type TransactionVersion } from './test-producer.ts'

/** What whoever was replaced hears; which of them depends on the request. */
const FENCED = /^(INVALID_PRODUCER_EPOCH|PRODUCER_FENCED)$/
const VERSIONS = [1, 2] as const
const EACH = VERSIONS.map(version => [version] as const)

describeWithBroker('transactions', () => {
  const cluster = useCluster()

  async function start(
    version: TransactionVersion,
  ): Promise<{ readonly at: TopicPartition; readonly producer: TestProducer }> {
    const at = { topic: await createTopic(cluster.current, 4), partition: 0 }
    return { at, producer: await readyProducer(cluster.current, at.topic, version) }
  }

  const read = async (at: TopicPartition): Promise<string[]> => {
    await settled(cluster.current, at)
    return readValues(cluster.current, at)
  }

  const offsetsOf = (topic: string, offset: number, metadata = ''): CommittedOffset[] =>
    [0, 1, 2, 3].map(partition => ({ topic, partition, offset: offset + partition, metadata }))

  const committedBy = async (topic: string): Promise<CommittedOffset[]> => {
    const places = [0, 1, 2, 3].map(partition => ({ topic, partition }))
    const found = await committedOffsets(cluster.current, topic, places)
    return found.toSorted((a, b) => a.partition - b.partition)
  }

  it('have version 2 at this broker', async () => {
    expect(await cluster.current.features()).toEqual({
      transactionVersion: 2,
      hasTopicIds: true,
    })
  })

  it.each(EACH)('of version %i show what is committed and hide what is aborted', async version => {
    const { at, producer } = await start(version)
    for (const n of [1, 2, 3, 4]) await producer.transact(at, [`${n}`], n % 2 === 0)
    expect(await read(at)).toEqual(['2', '4'])
  })

  it.each(EACH)(
    'of version %i fence who had the id before, and end what it began',
    async version => {
      const { at, producer } = await start(version)
      await producer.mustPut(at, ['open'])
      const second = await readyProducer(cluster.current, producer.transactionalId, version)
      expect(second.identity.id).toBe(producer.identity.id)
      expect(second.identity.epoch).toBeGreaterThan(producer.identity.epoch)
      expect(await producer.put(at, ['zombie'])).toMatch(FENCED)
      expect(await producer.end(true)).toMatch(FENCED)
      await second.transact(at, ['second'])
      expect(await read(at)).toEqual(['second'])
    },
  )

  it.each(EACH)('of version %i let each start of many go on', async version => {
    const { at, producer } = await start(version)
    await producer.transact(at, ['0'])
    for (const n of [1, 2, 3]) {
      const next = await readyProducer(cluster.current, producer.transactionalId, version)
      await next.transact(at, [`${n}`])
    }
    expect(await read(at)).toEqual(['0', '1', '2', '3'])
  })

  it.each(EACH)(
    'of version %i raise the epoch for whoever asks with the present one',
    async version => {
      const { at, producer } = await start(version)
      await producer.mustPut(at, ['unknown'])
      const before = producer.identity
      expect(await producer.init(30_000, before)).toBe('NONE')
      expect(producer.identity.id).toBe(before.id)
      expect(producer.identity.epoch).toBeGreaterThan(before.epoch)
      await producer.transact(at, ['known'])
      const late = new TestProducer(cluster.current, producer.transactionalId, version)
      late.pose(before)
      expect(await late.put(at, ['late'])).toMatch(FENCED)
      expect(await late.end(true)).toMatch(FENCED)
      expect(await read(at)).toEqual(['known'])
    },
  )

  it.each(EACH)('of version %i refuse a new epoch to an old one', async version => {
    const { producer } = await start(version)
    const before = producer.identity
    const second = await readyProducer(cluster.current, producer.transactionalId, version)
    await second.init()
    producer.pose(before)
    expect(await producer.init(30_000, before)).toMatch(FENCED)
  })

  it.each(EACH)(
    'of version %i end when they get too old, and can no longer be committed',
    async version => {
      const { at, producer } = await start(version)
      expect(await producer.init(1_000)).toBe('NONE')
      await producer.mustPut(at, ['old'])
      expect(await read(at)).toEqual([])
      if (version === 1) expect(await producer.end(true)).toMatch(FENCED)
      else expect(await producer.end(true)).toBe('INVALID_TXN_STATE')
      expect(await producer.put(at, ['late'])).toMatch(FENCED)
      expect(await producer.init()).toBe('NONE')
      await producer.transact(at, ['new'])
      expect(await read(at)).toEqual(['new'])
    },
  )

  it.each(EACH)(
    'of version %i take offsets of four partitions at once, with a text each',
    async version => {
      const { at, producer } = await start(version)
      const offsets = offsetsOf(at.topic, 10, 'millrace epoch 7-ä')
      await producer.mustPut(at, ['a'])
      expect(await producer.putOffsets({ groupId: at.topic }, offsets)).toBe('NONE')
      await producer.mustEnd(true)
      expect(await committedBy(at.topic)).toEqual(offsets)
      expect(await read(at)).toEqual(['a'])
    },
  )

  it.each(EACH)('of version %i drop the offsets with the records', async version => {
    const { at, producer } = await start(version)
    const offsets = offsetsOf(at.topic, 10)
    await producer.putOffsets({ groupId: at.topic }, offsets)
    await producer.mustEnd(true)
    await producer.putOffsets({ groupId: at.topic }, offsetsOf(at.topic, 99))
    await producer.mustEnd(false)
    expect(await committedBy(at.topic)).toEqual(offsets)
  })

  it.each(EACH)('of version %i make who asks for offsets wait until they end', async version => {
    const { at, producer } = await start(version)
    const [before, after] = [offsetsOf(at.topic, 10), offsetsOf(at.topic, 20)]
    await producer.putOffsets({ groupId: at.topic }, before)
    await producer.mustEnd(true)
    expect(await committedBy(at.topic)).toEqual(before)
    expect(await producer.putOffsets({ groupId: at.topic }, after)).toBe('NONE')
    const found = committedBy(at.topic)
    expect(await Promise.race([found, sleep(400, 'still waiting')])).toBe('still waiting')
    // Who does not ask for stable ones gets those before.
    const unstable = await cluster.current.send(
      await cluster.current.coordinator('group', at.topic),
      offsetFetchV8.api,
      [{ groupId: at.topic, topics: null } as never],
      false,
    )
    const { partitions } = unstable.groups[0]!.topics[0]!
    expect(partitions.map(p => Number(p.committedOffset)).toSorted()).toEqual([10, 11, 12, 13])
    await producer.mustEnd(true)
    expect(await found).toEqual(after)
  })

  it.each(EACH)(
    'of version %i make wait who asks for the first offsets that a group ever has',
    async version => {
      const { at, producer } = await start(version)
      await producer.putOffsets({ groupId: at.topic }, offsetsOf(at.topic, 1))
      const found = committedBy(at.topic)
      expect(await Promise.race([found, sleep(400, 'still waiting')])).toBe('still waiting')
      await producer.mustEnd(true)
      expect(await found).toEqual(offsetsOf(at.topic, 1))
    },
  )

  it('of version 1 take a late end for that of the next transaction: why a lost reply needs a new epoch', async () => {
    const { at, producer } = await start(1)
    await producer.transact(at, ['first'])
    await producer.mustPut(at, ['second, to be aborted'])
    expect(await producer.end(true)).toBe('NONE')
    expect(await read(at)).toEqual(['first', 'second, to be aborted'])
  })

  it('of version 2 refuse a late end: each has an epoch of its own', async () => {
    const { at, producer } = await start(2)
    const first = producer.identity
    await producer.transact(at, ['first'])
    expect(producer.identity.epoch).toBe(first.epoch + 1)
    await producer.mustPut(at, ['second, to be aborted'])
    expect(await producer.end(true, first)).toMatch(FENCED)
    await producer.mustEnd(false)
    expect(await read(at)).toEqual(['first'])
  })

  it('of version 2 answer the same end twice alike', async () => {
    const { at, producer } = await start(2)
    const first = producer.identity
    await producer.transact(at, ['first'])
    const { identity } = producer
    expect(await producer.end(true, first)).toBe('NONE')
    expect(producer.identity).toEqual(identity)
    await producer.transact(at, ['second'])
    expect(await read(at)).toEqual(['first', 'second'])
  })

  it('of version 1 do not take records of partitions that have not joined', async () => {
    const { at, producer } = await start(1)
    const sneaky = new TestProducer(cluster.current, producer.transactionalId, 2)
    sneaky.pose(producer.identity)
    // By version 2 the partition joins with its records, as the first shows; the second producer was never known.
    expect(await sneaky.put(at, ['a'])).toBe('NONE')
    const unknown = new TestProducer(cluster.current, `${at.topic}-unknown`, 1)
    unknown.pose({ id: 987_654_321n, epoch: 0 })
    expect(await unknown.put(at, ['b'])).toBe('INVALID_PRODUCER_ID_MAPPING')
    await sneaky.mustEnd(true)
    expect(await read(at)).toEqual(['a'])
  })

  it('may not be open for longer than the broker allows', async () => {
    const producer = new TestProducer(cluster.current, await createTopic(cluster.current))
    expect(await producer.init(1_000_000_000)).toBe('INVALID_TRANSACTION_TIMEOUT')
  })
})
