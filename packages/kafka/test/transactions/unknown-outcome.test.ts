// A broker that falls silent in the middle of a transaction.

import { nodePorts } from 'millrace'
import { expect, it } from 'vitest'
import { brokerPid } from '../../../../tools/kafka/broker.ts'
import { TEST_BROKER_FOLDER } from '../../../../tools/kafka/test-broker.ts'
import { Cluster } from '../../src/client/cluster.ts'
import { UnknownOutcomeError } from '../../src/kafka-errors.ts'
import { BatchWriter } from '../../src/records/batch-writer.ts'
import { KafkaTransaction } from '../../src/transactions/kafka-transaction.ts'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'

describeWithBroker('a transaction', () => {
  const cluster = useCluster()

  it('is told apart by its token once it is committed, and what is open is gone for the next process', async () => {
    const { first, second, batch } = await twoProcesses()
    await first.acquire(new AbortController().signal)
    first.send({ topic, partition: 0 }, batch())
    await first.prepare({ epoch: 1, token: '1-a', sources: [] })
    expect(await second.decided()).toBeUndefined()
    await first.commit()
    first.send({ topic, partition: 0 }, batch())
    await first.prepare({ epoch: 2, token: '2-b', sources: [] })
    await second.acquire(new AbortController().signal)
    expect(await second.decided()).toBe('1-a')
    await expect(first.commit()).rejects.toMatchObject({ code: 'MR_KAFKA_FENCED' })
    await first.release()
    await second.release()
  })

  const pid = brokerPid(TEST_BROKER_FOLDER)
  it.skipIf(pid === undefined)(
    'has an unknown outcome when the reply to its end does not come',
    async () => {
      const { first, second, batch } = await twoProcesses({ requestTimeoutMs: 400 })
      await first.acquire(new AbortController().signal)
      first.send({ topic, partition: 0 }, batch())
      await first.prepare({ epoch: 1, token: '1-a', sources: [] })
      process.kill(pid as number, 'SIGSTOP')
      const ended = first.commit()
      try {
        await expect(ended).rejects.toThrow(UnknownOutcomeError)
        await expect(ended).rejects.toMatchObject({ code: 'MR_KAFKA_UNKNOWN_OUTCOME' })
      } finally {
        process.kill(pid as number, 'SIGCONT')
      }
      // It had reached the broker, or not: either is an answer.
      await second.acquire(new AbortController().signal)
      expect(['1-a', undefined]).toContain(await second.decided())
      await first.release()
      await second.release()
    },
  )

  let topic = ''

  async function twoProcesses({ requestTimeoutMs = 30_000 } = {}) {
    topic = await createTopic(cluster.current)
    const transaction = () => {
      const settings = {
        brokers: [brokerAddress],
        clientId: 'test',
        requestTimeoutMs,
        connectTimeoutMs: 5_000,
      }
      return new KafkaTransaction(
        new Cluster(settings, nodePorts()),
        {
          transactionalId: topic,
          timeoutMs: 20_000,
          groupId: topic,
          marker: { topic, partition: 0 },
        },
        () => {},
      )
    }
    const batch = () => {
      const writer = new BatchWriter()
      writer.append(undefined, new TextEncoder().encode('x'), 1000)
      return writer.finish('none')
    }
    return { first: transaction(), second: transaction(), batch }
  }
})
