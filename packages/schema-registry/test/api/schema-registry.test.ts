// Programs in TypeScript whose topics have schemas in a registry.

import { Millrace, secret, t } from 'millrace'
import { kafka } from '@millrace/kafka'
import { expect, it, onTestFinished } from 'vitest'
import { brokerAddress, createTopic, useCluster } from '../../../kafka/test/broker/use-broker.ts'
import { schemaRegistry } from '../../src/index.ts'
import { RegistryGate } from '../registry/registry-gate.ts'
import { changesOf, topicTable } from '../registry/run-script.ts'
import { describeWithBoth, registryUrl } from '../registry/use-registry.ts'

describeWithBoth('schemaRegistry(…)', () => {
  const cluster = useCluster()

  it('gives formats to topics, with a password that is never printed', async () => {
    const gate = await RegistryGate.open(registryUrl, {
      authorization: `Basic ${btoa('ann:s3cret')}`,
    })
    onTestFinished(() => gate.close())
    const topic = await createTopic(cluster.current)
    const app = new Millrace('typed')
    const registry = schemaRegistry({ url: gate.url, user: secret('ann:s3cret') })
    const brokers = kafka({ brokers: brokerAddress })
    app
      .table('orders', {
        source: brokers.topic(await createTopic(cluster.current), {
          format: registry.avro(),
          start: 'earliest',
          end: 'latest',
        }),
        schema: { id: t.int() },
      })
      .into(
        brokers.topic(topic, {
          format: registry.jsonSchema({ validate: true }),
          key: { fields: 'id', format: registry.protobuf() },
        }),
      )
    expect(app.explain({ sql: true })).not.toContain('s3cret')
    await app.run()
    const table = topicTable({ name: 'r', columns: 'v BYTES', topic, options: `'format' = 'raw'` })
    expect(await changesOf(`${table} SELECT v FROM r;`)).toEqual([])
    expect(gate.requests).toEqual([
      `POST /subjects/${topic}-value/versions`,
      `POST /subjects/${topic}-key/versions`,
    ])
  })
})
