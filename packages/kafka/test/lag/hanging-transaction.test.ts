// A transaction that no coordinator will ever end, as brokers that do not verify producers let them come about.

import { incrementalAlterConfigsV1 } from '@platformatic/kafka'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Cluster } from '../../src/client/cluster.ts'
import { firstOpenTransaction } from '../../src/lag/open-transactions.ts'
import { transactionText } from '../../src/lag/transaction-text.ts'
import { produceV9 } from '../../src/protocol/produce.ts'
import { stampBatch } from '../../src/records/batch-writer.ts'
import { createTopic } from '../broker/use-broker.ts'
import { createClusterAt, describeWithOwnBroker, ownBroker } from '../broker/use-own-broker.ts'
import { batchOf, readyProducer } from '../t0/test-producer.ts'

const BROKER = 4
const SET = 0

describeWithOwnBroker('a transaction that hangs', () => {
  let cluster: Cluster
  beforeAll(() => {
    cluster = createClusterAt(ownBroker.bootstrap)
  })
  afterAll(() => cluster.close())

  async function verifyProducers(isOn: boolean): Promise<void> {
    const name = 'transaction.partition.verification.enable'
    const connection = await cluster.anyConnection()
    const { responses } = await cluster.send(
      connection,
      incrementalAlterConfigsV1.api,
      [
        {
          resourceType: BROKER,
          resourceName: '1',
          configs: [{ name, configOperation: SET, value: `${isOn}` }],
        },
      ],
      false,
    )
    expect(responses.map(r => r.errorCode)).toEqual([0])
  }

  it('is told from one that ends by itself, with the command that ends it', async () => {
    const topic = await createTopic(cluster)
    const place = { topic, partition: 0 }
    const producer = await readyProducer(cluster, `tx-${topic}`)
    const { id, epoch } = producer.identity
    const stamp = { id, epoch, sequence: 0, isTransactional: true }
    await verifyProducers(false)
    try {
      // Its coordinator is never told that the partition belongs to a transaction.
      await expect
        .poll(async () => {
          const connection = await cluster.leaderConnection(place, 'produce')
          const [answer] = await cluster.send(connection, produceV9, `tx-${topic}`, 5_000, [
            { ...place, batch: stampBatch(batchOf(['a', 'b']), stamp) },
          ])
          return answer?.errorCode
        })
        .toBe(0)
    } finally {
      await verifyProducers(true)
    }
    const found = await firstOpenTransaction(cluster, place)
    expect(found).toMatchObject({
      producerId: id,
      startOffset: 0,
      coordinated: { transactionalId: `tx-${topic}`, state: 'Empty', hasPartition: false },
    })
    const { fact, remedy } = transactionText(found!, ['h:1'], Date.now())
    expect(fact).toBe(
      `a transaction of "tx-${topic}" (producer ${id}, epoch ${epoch}) that its coordinator does not know to be there (Empty) holds what is there from offset 0 of ${topic}-0 on`,
    )
    expect(remedy).toBe(
      `It hangs, and is ended by: kafka-transactions.sh --bootstrap-server h:1 abort --topic ${topic} --partition 0 --start-offset 0`,
    )
  })
})
