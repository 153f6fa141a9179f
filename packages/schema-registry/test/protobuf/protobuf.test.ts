// Protocol Buffers, alone and with a registry, over a real broker and a real registry.

import protobuf from 'protobufjs'
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

const PROTO = `'format' = 'protobuf-confluent', 'protobuf-confluent.url' = '${registryUrl}'`

describeWithBoth('protobuf-confluent', () => {
  const cluster = useCluster()

  it('writes rows as messages of their columns and reads them again', async () => {
    const topic = await createTopic(cluster.current)
    const table = topicTable({
      name: 't',
      columns:
        'a INT NOT NULL, n BIGINT, b BOOLEAN, f FLOAT, d DOUBLE, s STRING, y BYTES, ts TIMESTAMP(3), r ROW<x BIGINT, s STRING>, l ARRAY<INT>, m MAP<STRING, BIGINT>',
      topic,
      options: PROTO,
    })
    await runToEnd(
      `${table} INSERT INTO t VALUES
         (-1, 9007199254740993, TRUE, CAST(1.5 AS FLOAT), 2.25E0, 'grün', x'00ff', TIMESTAMP '1969-12-31 23:59:59.999', ROW(-7, 'q'), ARRAY[1, -2, 300], MAP['k', 5]),
         (0, CAST(NULL AS BIGINT), FALSE, CAST(NULL AS FLOAT), CAST(NULL AS DOUBLE), '', CAST(NULL AS BYTES), CAST(NULL AS TIMESTAMP(3)),
          CAST(NULL AS ROW<x BIGINT, s STRING>), CAST(NULL AS ARRAY<INT>), CAST(NULL AS MAP<STRING, BIGINT>));`,
    )
    expect(await changesOf(`${table} SELECT * FROM t;`)).toEqual([
      "+I -1 | 9007199254740993 | true | 1.5 | 2.25 | grün | x'00ff' | -1 | [-7, q] | [1, -2, 300] | {k=5}",
      '+I 0 | null | false | null | null |  | null | null | null | [] | {}',
    ])
    const { schemaType, schema } = (await ask(
      'GET',
      `subjects/${topic}-value/versions/latest`,
    )) as {
      schema: string
      schemaType: string
    }
    expect(schemaType).toBe('PROTOBUF')
    expect(schema).toContain('optional int64 n = 2;')
  })

  it('ends a program whose rows have values that no message can hold', async () => {
    const topic = await createTopic(cluster.current)
    const table = topicTable({ name: 't', columns: 'l ARRAY<INT>', topic, options: PROTO })
    await expect(
      runToEnd(`${table} INSERT INTO t VALUES (ARRAY[1, CAST(NULL AS INT)]);`),
    ).rejects.toMatchObject({
      code: 'MR_PROTOBUF_VALUE',
      message: expect.stringContaining('field "l" has a NULL element'),
    })
  })

  it('reads messages of others: nested ones by their path, with imports, projected', async () => {
    const topic = await createTopic(cluster.current)
    const money = 'syntax = "proto3"; package shop; message Money { sint64 cents = 1; }'
    await registerSchema(`${topic}-money`, { schemaType: 'PROTOBUF', schema: money })
    const orders = `syntax = "proto3"; package shop; import "money.proto";
      message Unused { int32 a = 1; }
      message Shop { message Order {
        enum Status { NEW = 0; PAID = 1; }
        string id = 1; Status status = 2; Money price = 3; repeated fixed32 codes = 4; uint32 big = 5; optional int32 note = 6;
      } }`
    const id = await registerSchema(`${topic}-value`, {
      schemaType: 'PROTOBUF',
      schema: orders,
      references: [{ name: 'money.proto', subject: `${topic}-money`, version: 1 }],
    })
    const root = new protobuf.Root()
    protobuf.parse(money, root, { keepCase: true })
    protobuf.parse(orders, root, { keepCase: true })
    const Order = root.lookupType('shop.Shop.Order')
    const encoded = (fields: object) =>
      framed(
        id,
        Buffer.concat([Buffer.from([4, 2, 0]), Order.encode(Order.create(fields)).finish()]),
      )
    await putValues(cluster.current, topic, [
      encoded({
        id: 'o1',
        status: 1,
        price: { cents: -250 },
        codes: [1, 2],
        big: 4294967295,
        note: 0,
      }),
      encoded({ id: 'o2' }),
    ])
    const table = topicTable({
      name: 't',
      columns:
        'status STRING, id STRING, codes ARRAY<BIGINT>, big BIGINT, note INT, price ROW<cents BIGINT>, added STRING',
      topic,
      options: PROTO,
    })
    expect(await changesOf(`${table} SELECT * FROM t;`)).toEqual([
      '+I PAID | o1 | [1, 2] | 4294967295 | 0 | [-250] | null',
      '+I NEW | o2 | [] | 0 | null | null | null',
    ])
    expect(await changesOf(`${table} SELECT t.price.cents, status FROM t;`)).toEqual([
      '+I -250 | PAID',
      '+I null | NEW',
    ])
  })

  it('gives messages that cannot be read to the policy, with the reason', async () => {
    const topic = await createTopic(cluster.current)
    const id = await registerSchema(`${topic}-value`, {
      schemaType: 'PROTOBUF',
      schema: 'syntax = "proto3"; message M { string s = 1; }',
    })
    const bad = [
      [[0, 10, 200, 65], /ends in the middle of a value/],
      [[2, 6], /it has no message at 3/],
      [[0, 10, 1, 255], /a string is not UTF-8/],
      [[0, 15], /wire type 7/],
    ] as const
    for (const [body, reason] of bad) {
      const own = await createTopic(cluster.current)
      await putValues(cluster.current, own, [framed(id, Buffer.from(body))])
      const ddl = topicTable({ name: 't', columns: 's STRING', topic: own, options: PROTO })
      await expect(changesOf(`${ddl} SELECT * FROM t;`)).rejects.toThrow(reason)
    }
  })

  it('reads and writes messages of a file that the table names, without a registry', async () => {
    const topic = await createTopic(cluster.current)
    const schema = `syntax = "proto2"; message A { optional int32 x = 1; } message B { required sint32 x = 1; optional string s = 7; }`
    const table = topicTable({
      name: 't',
      columns: 's STRING, x INT',
      topic,
      options: `'format' = 'protobuf', 'protobuf.schema' = '${schema}', 'protobuf.message-name' = 'B'`,
    })
    await runToEnd(`${table} INSERT INTO t VALUES ('a', -3), (CAST(NULL AS STRING), 4);`)
    expect(await changesOf(`${table} SELECT x, s FROM t;`)).toEqual(['+I -3 | a', '+I 4 | null'])
    const wrong = table.replace("message-name' = 'B'", "message-name' = 'C'")
    await expect(changesOf(`${wrong} SELECT x FROM t;`)).rejects.toMatchObject({
      code: 'MR_REGISTRY_SCHEMA',
    })
  })
})
