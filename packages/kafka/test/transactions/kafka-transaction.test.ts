// A transaction and who ends it: its token, fencing, and replies that do not come.

import { setTimeout as sleep } from 'node:timers/promises'
import { nodePorts } from 'millrace'
import { expect, it } from 'vitest'
import { Cluster } from '../../src/client/cluster.ts'
import { UnknownOutcomeError } from '../../src/kafka-errors.ts'
import { BatchWriter } from '../../src/records/batch-writer.ts'
import { KafkaTransaction } from '../../src/transactions/kafka-transaction.ts'
import { createTopic } from '../broker/use-broker.ts'
import { TestProcesses } from '../group/test-processes.ts'
import { createClusterAt, describeWithOwnBroker, useProxy } from '../broker/use-own-broker.ts'

const never = new AbortController().signal
const GROUP = { instanceId: null, sessionTimeoutMs: 1_500, heartbeatMs: 200, maxBusyMs: 10_000 }

describeWithOwnBroker('a transaction', () => {
  const proxy = useProxy()
  let topic = ''

  function process(clientId = 'test'): KafkaTransaction {
    const settings = { brokers: [proxy.current.address], clientId }
    const cluster = new Cluster(
      { ...settings, requestTimeoutMs: 600, connectTimeoutMs: 2_000 },
      nodePorts(),
    )
    const marker = { topic, partition: 0 }
    return new KafkaTransaction(
      cluster,
      {
        program: topic,
        transactionalId: topic,
        timeoutMs: 20_000,
        group: { ...GROUP, groupId: topic },
        marker,
      },
      () => {},
    )
  }

  /** Commits an epoch of one record. */
  async function epoch(transaction: KafkaTransaction, n: number): Promise<void> {
    const writer = new BatchWriter()
    writer.append(undefined, new TextEncoder().encode(`record ${n}`), 1000)
    transaction.send({ topic, partition: 0 }, writer.finish('none'))
    await transaction.prepare({ epoch: n, token: `${n}-x`, sources: [] })
    await transaction.commit()
  }

  async function createOutput(): Promise<void> {
    const cluster = createClusterAt(proxy.current.address)
    topic = await createTopic(cluster)
    await cluster.close()
  }

  it('is told by its token once it is committed; the next process ends what is open, and fences', async () => {
    await createOutput()
    const [first, second] = [process('first'), process('second')]
    await first.acquire(never)
    expect(await first.decided()).toBeUndefined()
    await epoch(first, 1)
    // Nothing is heard of the first one, though it lives.
    for (const api of ['Heartbeat', 'JoinGroup'] as const)
      proxy.current.addRule({
        api,
        fault: { kind: 'lose-request' },
        times: 1000,
        where: header => header.clientId === 'first',
      })
    let standsBy = 0
    await second.acquire(never, () => standsBy++)
    expect(standsBy).toBe(1)
    expect(await second.decided()).toBe('1-x')
    await expect(epoch(first, 2)).rejects.toMatchObject({ code: 'MR_KAFKA_FENCED' })
    await epoch(second, 2)
    expect(await second.decided()).toBe('2-x')
    await first.release()
    await second.release()
  })

  it('commits nothing once another process has taken its place in the group, though no producer has fenced it', async () => {
    await createOutput()
    const first = process('first')
    await first.acquire(never)
    await epoch(first, 1)
    for (const api of ['Heartbeat', 'JoinGroup'] as const)
      proxy.current.addRule({
        api,
        fault: { kind: 'lose-request' },
        times: 1000,
        where: header => header.clientId === 'first',
      })
    const others = new TestProcesses()
    await others.start({ address: proxy.current.address, topic }).active
    await expect(epoch(first, 2)).rejects.toMatchObject({ code: 'MR_KAFKA_FENCED' })
    expect(await first.decided()).toBe('1-x')
    await others.end()
    await first.release()
  })

  it('goes on while others come to stand by, and go', async () => {
    await createOutput()
    const active = process('active')
    await active.acquire(never)
    const isOver = new AbortController()
    const others = (async () => {
      for (let i = 0; i < 6; i++) {
        const other = process(`other ${i}`)
        const ending = new AbortController()
        const waiting = other.acquire(ending.signal)
        await sleep(150 * i)
        ending.abort()
        await waiting
        await other.release()
      }
      isOver.abort()
    })()
    let epochs = 0
    while (!isOver.signal.aborted) await epoch(active, ++epochs)
    await others
    expect(epochs).toBeGreaterThan(20)
    expect(await active.decided()).toBe(`${epochs}-x`)
    await active.release()
  })

  const APIS = ['Produce', 'TxnOffsetCommit', 'EndTxn'] as const
  const FAULTS = ['lose-request', 'lose-reply', 'reset', 'reset-reply', 'half-open'] as const

  it.each(APIS.flatMap(api => FAULTS.map(kind => [api, kind] as const)))(
    'has an unknown outcome after %s: %s; the next process finds one or the other, and goes on',
    async (api, kind) => {
      await createOutput()
      const [first, second] = [process(), process()]
      await first.acquire(never)
      await epoch(first, 1)
      const rule = proxy.current.addRule({ api, fault: { kind } })
      const second_ = epoch(first, 2)
      await expect(second_).rejects.toThrow(UnknownOutcomeError)
      await expect(second_).rejects.toMatchObject({ code: 'MR_KAFKA_UNKNOWN_OUTCOME' })
      expect(rule.struck).toBe(1)
      await first.release()
      await second.acquire(never)
      const decided = await second.decided()
      const mayHold = api === 'EndTxn' && kind.endsWith('reply')
      expect(mayHold ? ['1-x', '2-x'] : ['1-x']).toContain(decided)
      await epoch(second, 3)
      expect(await second.decided()).toBe('3-x')
      await second.release()
    },
    30_000,
  )
})
