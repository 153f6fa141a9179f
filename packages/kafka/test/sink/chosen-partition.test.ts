// Partitions by column and by function, in SQL and in TypeScript.

import { json, memory, Millrace, raw, t } from 'millrace'
import { expect, it } from 'vitest'
import { kafka, type Partitioner } from '../../src/index.ts'
import { partitionOf } from '../../src/records/partitioner.ts'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { changesOf, runToEnd } from '../source/run-query.ts'
import byFirstByte, { oddToLast } from './partition-functions.ts'

const hashOf = (text: string, partitions: number): number =>
  partitionOf(Buffer.from(text), Buffer.byteLength(text), partitions)

describeWithBroker('the partition of a record', () => {
  const cluster = useCluster()
  const brokers = () => `'properties.bootstrap.servers' = '${brokerAddress}'`

  /** Partition and number of each record, by number. */
  async function placesIn(topic: string): Promise<(readonly [n: number, partition: number])[]> {
    const ddl = `CREATE TABLE contents (n INT, p INT METADATA FROM 'partition' VIRTUAL) WITH (
      'connector' = 'kafka', 'topic' = '${topic}', ${brokers()}, 'format' = 'json',
      'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset');`
    const changes = await changesOf(`${ddl} SELECT n, p FROM contents;`)
    return changes
      .map(change => change.slice(3).split(' ').map(Number) as [number, number])
      .toSorted(([a], [b]) => a - b)
  }

  async function written(
    options: string,
    rows: string,
    columns = 'n INT, k STRING, shard BIGINT',
  ): Promise<(readonly [n: number, partition: number])[]> {
    const topic = await createTopic(cluster.current, 5)
    const ddl = `CREATE TABLE records (${columns}) WITH (
      'connector' = 'kafka', 'topic' = '${topic}', ${brokers()}, 'key.format' = 'raw', 'key.fields' = 'k',
      'value.format' = 'json', ${options});`
    await runToEnd(`${ddl} INSERT INTO records VALUES ${rows};`, {
      baseFolder: import.meta.dirname,
    })
    return placesIn(topic)
  }

  const ROWS = `(1, 'a', 4), (2, 'b', 0), (3, 'c', CAST(NULL AS BIGINT)), (4, 'a', 3)`

  it('is what a column holds, and for NULL that of the key', async () => {
    expect(
      await written(`'sink.partitioner' = 'column', 'sink.partitioner.column' = 'shard'`, ROWS),
    ).toEqual([
      [1, 4],
      [2, 0],
      [3, hashOf('c', 5)],
      [4, 3],
    ])
  })

  it.each([
    ['text', 'STRING', ["'Zürich'", 'Zürich']],
    ['an integer', 'BIGINT', ['9007199254740993', '9007199254740993']],
    ['bytes', 'BYTES', ["X'6162'", 'ab']],
  ] as const)('is that of the hash of %s, as of a key', async (_, type, [literal, text]) => {
    const places = await written(
      `'sink.partitioner' = 'column-hash', 'sink.partitioner.column' = 'region'`,
      `(1, 'a', ${literal}), (2, 'b', ${literal}), (3, 'c', CAST(NULL AS ${type}))`,
      `n INT, k STRING, region ${type}`,
    )
    expect(places).toEqual([
      [1, hashOf(text, 5)],
      [2, hashOf(text, 5)],
      [3, hashOf('c', 5)],
    ])
  })

  it('is what an exported function of a module says', async () => {
    expect(
      await written(`'sink.partitioner' = './partition-functions.ts#oddToLast'`, ROWS),
    ).toEqual([
      [1, 4],
      [2, hashOf('b', 5)],
      [3, 4],
      [4, hashOf('a', 5)],
    ])
    expect(await written(`'sink.partitioner' = './partition-functions.ts'`, ROWS)).toEqual([
      [1, 97 % 5],
      [2, 98 % 5],
      [3, 99 % 5],
      [4, 97 % 5],
    ])
  })

  it.each([
    ['a policy', 'fixed', [0, 0, 0]],
    ['a column', { column: 'shard' }, [4, 0, 2]],
    ['a hash', { hashOf: 'k' }, ['a', 'b', 'c'].map(k => hashOf(k, 5))],
    ['a function', oddToLast, [4, hashOf('b', 5), 4]],
    ['a function of bytes', byFirstByte, [97 % 5, 98 % 5, 99 % 5]],
  ] as const)('is what a program in TypeScript says by %s', async (_, partitioner, expected) => {
    const topic = await createTopic(cluster.current, 5)
    const app = new Millrace('partitions')
    app
      .table('rows', {
        source: memory([
          { n: 1, k: 'a', shard: 4 },
          { n: 2, k: 'b', shard: 0 },
          { n: 3, k: 'c', shard: 2 },
        ]),
        schema: { n: t.int(), k: t.string(), shard: t.int() },
      })
      .into(
        kafka({ brokers: brokerAddress }).topic(topic, {
          format: json(),
          key: { fields: 'k', format: raw() },
          partitioner: partitioner as Partitioner,
        }),
      )
    await app.run()
    expect((await placesIn(topic)).map(([, partition]) => partition)).toEqual(expected)
  })

  it('is refused where the topic has none of that number, and what chooses it must be there', async () => {
    const by = (options: string) => `'sink.partitioner' = ${options}`
    await expect(
      written(by(`'column', 'sink.partitioner.column' = 'shard'`), "(1, 'a', 5)"),
    ).rejects.toMatchObject({
      code: 'MR_KAFKA_PARTITION',
      message: expect.stringMatching(/^column "shard" sends a record to partition 5 of topic/),
    })
    const refused = async (options: string, text: string) =>
      expect(written(options, ROWS)).rejects.toMatchObject({
        code: 'MR_OPTION_INVALID',
        remedy: expect.stringContaining(text),
      })
    await refused(by(`'rond-robin'`), '"round-robin"')
    await refused(by(`'column', 'sink.partitioner.column' = 'k'`), 'a column of integers')
    await refused(by(`'column', 'sink.partitioner.column' = 'shrd'`), '"shard"')
    await refused(by(`'./partition-functions.ts#odd'`), 'has no export "odd"')
    await refused(by(`'./partition-functions.ts#noFunction'`), 'is no function, but number')
    await refused(by(`'./no-such-module.ts#f'`), 'is not found')
    await expect(written(by(`'column'`), ROWS)).rejects.toMatchObject({
      code: 'MR_OPTION_MISSING',
    })
  })
})
