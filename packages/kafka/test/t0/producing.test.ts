// T0: what a broker does with batches of an idempotent producer, and what the package's producer makes of lost connections.

import { setTimeout as sleep } from 'node:timers/promises'
import type { RequestHeader } from '@millrace/testing'
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

async function producerOf(
  cluster: Cluster,
  sequences = new ProducerSequences(false),
): Promise<Producer> {
  sequences.become(await idempotentProducer(cluster))
  return new Producer(cluster, { sequences, renew: () => idempotentProducer(cluster) })
}

const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`)

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

  it('goes on as another producer when a broker misses what came before', async () => {
    const at = { topic: await createTopic(cluster.current, 2), partition: 0 }
    const other = { ...at, partition: 1 }
    const sequences = new ProducerSequences(false)
    const producer = await producerOf(cluster.current, sequences)
    const { id } = sequences.identity
    for (const value of numbers(10)) producer.send(at, batchOf([value]))
    await producer.flush()
    // As if a batch had been acknowledged, and lost with its broker.
    sequences.take(at, 1)
    for (const value of numbers(10)) {
      producer.send(at, batchOf([`more ${value}`]))
      producer.send(other, batchOf([value]))
    }
    await producer.flush()
    expect(sequences.identity.id).not.toBe(id)
    const more = numbers(10).map(n => `more ${n}`)
    expect(await readValues(cluster.current, at)).toEqual([...numbers(10), ...more])
    expect(await readValues(cluster.current, other)).toEqual(numbers(10))
    await producer.close()
  })

  it('names a topic that is not there', async () => {
    const producer = await producerOf(cluster.current)
    producer.send({ topic: 'no-such-topic', partition: 0 }, batchOf(['a']))
    await expect(producer.flush()).rejects.toThrow(UnknownTopicError)
    await producer.close()
  })
})

const PRODUCE = 0
const FAULTS = ['lose-request', 'lose-reply', 'reset', 'reset-reply', 'half-open'] as const

describeWithOwnBroker('a producer that loses connections', () => {
  const proxy = useProxy()

  it.each(FAULTS)('writes each record once, in order: %s', async kind => {
    const cluster = createClusterAt(proxy.current.address)
    const at = { topic: await createTopic(cluster), partition: 0 }
    const producer = await producerOf(cluster)
    const rule = proxy.current.addRule({ api: 'Produce', fault: { kind }, after: 1, times: 1 })
    const values = numbers(20)
    for (const value of values) producer.send(at, batchOf([value]))
    await producer.flush()
    expect(rule.struck).toBe(1)
    expect(await readValues(cluster, at)).toEqual(values)
    await producer.close()
    await cluster.close()
  })

  it('does not wait for one answer to send the next batch', async () => {
    const cluster = createClusterAt(proxy.current.address)
    const at = { topic: await createTopic(cluster), partition: 0 }
    const producer = await producerOf(cluster)
    producer.send(at, batchOf(['first']))
    await producer.flush()
    proxy.current.addRule({ api: 'Produce', fault: { kind: 'delay-reply', ms: 500 } })
    const isProduce = (request: RequestHeader) => request.apiKey === PRODUCE
    const before = proxy.current.requests.filter(isProduce).length
    for (const value of numbers(8)) {
      producer.send(at, batchOf([value]))
      await sleep(5)
    }
    await sleep(100)
    // A broker remembers five.
    expect(proxy.current.requests.filter(isProduce).length - before).toBe(5)
    await producer.flush()
    expect(await readValues(cluster, at)).toEqual(['first', ...numbers(8)])
    await producer.close()
    await cluster.close()
  })

  it('keeps the order of each of several partitions, however often connections break', async () => {
    const cluster = createClusterAt(proxy.current.address)
    const topic = await createTopic(cluster, 4)
    const producer = await producerOf(cluster)
    const rules = FAULTS.slice(2).flatMap((kind, i) =>
      [0, 1, 2].map(n =>
        proxy.current.addRule({ api: 'Produce', fault: { kind }, after: 5 + 7 * i + 20 * n }),
      ),
    )
    for (const value of numbers(150)) {
      for (let partition = 0; partition < 4; partition++)
        producer.send({ topic, partition }, batchOf([`${partition}-${value}`, 'x'.repeat(500)]))
      if (Number(value) % 10 === 0) await sleep(5)
    }
    await producer.flush()
    expect(rules.map(r => r.struck)).toEqual(rules.map(() => 1))
    for (let partition = 0; partition < 4; partition++) {
      const seen = await readValues(cluster, { topic, partition })
      expect(seen.filter(v => v.length < 20)).toEqual(numbers(150).map(n => `${partition}-${n}`))
    }
    await producer.close()
    await cluster.close()
  })
})
