// Topics as tables that are read: where reading begins and ends, what records tell of themselves, deletions by key.

import { expect, it } from 'vitest'
import { commitOffsets, committedOffsets } from '../../src/client/offsets.ts'
import { UnknownTopicError } from '../../src/kafka-errors.ts'
import { COMPRESSIONS } from '../../src/records/compression.ts'
import { putRecords } from '../broker/put-records.ts'
import {
  addPartitions,
  brokerAddress,
  createTopic,
  describeWithBroker,
  useCluster,
} from '../broker/use-broker.ts'
import { changesOf } from './run-query.ts'

const table = (topic: string, options: Record<string, string> = {}, columns = 'n INT'): string => {
  const all = {
    connector: 'kafka',
    topic,
    'properties.bootstrap.servers': brokerAddress,
    format: 'json',
    'scan.startup.mode': 'earliest-offset',
    'scan.bounded.mode': 'latest-offset',
    ...options,
  }
  const list = Object.entries(all).filter(([, value]) => value !== '')
  return `CREATE TABLE events (${columns}) WITH (${list.map(([k, v]) => `'${k}' = '${v}'`).join(', ')});`
}

const n = (...values: number[]) => values.map(value => ({ value: `{"n":${value}}` }))

describeWithBroker('a topic', () => {
  const cluster = useCluster()

  it('is read from its beginning to its end, all partitions, whatever their compression', async () => {
    const topic = await createTopic(cluster.current, 5)
    for (const [partition, compression] of COMPRESSIONS.entries())
      await putRecords(cluster.current, topic, partition, n(partition, partition + 10), compression)
    const changes = await changesOf(`${table(topic)} SELECT n FROM events;`)
    expect(changes.toSorted()).toEqual(
      [0, 1, 10, 11, 12, 13, 14, 2, 3, 4].map(v => `+I ${v}`).toSorted(),
    )
  })

  it('ends when it is empty', async () => {
    const topic = await createTopic(cluster.current, 2)
    expect(await changesOf(`${table(topic)} SELECT n FROM events;`)).toEqual([])
  })

  it('tells of records their place, time, key and headers', async () => {
    const topic = await createTopic(cluster.current)
    await putRecords(cluster.current, topic, 0, [
      { key: 'k', value: '{"n":1}', timestamp: 1_700_000_000_123, headers: [['h', 'x']] },
      { value: '{"n":2}', timestamp: 1_700_000_000_124 },
    ])
    const columns = `n INT, topic STRING METADATA VIRTUAL, p INT METADATA FROM 'partition' VIRTUAL,
      \`offset\` BIGINT METADATA VIRTUAL, ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp',
      kind STRING METADATA FROM 'timestamp-type' VIRTUAL, k BYTES METADATA FROM 'key' VIRTUAL,
      headers MAP<STRING, BYTES> METADATA`
    const sql = `SELECT n, topic = '${topic}', p, \`offset\`, ts, kind, k, headers FROM events`
    expect(await changesOf(`${table(topic, {}, columns)} ${sql};`)).toEqual([
      '+I 1 true 0 0 1700000000123 CreateTime k {h=x}',
      '+I 2 true 0 1 1700000000124 CreateTime null {}',
    ])
  })

  it.each([
    ['timestamp', { 'scan.startup.timestamp-millis': '2000' }, [2, 3]],
    ['specific-offsets', { 'scan.startup.specific-offsets': 'partition:0,offset:1' }, [2, 3]],
    ['latest-offset', {}, []],
    ['group-offsets', {}, [3]],
  ])('is read from where scan.startup.mode says: %s', async (mode, options, expected) => {
    const topic = await createTopic(cluster.current)
    await putRecords(cluster.current, topic, 0, [
      { value: '{"n":1}', timestamp: 1000 },
      { value: '{"n":2}', timestamp: 2000 },
      { value: '{"n":3}', timestamp: 3000 },
    ])
    const groupId = `g-${topic}`
    await commitOffsets(cluster.current, { groupId }, [
      { topic, partition: 0, offset: 2, metadata: '' },
    ])
    const ddl = table(topic, {
      'scan.startup.mode': mode,
      'properties.group.id': groupId,
      ...options,
    })
    expect(await changesOf(`${ddl} SELECT n FROM events;`)).toEqual(expected.map(v => `+I ${v}`))
  })

  it.each([
    ['timestamp', { 'scan.bounded.timestamp-millis': '2000' }, [1]],
    ['specific-offsets', { 'scan.bounded.specific-offsets': 'partition:0,offset:2' }, [1, 2]],
  ])('is read to where scan.bounded.mode says: %s', async (mode, options, expected) => {
    const topic = await createTopic(cluster.current)
    await putRecords(cluster.current, topic, 0, [
      { value: '{"n":1}', timestamp: 1000 },
      { value: '{"n":2}', timestamp: 2000 },
      { value: '{"n":3}', timestamp: 3000 },
    ])
    const ddl = table(topic, { 'scan.bounded.mode': mode, ...options })
    expect(await changesOf(`${ddl} SELECT n FROM events;`)).toEqual(expected.map(v => `+I ${v}`))
  })

  it('tells the group how far it was read, which a next program begins with', async () => {
    const topic = await createTopic(cluster.current, 2)
    await putRecords(cluster.current, topic, 0, n(1, 2))
    const groupId = `g-${topic}`
    const ddl = table(topic, { 'scan.startup.mode': '', 'properties.group.id': groupId })
    expect(await changesOf(`${ddl} SELECT n FROM events;`)).toEqual(['+I 1', '+I 2'])
    const committed = await committedOffsets(cluster.current, groupId)
    expect(committed.map(o => [o.partition, o.offset]).toSorted()).toEqual([
      [0, 2],
      [1, 0],
    ])
    await putRecords(cluster.current, topic, 0, n(3))
    expect(await changesOf(`${ddl} SELECT n FROM events;`)).toEqual(['+I 3'])
  })

  it('is found by a pattern, with partitions that come later', async () => {
    const topic = await createTopic(cluster.current)
    await putRecords(cluster.current, topic, 0, n(1))
    const pattern = `${topic}|${topic}-later`
    const ddl = table('', {
      topic: '',
      'topic-pattern': pattern,
      'scan.bounded.mode': 'unbounded',
      'scan.topic-partition-discovery.interval': '100 ms',
    })
    const changes = changesOf(`${ddl} SELECT n FROM events;`, { most: 3 })
    await putRecords(cluster.current, topic, 0, n(2))
    const later = await createTopic(cluster.current, 1, {}, `${topic}-later`)
    await putRecords(cluster.current, later, 0, n(3))
    expect((await changes).toSorted()).toEqual(['+I 1', '+I 2', '+I 3'])
  })

  it('has partitions that are added while it is read', async () => {
    const topic = await createTopic(cluster.current)
    await putRecords(cluster.current, topic, 0, n(1))
    const ddl = table(topic, {
      'scan.bounded.mode': 'unbounded',
      'scan.topic-partition-discovery.interval': '100 ms',
    })
    const changes = changesOf(`${ddl} SELECT n FROM events;`, { most: 3 })
    await addPartitions(cluster.current, topic, 3)
    await putRecords(cluster.current, topic, 2, n(3))
    await putRecords(cluster.current, topic, 1, n(2))
    expect((await changes).toSorted()).toEqual(['+I 1', '+I 2', '+I 3'])
  }, 20_000)

  it('of upserts keeps a row per key, and loses it with a record without value', async () => {
    const topic = await createTopic(cluster.current)
    await putRecords(cluster.current, topic, 0, [
      { key: '{"id":1}', value: '{"id":1,"n":10}' },
      { key: '{"id":2}', value: '{"id":2,"n":20}' },
      { key: '{"id":1}', value: '{"id":1,"n":11}' },
      { key: '{"id":2}', value: null },
    ])
    const ddl = table(
      topic,
      {
        connector: 'upsert-kafka',
        format: '',
        'key.format': 'json',
        'value.format': 'json',
        'scan.startup.mode': '',
      },
      'id INT NOT NULL, n INT, PRIMARY KEY (id) NOT ENFORCED',
    )
    expect(await changesOf(`${ddl} SELECT id, n FROM events;`)).toEqual([
      '+I 1 10',
      '+I 2 20',
      '-U 1 10',
      '+U 1 11',
      '-D 2 20',
    ])
  })

  it('that is not there is named, and so is a misspelt option', async () => {
    const missing = changesOf(`${table('no-such-topic')} SELECT n FROM events;`)
    await expect(missing).rejects.toThrow(UnknownTopicError)
    await expect(missing).rejects.toMatchObject({ code: 'MR_KAFKA_UNKNOWN_TOPIC' })
    const misspelt = changesOf(`${table('t', { 'scan.startup.mod': 'x' })} SELECT n FROM events;`)
    await expect(misspelt).rejects.toMatchObject({ remedy: "Did you mean 'scan.startup.mode'?" })
  })
})
