// T0: fetches at the edges of logs, of topics that change, and over connections that break.

import { setTimeout as sleep } from 'node:timers/promises'
import { nodePorts } from 'millrace'
import { expect, it } from 'vitest'
import { Cluster, type TopicPartition } from '../../src/client/cluster.ts'
import { offsetOf } from '../../src/client/offsets.ts'
import type { PartitionQueue } from '../../src/client/partition-queue.ts'
import { UnknownTopicError } from '../../src/kafka-errors.ts'
import { deleteRecords, deleteTopic } from '../broker/change-topics.ts'
import { putRecords } from '../broker/put-records.ts'
import { createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { createClusterAt, describeWithOwnBroker, useProxy } from '../broker/use-own-broker.ts'
import { fetcherOf, readerOf, readValues } from './read-values.ts'

const values = (...all: readonly string[]) => all.map(value => ({ value }))

/** Waits until something is fetched. @throws what fetching ended with */
async function filled(queue: PartitionQueue): Promise<void> {
  while (queue.bufferedBytes === 0) {
    if (queue.hasFailed) queue.take()
    await queue.changed()
  }
}

describeWithBroker('a fetcher', () => {
  const cluster = useCluster()

  async function place(): Promise<TopicPartition> {
    return { topic: await createTopic(cluster.current), partition: 0 }
  }

  /** Three records, of which the first two are deleted. */
  async function shortened(): Promise<TopicPartition> {
    const at = await place()
    for (const value of ['a', 'b', 'c'])
      await putRecords(cluster.current, at.topic, 0, values(value))
    await deleteRecords(cluster.current, at, 2)
    return at
  }

  it('gives nothing of an empty topic, and its end', async () => {
    const at = await place()
    const fetcher = fetcherOf(cluster.current)
    const queue = await fetcher.add(at, 0)
    while (queue.highWatermark < 0) await queue.changed()
    expect(queue).toMatchObject({ highWatermark: 0, lastStableOffset: 0, logStartOffset: 0 })
    expect(queue.take()).toBeUndefined()
    await fetcher.close()
  })

  it('names a topic that is not there', async () => {
    const fetcher = fetcherOf(cluster.current)
    const added = fetcher.add({ topic: 'no-such-topic', partition: 0 }, 0)
    await expect(added).rejects.toThrow(UnknownTopicError)
    await fetcher.close()
  })

  it('gives a record as soon as it is written, however long the broker may wait', async () => {
    const at = await place()
    const fetcher = fetcherOf(cluster.current, { maxWaitMs: 20_000 })
    const queue = await fetcher.add(at, 0)
    await sleep(300)
    await putRecords(cluster.current, at.topic, 0, values('a'))
    const started = performance.now()
    await filled(queue)
    expect(performance.now() - started).toBeLessThan(5_000)
    // The next poll is under way: it ends with its partition's next record.
    fetcher.remove(queue)
    await putRecords(cluster.current, at.topic, 0, values('b'))
    await fetcher.close()
  })

  it('leaves out a partition that is full, and goes on when it is read', async () => {
    const topic = await createTopic(cluster.current, 2)
    for (let i = 0; i < 5; i++)
      for (const partition of [0, 1])
        await putRecords(cluster.current, topic, partition, values('x'.repeat(1_000)))
    const fetcher = fetcherOf(cluster.current, { fetchBytes: 1, bufferedBytes: 3_000 })
    const full = await fetcher.add({ topic, partition: 0 }, 0)
    const read = await fetcher.add({ topic, partition: 1 }, 0)
    while (read.fetchOffset < 5 || read.bufferedBytes > 0) if (!read.take()) await read.changed()
    while (full.bufferedBytes < 1_500) await full.changed()
    await sleep(200)
    expect(full.fetchOffset).toBe(2)
    while (full.fetchOffset < 5) if (!full.take()) await full.changed()
    await fetcher.close()
  })

  it('begins where a log does after its first records are deleted', async () => {
    const at = await shortened()
    expect(await offsetOf(cluster.current, at, 'earliest', true)).toBe(2)
    const seen = await readValues(cluster.current, at, { offsetReset: 'earliest' })
    expect(seen).toEqual(['c'])
  })

  it('goes to the end when an offset is not there, if it shall', async () => {
    const at = await shortened()
    const fetcher = fetcherOf(cluster.current, { offsetReset: 'latest' })
    const queue = await fetcher.add(at, 0)
    while (queue.fetchOffset !== 3) await sleep(10)
    await putRecords(cluster.current, at.topic, 0, values('d'))
    await filled(queue)
    expect(queue.take()).toMatchObject({ offset: 3 })
    await fetcher.close()
  })

  it('gives what compaction has left, in order, over the gaps', async () => {
    const configs = {
      'cleanup.policy': 'compact',
      'segment.ms': '100',
      'min.cleanable.dirty.ratio': '0.01',
      'max.compaction.lag.ms': '100',
    }
    const at = { topic: await createTopic(cluster.current, 1, configs), partition: 0 }
    const put = (key: string, value: string | null) =>
      putRecords(cluster.current, at.topic, 0, [{ key, value, timestamp: Date.now() }])
    for (let i = 0; i < 10; i++) await put(`k${i % 3}`, `v${i}`)
    let seen: string[]
    do {
      await sleep(250)
      // Segments end when something is written, and the last one is never compacted.
      await put('last', 'x')
      seen = (await readValues(cluster.current, at)).filter(v => v !== 'x')
    } while (seen.length > 3)
    expect(seen).toEqual(['v7', 'v8', 'v9'])
    // Of a partition that is read from within a gap, and from before it.
    for (const from of [1, 5, 7])
      expect((await readValues(cluster.current, at, { from })).slice(0, 3)).toEqual(seen)
    expect((await readValues(cluster.current, at, { from: 8 })).slice(0, 2)).toEqual(['v8', 'v9'])
  })

  it('ends with an error when its topic is deleted', async () => {
    const { clock, ...ports } = nodePorts()
    // Time runs fast: a topic counts as deleted only when it is missing for long.
    const fast = { ...clock, monotonic: () => clock.monotonic() * 50 }
    const own = new Cluster(cluster.current.settings, { ...ports, clock: fast })
    const at = await place()
    await putRecords(own, at.topic, 0, values('a'))
    const fetcher = fetcherOf(own)
    const queue = await fetcher.add(at, 0)
    await filled(queue)
    await deleteTopic(own, at.topic)
    const reader = readerOf(queue, 0)
    expect(await reader.read()).toMatchObject({ kind: 'frames', count: 1 })
    await reader.wait(new AbortController().signal)
    await expect(reader.read()).rejects.toThrow(/UNKNOWN_TOPIC_OR_PARTITION|does not exist/)
    await fetcher.close()
    await own.close()
  })
})

const FAULTS = ['reset', 'reset-reply', 'lose-reply', 'half-open', 'black-hole'] as const

describeWithOwnBroker('a fetcher that loses connections', () => {
  const proxy = useProxy()

  it.each(FAULTS)('gives each record once, in order: %s', async kind => {
    const cluster = createClusterAt(proxy.current.address)
    const at = { topic: await createTopic(cluster), partition: 0 }
    const all = Array.from({ length: 10 }, (_, i) => `${i}`)
    for (const value of all) await putRecords(cluster, at.topic, 0, values(value))
    const rule = proxy.current.addRule({ api: 'Fetch', fault: { kind }, after: 3 })
    expect(await readValues(cluster, at, { fetchBytes: 1 })).toEqual(all)
    expect(rule.struck).toBe(1)
    await cluster.close()
  })
})
