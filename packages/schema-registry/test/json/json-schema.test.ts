// JSON Schema with a registry, over a real broker and a real registry.

import { expect, it } from 'vitest'
import { createTopic, useCluster } from '../../../kafka/test/broker/use-broker.ts'
import { putValues } from '../registry/put-values.ts'
import { changesOf, runToEnd, topicTable } from '../registry/run-script.ts'
import {
  ask,
  describeWithBoth,
  framed,
  registerSchema,
  registryUrl,
} from '../registry/use-registry.ts'

const JSON_SCHEMA = `'format' = 'json-schema-confluent', 'json-schema-confluent.url' = '${registryUrl}'`
const VALIDATE = `, 'json-schema-confluent.validate' = 'true'`

describeWithBoth('json-schema-confluent', () => {
  const cluster = useCluster()

  it('writes rows with a schema of their columns and reads them again', async () => {
    const topic = await createTopic(cluster.current)
    const table = topicTable({
      name: 't',
      columns:
        'a INT NOT NULL, b STRING, r ROW<x BIGINT>, l ARRAY<INT>, m MAP<STRING, DOUBLE>, d DATE',
      topic,
      options: `${JSON_SCHEMA}${VALIDATE}`,
    })
    await runToEnd(
      `${table} INSERT INTO t VALUES (1, 'x', ROW(9007199254740993), ARRAY[1, 2], MAP['k', 0.5E0], DATE '2024-01-01'),
         (2, CAST(NULL AS STRING), CAST(NULL AS ROW<x BIGINT>), CAST(NULL AS ARRAY<INT>), CAST(NULL AS MAP<STRING, DOUBLE>), CAST(NULL AS DATE));`,
    )
    expect(await changesOf(`${table} SELECT * FROM t;`)).toEqual([
      '+I 1 | x | [9007199254740993] | [1, 2] | {k=0.5} | 19723',
      '+I 2 | null | null | null | null | null',
    ])
    const latest = (await ask('GET', `subjects/${topic}-value/versions/latest`)) as {
      schema: string
      schemaType: string
    }
    expect(latest.schemaType).toBe('JSON')
    expect(JSON.parse(latest.schema)).toMatchObject({ type: 'object', required: ['a'] })
  })

  it('checks records against their schemas, with what those refer to, where it is told to', async () => {
    const topic = await createTopic(cluster.current)
    await registerSchema(`${topic}-cents`, {
      schemaType: 'JSON',
      schema: '{"$schema":"http://json-schema.org/draft-07/schema#","type":"integer","minimum":0}',
    })
    const id = await registerSchema(`${topic}-value`, {
      schemaType: 'JSON',
      schema: '{"type":"object","properties":{"price":{"$ref":"cents.json"}}}',
      references: [{ name: 'cents.json', subject: `${topic}-cents`, version: 1 }],
    })
    await putValues(cluster.current, topic, [
      framed(id, Buffer.from('{"price": 5}')),
      framed(id, Buffer.from('{"price": -5}')),
    ])
    const table = (more: string) =>
      topicTable({ name: 't', columns: 'price INT', topic, options: `${JSON_SCHEMA}${more}` })
    expect(await changesOf(`${table('')} SELECT price FROM t;`)).toEqual(['+I 5', '+I -5'])
    await expect(changesOf(`${table(VALIDATE)} SELECT price FROM t;`)).rejects.toThrow(
      new RegExp(`schema ${id}: data/price must be >= 0`),
    )
  })

  it('gives what is no record of a schema to the policy', async () => {
    const topic = await createTopic(cluster.current)
    await putValues(cluster.current, topic, [Buffer.from('{"price": 5}')])
    const table = topicTable({ name: 't', columns: 'price INT', topic, options: JSON_SCHEMA })
    await expect(changesOf(`${table} SELECT price FROM t;`)).rejects.toThrow(
      /does not begin with the id of a schema/,
    )
  })

  it('ends a program whose rows do not fit the schema that it names', async () => {
    const topic = await createTopic(cluster.current)
    const schema = '{"type":"object","properties":{"a":{"type":"integer","maximum":9}}}'
    const table = topicTable({
      name: 't',
      columns: 'a INT',
      topic,
      options: `${JSON_SCHEMA}${VALIDATE}, 'json-schema-confluent.schema' = '${schema}'`,
    })
    await expect(runToEnd(`${table} INSERT INTO t VALUES (5), (10);`)).rejects.toMatchObject({
      code: 'MR_JSON_SCHEMA_VALUE',
    })
    const broken = table.replace(schema, '{"type":"objekt"}')
    await expect(runToEnd(`${broken} INSERT INTO t VALUES (5);`)).rejects.toMatchObject({
      code: 'MR_REGISTRY_SCHEMA',
    })
  })
})
