// Avro with a registry, over a real broker and a real registry.

import { expect, it } from 'vitest'
import { brokerAddress, createTopic, useCluster } from '../../../kafka/test/broker/use-broker.ts'
import { putValues } from '../registry/put-values.ts'
import { changesOf, runToEnd, topicTable } from '../registry/run-script.ts'
import {
  ask,
  describeWithBoth,
  framed,
  registerSchema,
  registryUrl,
} from '../registry/use-registry.ts'

const AVRO = `'format' = 'avro-confluent', 'avro-confluent.url' = '${registryUrl}'`

const COLUMNS = `
  b BOOLEAN, i INT NOT NULL, n BIGINT, f FLOAT, d DOUBLE, s STRING, y BYTES, p DECIMAL(20, 3), a DATE, t TIME(3),
  ts TIMESTAMP(3), tz TIMESTAMP_LTZ(6), r ROW<x INT, y ARRAY<STRING>>, m MAP<STRING, BIGINT>, ti TINYINT, big DECIMAL(38, 0)`

const VALUES = `
  (TRUE, 1, 9007199254740993, CAST(1.5 AS FLOAT), 2.25E0, 'grün', x'00ff', CAST('12345678901234567.891' AS DECIMAL(20, 3)), DATE '2024-02-29',
   TIME '12:34:56', TIMESTAMP '2024-01-01 00:00:00.123', TO_TIMESTAMP_LTZ(1700000000123, 3), ROW(7, ARRAY['a', 'b']), MAP['k', 1],
   CAST(-5 AS TINYINT), CAST('12345678901234567890123456789012345678' AS DECIMAL(38, 0))),
  (CAST(NULL AS BOOLEAN), -2, CAST(-9223372036854775808 AS BIGINT), CAST(NULL AS FLOAT), CAST(NULL AS DOUBLE), CAST(NULL AS STRING),
   CAST(NULL AS BYTES), -0.001, DATE '1969-12-31', CAST(NULL AS TIME(3)), TIMESTAMP '1969-12-31 23:59:59.999',
   CAST(NULL AS TIMESTAMP_LTZ(6)), CAST(NULL AS ROW<x INT, y ARRAY<STRING>>), CAST(NULL AS MAP<STRING, BIGINT>), CAST(NULL AS TINYINT),
   CAST(NULL AS DECIMAL(38, 0)))`

