// T0: what a broker does with batches of an idempotent producer, and what the package's producer makes of lost connections.

import { expect, it } from 'vitest'
import type { Cluster, TopicPartition } from '../../src/client/cluster.ts'
import { offsetOf } from '../../src/client/offsets.ts'
import { Producer } from '../../src/client/producer.ts'
import { idempotentProducer, ProducerSequences } from '../../src/client/producer-identity.ts'
import { UnknownTopicError } from '../../src/kafka-errors.ts'
import { produceV9 } from '../../src/protocol/produce.ts'
import { stampBatch } from '../../src/records/batch-writer.ts'
import { createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { createClusterAt, describeWithOwnBroker, useProxy } from '../broker/use-own-broker.ts'
import { readValues } from './read-values.ts'
import { batchOf, nameOf } from './test-producer.ts'

async function producerOf(cluster: Cluster): Promise<Producer> {
  const sequences = new ProducerSequences(false)
  sequences.become(await idempotentProducer(cluster))
  return new Producer(cluster, { sequences })
}

describeWithBroker('an idempotent producer', () => {
  const cluster = useCluster()

  async function put(at: TopicPartition, batch: Uint8Array) {
    const connection = await cluster.current.leaderConnection(at, 'produce')
    const [answer] = await cluster.current.send(connection, produceV9, null, 5_000, [
      { ...at, batch },
    ])
    return { error: nameOf(answer?.errorCode), offset: answer?.baseOffset }
  }

  async function start() {
    const at = { topic: await createTopic(cluster.current), partition: 0 }
    const identity = await idempotentProducer(cluster.current)
    const stamped = (sequence: number, ...values: string[]) =>
      stampBatch(batchOf(values), { ...identity, sequence, isTransactional: false })
    return { at, stamped }
  }

  it('has a batch once in the log however often it is sent, and hears where', async () => {
    const { at, stamped } = await start()
    const answers = [
      await put(at, stamped(0, 'a', 'b')),
      await put(at, stamped(0, 'a', 'b')),
      await put(at, stamped(2, 'c')),
      await put(at, stamped(0, 'a', 'b')),
    ]
    expect(answers.map(a => `${a.error} ${a.offset}`)).toEqual([
      'NONE 0',
      'NONE 0',
      'NONE 2',
      'NONE 0',
    ])
    expect(await readValues(cluster.current, at)).toEqual(['a', 'b', 'c'])
  })

  it('may not leave out a sequence number', async () => {
    const { at, stamped } = await start()
    expect(await put(at, stamped(0, 'a'))).toMatchObject({ error: 'NONE' })
    expect(await put(at, stamped(2, 'c'))).toMatchObject({ error: 'OUT_OF_ORDER_SEQUENCE_NUMBER' })
  })

  it('is refused a batch that was damaged on its way', async () => {
    const { at, stamped } = await start()
    const batch = stamped(0, 'a')
    batch[batch.length - 2]! ^= 1
    expect(await put(at, batch)).toMatchObject({ error: 'CORRUPT_MESSAGE' })
    expect(await offsetOf(cluster.current, at, 'latest', false)).toBe(0)
  })

  it('says what to do about a batch that is too large', async () => {
    const topic = await createTopic(cluster.current, 1, { 'max.message.bytes': '1000' })
    const producer = await producerOf(cluster.current)
    producer.send({ topic, partition: 0 }, batchOf(['x'.repeat(5_000)]))
    await expect(producer.flush()).rejects.toMatchObject({
      code: 'MR_KAFKA_RESPONSE',
      remedy: expect.stringContaining('max.message.bytes'),
    })
    await producer.close()
  })

  it('names a topic that is not there', async () => {
    const producer = await producerOf(cluster.current)
    producer.send({ topic: 'no-such-topic', partition: 0 }, batchOf(['a']))
    await expect(producer.flush()).rejects.toThrow(UnknownTopicError)
    await producer.close()
  })
})

const FAULTS = ['lose-request', 'lose-reply', 'reset', 'reset-reply', 'half-open'] as const

describeWithOwnBroker('a producer that loses connections', () => {
  const proxy = useProxy()

  it.each(FAULTS)('writes each record once, in order: %s', async kind => {
    const cluster = createClusterAt(proxy.current.address)
    const at = { topic: await createTopic(cluster), partition: 0 }
    const producer = await producerOf(cluster)
    const rule = proxy.current.addRule({ api: 'Produce', fault: { kind }, after: 1, times: 1 })
    const values = Array.from({ length: 20 }, (_, i) => `${i}`)
    for (const value of values) producer.send(at, batchOf([value]))
    await producer.flush()
    expect(rule.struck).toBe(1)
    expect(await readValues(cluster, at)).toEqual(values)
    await producer.close()
    await cluster.close()
  })
})
