// T0: data that are gone before they are read, or after: nothing is passed over silently.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type FramesBatch, setProgramHost } from 'millrace'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { TopicPartition } from '../../src/client/cluster.ts'
import { committedOffsets } from '../../src/client/offsets.ts'
import { DataLostError } from '../../src/kafka-errors.ts'
import { deleteRecords, makeAgain } from '../broker/change-topics.ts'
import { putRecords } from '../broker/put-records.ts'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { start } from '../source/run-query.ts'
import { fetcherOf, readerOf, valuesOf } from './read-values.ts'

const never = new AbortController().signal

describeWithBroker('a partition whose data are gone', () => {
  const cluster = useCluster()

  async function place(...values: readonly string[]): Promise<TopicPartition> {
    const at = { topic: await createTopic(cluster.current), partition: 0 }
    await put(at, ...values)
    return at
  }

  async function put({ topic }: TopicPartition, ...values: readonly string[]): Promise<void> {
    for (const value of values) await putRecords(cluster.current, topic, 0, [{ value }])
  }

  /** What fetching ends with. */
  async function failure(at: TopicPartition, offset: number, lastEpoch?: number): Promise<unknown> {
    const fetcher = fetcherOf(cluster.current)
    try {
      const queue = await fetcher.add(at, offset)
      queue.lastEpoch = lastEpoch
      while (!queue.hasFailed) await queue.changed()
      queue.take()
      return undefined
    } catch (error) {
      return error
    } finally {
      await fetcher.close()
    }
  }

  it('says what was deleted before it was read', async () => {
    const at = await place('a', 'b', 'c')
    await deleteRecords(cluster.current, at, 2)
    const lost = await failure(at, 1)
    expect(lost).toBeInstanceOf(DataLostError)
    expect(lost).toMatchObject({
      code: 'MR_KAFKA_DATA_LOST',
      message: `${at.topic}-0 has lost data: 1 offsets from 1 on were deleted before they were read; it begins at 2 now.`,
    })
  })

  it('has lost nothing when records go before its beginning was read', async () => {
    const at = await place('a', 'b', 'c')
    await deleteRecords(cluster.current, at, 2)
    const fetcher = fetcherOf(cluster.current)
    const queue = await fetcher.add(at, 0, { isBeginning: true })
    while (queue.bufferedBytes === 0) await queue.changed()
    expect(queue.take()).toMatchObject({ offset: 2 })
    await fetcher.close()
  })

  it('says that it ends before what was read', async () => {
    expect(await failure(await place('a', 'b'), 9)).toMatchObject({
      message: expect.stringContaining('it was read up to offset 9, and ends at 2 now'),
    })
  })

  it('says that its log has gone another way', async () => {
    // As if a leader had written them that the others have never heard of.
    expect(await failure(await place('a', 'b', 'c'), 2, 50)).toMatchObject({
      code: 'MR_KAFKA_DATA_LOST',
      message: expect.stringContaining('cut off by an unclean election'),
    })
  })

  it.each(['earliest', 'latest'] as const)(
    'is read on from its %s offset where it may',
    async to => {
      const at = await place('a', 'b', 'c')
      await deleteRecords(cluster.current, at, 1)
      const losses: string[] = []
      const lost = (loss: DataLostError) => void losses.push(loss.message)
      const fetcher = fetcherOf(cluster.current, { offsetReset: to, lost })
      const reader = readerOf(await fetcher.add(at, 70), 70)
      const reading = reader.read()
      while (losses.length === 0) await sleep(10)
      await put(at, 'd')
      const expected = to === 'earliest' ? ['b', 'c', 'd'] : ['d']
      const seen: string[] = []
      for (let batch = await reading; seen.length < expected.length; batch = await reader.read())
        if (typeof batch === 'string') await reader.wait(never)
        else seen.push(...valuesOf(batch as FramesBatch))
      expect(seen).toEqual(expected)
      await fetcher.close()
      expect(losses).toEqual([expect.stringContaining('was read up to offset 70, and ends at')])
    },
  )

  it('is not the one of another topic of its name, made while it is read', async () => {
    const at = await place('a')
    const fetcher = fetcherOf(cluster.current)
    const queue = await fetcher.add(at, 0)
    while (!queue.take()) await queue.changed()
    await makeAgain(cluster.current, at.topic)
    await put(at, 'other', 'other', 'other')
    while (!queue.hasFailed) await queue.changed()
    expect(() => queue.take()).toThrow('its topic was deleted, and made again')
    await fetcher.close()
  })
})

describeWithBroker('a program that goes on behind data that are gone', () => {
  const cluster = useCluster()
  const notices: string[] = []
  let stateDir = ''
  beforeEach(async () => {
    notices.length = 0
    setProgramHost({ notice: text => notices.push(text) })
    stateDir = await mkdtemp(join(tmpdir(), 'millrace-lost-data-'))
  })
  afterEach(async () => {
    setProgramHost(undefined)
    await rm(stateDir, { recursive: true })
  })

  const startCounting = (topic: string, options = '') =>
    start(
      `CREATE TABLE words (w STRING) WITH ('connector' = 'kafka', 'topic' = '${topic}',
         'properties.bootstrap.servers' = '${brokerAddress}', 'format' = 'raw',
         'scan.startup.mode' = 'earliest-offset' ${options});
       CREATE TABLE counts (w STRING, n BIGINT) WITH ('connector' = 'blackhole');
       INSERT INTO counts SELECT w, COUNT(*) FROM words GROUP BY w;`,
      { stateDir, name: `words-${topic}` },
    )

  /** Runs until so much is committed. */
  async function countUpTo(topic: string, offset: number, options = '') {
    const job = await startCounting(topic, options)
    const groupId = `words-${topic}`
    const place = { topic, partition: 0 }
    for (;;) {
      const [committed] = await committedOffsets(cluster.current, groupId, [place])
      if (committed?.offset === offset) break
      await sleep(20)
    }
    return job.stop()
  }

  const put = (topic: string, ...values: readonly string[]) =>
    putRecords(
      cluster.current,
      topic,
      0,
      values.map(value => ({ value })),
    )

  it('ends where records were deleted, unless it may go on; then it says so', async () => {
    const topic = await createTopic(cluster.current)
    await put(topic, 'a', 'b')
    expect(await countUpTo(topic, 2)).toMatchObject({ recordsRead: 2 })
    for (const value of ['c', 'd', 'e']) await put(topic, value)
    await deleteRecords(cluster.current, { topic, partition: 0 }, 4)
    const refused = await startCounting(topic)
    await expect(refused.finished).rejects.toMatchObject({
      code: 'MR_KAFKA_DATA_LOST',
      message: expect.stringContaining('2 offsets from 2 on were deleted'),
    })
    const reset = ", 'properties.auto.offset.reset' = 'earliest'"
    expect(await countUpTo(topic, 5, reset)).toMatchObject({ recordsRead: 1 })
    expect(notices.join()).toContain(`words: ${topic}-0 has lost data: 2 offsets from 2 on`)
  })

  it('ends where its topic was made again, whatever is in it', async () => {
    const topic = await createTopic(cluster.current, 2)
    await put(topic, 'a', 'b')
    await countUpTo(topic, 2)
    await makeAgain(cluster.current, topic)
    await put(topic, 'other', 'other', 'other')
    const reset = ", 'properties.auto.offset.reset' = 'earliest'"
    const refused = await startCounting(topic, reset)
    await expect(refused.finished).rejects.toMatchObject({
      code: 'MR_KAFKA_DATA_LOST',
      remedy: 'Start with fresh state, or under another name.',
    })
  })
})