describeWithBoth('avro-confluent', () => {
  const cluster = useCluster()

  it('writes rows of all types and reads them again', async () => {
    const topic = await createTopic(cluster.current)
    const table = topicTable({ name: 't', columns: COLUMNS, topic, options: AVRO })
    await runToEnd(`${table} INSERT INTO t VALUES ${VALUES};`)
    const written = await changesOf(`${table} SELECT * FROM t;`)
    expect(written).toEqual([
      "+I true | 1 | 9007199254740993 | 1.5 | 2.25 | grün | x'00ff' | 12345678901234567891 | 19782 | 45296000 | 1704067200123 | 1700000000123000 | [7, [a, b]] | {k=1} | -5 | 12345678901234567890123456789012345678",
      '+I null | -2 | -9223372036854775808 | null | null | null | null | -1 | -1 | null | -1 | null | null | null | null | null',
    ])
    const { schema } = (await ask('GET', `subjects/${topic}-value/versions/latest`)) as {
      schema: string
    }
    expect(JSON.parse(schema)).toMatchObject({
      name: 'record',
      namespace: 'org.apache.flink.avro.generated',
    })
  })

  it('reads what others have written by schemas of their own, projected', async () => {
    const topic = await createTopic(cluster.current)
    const first = await registerSchema(`${topic}-value`, {
      schema: JSON.stringify({
        type: 'record',
        name: 'Order',
        fields: [
          { name: 'note', type: ['null', 'string'] },
          { name: 'amount', type: 'int' },
          { name: 'status', type: { type: 'enum', name: 'Status', symbols: ['NEW', 'PAID'] } },
        ],
      }),
    })
    const second = await registerSchema(`${topic}-other`, {
      schema: JSON.stringify({
        type: 'record',
        name: 'Order',
        fields: [
          { name: 'tags', type: { type: 'map', values: 'double' } },
          { name: 'status', type: 'string' },
        ],
      }),
    })
    await putValues(cluster.current, topic, [
      // union branch 1, "hi", 21, symbol 1
      framed(first, Buffer.from([2, 4, 104, 105, 42, 2])),
      // an empty map, "OLD"
      framed(second, Buffer.from([0, 6, 79, 76, 68])),
    ])
    const table = topicTable({
      name: 't',
      columns: 'status STRING, amount BIGINT, note STRING',
      topic,
      options: AVRO,
    })
    expect(await changesOf(`${table} SELECT status, amount FROM t;`)).toEqual([
      '+I PAID | 21',
      '+I OLD | null',
    ])
  })

  it('resolves what a schema refers to', async () => {
    const topic = await createTopic(cluster.current)
    await registerSchema(`${topic}-money`, {
      schema:
        '{"type":"record","name":"Money","namespace":"a","fields":[{"name":"cents","type":"long"}]}',
    })
    const id = await registerSchema(`${topic}-value`, {
      schema:
        '{"type":"record","name":"Sale","namespace":"b","fields":[{"name":"price","type":"a.Money"}]}',
      references: [{ name: 'a.Money', subject: `${topic}-money`, version: 1 }],
    })
    await putValues(cluster.current, topic, [framed(id, Buffer.from([84]))])
    const table = topicTable({
      name: 't',
      columns: 'price ROW<cents BIGINT>',
      topic,
      options: AVRO,
    })
    expect(await changesOf(`${table} SELECT t.price.cents FROM t;`)).toEqual(['+I 42'])
  })

  it('gives records that cannot be decoded to the policy, with the reason', async () => {
    const topic = await createTopic(cluster.current)
    const id = await registerSchema(`${topic}-value`, {
      schema: '{"type":"record","name":"R","fields":[{"name":"s","type":"string"}]}',
    })
    const table = (column: string) =>
      topicTable({ name: 't', columns: column, topic, options: AVRO })
    const bad = [
      [Buffer.from('{"s":1}'), /does not begin with the id of a schema/],
      [framed(2_000_000_000, Buffer.from([0])), /the registry has no schema 2000000000/],
      [framed(id, Buffer.from([200, 1, 65])), /ends in the middle of a value/],
      [framed(id, Buffer.from([2, 255])), /a string is not UTF-8/],
    ] as const
    for (const [value, reason] of bad) {
      const own = await createTopic(cluster.current)
      await putValues(cluster.current, own, [value])
      const ddl = topicTable({ name: 't', columns: 's STRING', topic: own, options: AVRO })
      await expect(changesOf(`${ddl} SELECT * FROM t;`)).rejects.toThrow(reason)
    }
    await putValues(cluster.current, topic, [
      framed(id, Buffer.from([2, 65])),
      Buffer.from('x'),
      framed(id, Buffer.from([2, 66])),
    ])
    const skipping = { options: new Map([['bad-records', 'skip']]) }
    expect(await changesOf(`${table('s STRING')} SELECT * FROM t;`, skipping)).toEqual([
      '+I A',
      '+I B',
    ])
    await expect(changesOf(`${table('s INT')} SELECT * FROM t;`)).rejects.toThrow(
      /field "s": string cannot be read as INT/,
    )
    await expect(changesOf(`${table('q INT NOT NULL')} SELECT * FROM t;`)).rejects.toThrow(
      /it has no field "q", and the column is NOT NULL/,
    )
  })

  it('keys and values have schemas of their own, and their subjects are named by strategy', async () => {
    const topic = await createTopic(cluster.current)
    const table = `CREATE TABLE t (k INT, v STRING, PRIMARY KEY (k) NOT ENFORCED) WITH (
      'connector' = 'upsert-kafka', 'topic' = '${topic}', 'properties.bootstrap.servers' = '${brokerAddress}',
      'key.format' = 'avro-confluent', 'key.avro-confluent.url' = '${registryUrl}',
      'value.format' = 'avro-confluent', 'value.avro-confluent.url' = '${registryUrl}',
      'value.avro-confluent.subject-name-strategy' = 'topic-record');`
    await runToEnd(`${table} INSERT INTO t VALUES (1, 'a'), (2, 'b');`)
    expect(await ask('GET', `subjects/${topic}-key/versions`)).toEqual([1])
    const subject = `${topic}-org.apache.flink.avro.generated.record`
    expect(await ask('GET', `subjects/${subject}/versions`)).toEqual([1])
    const plain = topicTable({
      name: 'r',
      columns: 'k INT, v STRING',
      topic,
      options: `'key.format' = 'avro-confluent', 'key.fields' = 'k', 'key.avro-confluent.url' = '${registryUrl}',
        'value.format' = 'avro-confluent', 'value.avro-confluent.url' = '${registryUrl}', 'value.fields-include' = 'EXCEPT_KEY'`,
    })
    expect(await changesOf(`${plain} SELECT k, v FROM r;`)).toEqual(['+I 1 | a', '+I 2 | b'])
  })

  it('refuses what the subject refuses, and what is not registered where it may not register', async () => {
    const topic = await createTopic(cluster.current)
    const ddl = (columns: string, more = '') =>
      topicTable({ name: 't', columns, topic, options: `${AVRO}${more}` })
    await runToEnd(`${ddl('a INT')} INSERT INTO t VALUES (1);`)
    await ask('PUT', `config/${topic}-value`, { compatibility: 'BACKWARD' })
    await expect(runToEnd(`${ddl('a STRING')} INSERT INTO t VALUES ('x');`)).rejects.toMatchObject({
      code: 'MR_REGISTRY_INCOMPATIBLE',
      message: expect.stringContaining(`subject "${topic}-value"`),
    })
    const manual = `, 'avro-confluent.auto-register-schemas' = 'false'`
    await runToEnd(`${ddl('a INT', manual)} INSERT INTO t VALUES (2);`)
    await expect(
      runToEnd(`${ddl('a INT, b INT', manual)} INSERT INTO t VALUES (3, 4);`),
    ).rejects.toMatchObject({ code: 'MR_REGISTRY_UNREGISTERED' })
    expect(await changesOf(`${ddl('a INT, b INT')} SELECT a, b FROM t;`)).toEqual([
      '+I 1 | null',
      '+I 2 | null',
    ])
  })
})
