// Lag at a secured broker, by the properties that Kafka's own tools take.

import { nodePorts } from 'millrace'
import { expect, it } from 'vitest'
import { commitOffsets } from '../../src/client/offsets.ts'
import { lagOfGroup } from '../../src/index.ts'
import { putRecords } from '../broker/put-records.ts'
import { createTopic } from '../broker/use-broker.ts'
import { createClusterAt, describeWithOwnBroker, ownBroker } from '../broker/use-own-broker.ts'

describeWithOwnBroker('the lag of a group at a secured broker', () => {
  it('is told to who may describe the group, and to nobody else', async () => {
    const cluster = createClusterAt(ownBroker.bootstrap)
    const topic = await createTopic(cluster)
    await putRecords(cluster, topic, 0, [{ value: 'a' }, { value: 'b' }])
    const groupId = `g-${topic}`
    await commitOffsets(cluster, { groupId }, [{ topic, partition: 0, offset: 1, metadata: '' }])
    await cluster.close()
    const propertiesOf = (user: string) =>
      new Map([
        ['bootstrap.servers', ownBroker.secured.saslPlaintext],
        ['security.protocol', 'SASL_PLAINTEXT'],
        ['sasl.mechanism', 'SCRAM-SHA-256'],
        ['sasl.jaas.config', `x required username="${user}" password="${user}-secret";`],
      ])
    const { partitions } = await lagOfGroup(groupId, propertiesOf('admin'), nodePorts())
    expect(partitions).toMatchObject([{ topic, committed: 1, end: 2, records: 1 }])
    await expect(lagOfGroup(groupId, propertiesOf('alice'), nodePorts())).rejects.toMatchObject({
      message: expect.stringContaining('GROUP_AUTHORIZATION_FAILED'),
      remedy: expect.stringContaining('millrace kafka acls'),
    })
  })
})
