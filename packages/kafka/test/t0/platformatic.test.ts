// T0, the first table: what the client that this package builds on does with transactions by itself. Why there is a layer of our own.

import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka'
import { expect, it } from 'vitest'
import type { TopicPartition } from '../../src/client/cluster.ts'
import { putRecords } from '../broker/put-records.ts'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { readValues } from './read-values.ts'
import { readyProducer, settled } from './test-producer.ts'

const LAST = 'last'
const client = { clientId: 'test', bootstrapBrokers: [brokerAddress] }

describeWithBroker("the client's own ways", () => {
  const cluster = useCluster()

  /** What its consumer gives of committed records. */
  async function consumed({ topic }: TopicPartition, maxBytes: number): Promise<string[]> {
    await putRecords(cluster.current, topic, 0, [{ value: LAST }])
    await settled(cluster.current, { topic, partition: 0 })
    const consumer = new Consumer({
      ...client,
      groupId: topic,
      deserializers: stringDeserializers,
      maxBytes,
      maxWaitTime: 100,
    })
    const stream = await consumer.consume({ topics: [topic], mode: 'earliest', autocommit: false })
    const seen: string[] = []
    for await (const { value } of stream) {
      if (value === LAST) break
      seen.push(value as string)
    }
    await stream.close()
    await consumer.close(true)
    return seen
  }

  async function start() {
    const at = { topic: await createTopic(cluster.current), partition: 0 }
    return { at, producer: await readyProducer(cluster.current, at.topic) }
  }

  it('let records pass of the first of two transactions that one producer has aborted', async () => {
    const { at, producer } = await start()
    await producer.transact(at, ['aborted 1'], false)
    await producer.transact(at, ['committed'])
    await producer.transact(at, ['aborted 2'], false)
    expect(await consumed(at, 1 << 20)).toEqual(['aborted 1', 'committed'])
    expect(await readValues(cluster.current, at)).toEqual(['committed', LAST])
  })

  it('let records pass of an aborted transaction whose marker is in a later fetch', async () => {
    const { at, producer } = await start()
    await producer.mustPut(at, ['aborted 1'])
    await producer.mustPut(at, ['aborted 2'])
    await producer.mustEnd(false)
    expect(await consumed(at, 1)).toEqual(['aborted 1', 'aborted 2'])
    expect(await readValues(cluster.current, at, { fetchBytes: 1 })).toEqual([LAST])
  })

  it('fence whoever starts a transactional id a second time', async () => {
    const { topic } = (await start()).at
    const outcomes: string[] = []
    for (const life of [1, 2]) {
      const producer = new Producer({
        ...client,
        transactionalId: `${topic}-theirs`,
        idempotent: true,
        retries: 1,
        serializers: stringSerializers,
      })
      try {
        const transaction = await producer.beginTransaction()
        await transaction.send({ messages: [{ topic, key: 'k', value: `life ${life}` }] })
        await transaction.commit()
        outcomes.push('committed')
      } catch (error) {
        outcomes.push(textOf(error))
      }
      await producer.close().catch(() => {})
    }
    expect(outcomes).toEqual(['committed', expect.stringContaining('newer producer')])
  })
})

/** The errors of an error, from the outermost inward. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inner = error instanceof AggregateError ? error.errors : error.cause ? [error.cause] : []
  return [error.message, ...inner.map(textOf)].join(' < ')
}
