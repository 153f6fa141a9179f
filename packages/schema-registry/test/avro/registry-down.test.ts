// Programs whose registry is not there when they need it.

import { expect, it, onTestFinished } from 'vitest'
import { createTopic, useCluster } from '../../../kafka/test/broker/use-broker.ts'
import { putValues } from '../registry/put-values.ts'
import { RegistryGate } from '../registry/registry-gate.ts'
import { changesOf, runToEnd, topicTable } from '../registry/run-script.ts'
import { describeWithBoth, framed, registerSchema, registryUrl } from '../registry/use-registry.ts'

describeWithBoth('a registry that is down', () => {
  const cluster = useCluster()
  const optionsOf = (url: string) =>
    `'format' = 'avro-confluent', 'avro-confluent.url' = '${url}', 'avro-confluent.properties.max.retries' = '3',
     'avro-confluent.properties.retries.wait.ms' = '5'`

  it('is waited for, by sinks at the start and by sources where a new schema comes', async () => {
    const gate = await RegistryGate.open(registryUrl)
    onTestFinished(() => gate.close())
    const topic = await createTopic(cluster.current)
    const table = topicTable({ name: 't', columns: 'a INT', topic, options: optionsOf(gate.url) })
    gate.refusals = 2
    await runToEnd(`${table} INSERT INTO t VALUES (1), (2);`)
    const other = await registerSchema(`${topic}-2`, {
      schema:
        '{"type":"record","name":"R","fields":[{"name":"x","type":"int"},{"name":"a","type":"int"}]}',
    })
    await putValues(cluster.current, topic, [framed(other, Buffer.from([2, 6]))])
    gate.refusals = 2
    expect(await changesOf(`${table} SELECT a FROM t;`)).toEqual(['+I 1', '+I 2', '+I 3'])
    gate.refusals = 100
    await expect(changesOf(`${table} SELECT a FROM t;`)).rejects.toMatchObject({
      code: 'MR_REGISTRY_UNREACHABLE',
    })
    await expect(runToEnd(`${table} INSERT INTO t VALUES (1);`)).rejects.toMatchObject({
      code: 'MR_REGISTRY_UNREACHABLE',
    })
  })
})
