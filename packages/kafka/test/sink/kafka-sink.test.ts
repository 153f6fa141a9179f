// Topics as tables that are written: records, keys, partitions, headers, deletions.

import { setTimeout as sleep } from 'node:timers/promises'
import type { SinkFactory } from 'millrace'
import { expect, it } from 'vitest'
import { offsetOf } from '../../src/client/offsets.ts'
import { kafkaFactories } from '../../src/index.ts'
import { COMPRESSIONS } from '../../src/records/compression.ts'
import { partitionOf } from '../../src/records/partitioner.ts'
import { putRecords } from '../broker/put-records.ts'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'
import { describeWithOwnBroker, useProxy } from '../broker/use-own-broker.ts'
import { changesOf, runToEnd, start } from '../source/run-query.ts'

const withOptions = (topic: string, options: Record<string, string>): string => {
  const all = {
    connector: 'kafka',
    topic,
    'properties.bootstrap.servers': brokerAddress,
    ...options,
  }
  return `WITH (${Object.entries(all)
    .map(([k, v]) => `'${k}' = '${v}'`)
    .join(', ')})`
}

const READ = { 'scan.startup.mode': 'earliest-offset', 'scan.bounded.mode': 'latest-offset' }

/** Values of a topic with their partitions and keys, as text. */
function contents(topic: string): Promise<string[]> {
  const ddl = `CREATE TABLE contents (
    v STRING, p INT METADATA FROM 'partition' VIRTUAL, k BYTES METADATA FROM 'key' VIRTUAL
  ) ${withOptions(topic, { format: 'raw', ...READ })};`
  return changesOf(`${ddl} SELECT p, k, v FROM contents;`)
}

describeWithBroker('a table that is written', () => {
  const cluster = useCluster()

  it.each(COMPRESSIONS)('becomes records, one a row (%s)', async compression => {
    const topic = await createTopic(cluster.current)
    const ddl = `CREATE TABLE numbers (n INT, t STRING) ${withOptions(topic, { format: 'json', 'properties.compression.type': compression })};`
    const result = await runToEnd(
      `${ddl} INSERT INTO numbers VALUES (1, 'a'), (2, NULL), (3, 'ü');`,
    )
    expect(result.rowsWritten).toBe(3)
    expect(await contents(topic)).toEqual([
      '+I 0 null {"n":1,"t":"a"}',
      '+I 0 null {"n":2,"t":null}',
      '+I 0 null {"n":3,"t":"ü"}',
    ])
  })

  it("puts rows where their key's hash says, as Kafka's own clients do", async () => {
    const topic = await createTopic(cluster.current, 7)
    const ddl = `CREATE TABLE pages (id STRING, n INT) ${withOptions(topic, {
      'key.format': 'raw',
      'key.fields': 'id',
      'value.format': 'json',
      'value.fields-include': 'EXCEPT_KEY',
    })};`
    await runToEnd(`${ddl} INSERT INTO pages VALUES ('21', 1), ('foobar', 2), ('abc', 3);`)
    const placed = (key: string, n: number) =>
      `+I ${partitionOf(Buffer.from(key), key.length, 7)} ${key} {"n":${n}}`
    expect((await contents(topic)).toSorted()).toEqual(
      [placed('21', 1), placed('foobar', 2), placed('abc', 3)].toSorted(),
    )
  })

  it('writes headers and times', async () => {
    const topic = await createTopic(cluster.current)
    const columns = `n INT, ts TIMESTAMP_LTZ(3) METADATA FROM 'timestamp', headers MAP<STRING, BYTES> METADATA`
    const ddl = `CREATE TABLE events (${columns}) ${withOptions(topic, { format: 'json', ...READ })};`
    await runToEnd(
      `${ddl} INSERT INTO events VALUES (1, TO_TIMESTAMP_LTZ(1700000000123, 3), MAP['h', x'78']);`,
    )
    expect(await changesOf(`${ddl} SELECT n, ts, headers FROM events;`)).toEqual([
      '+I 1 1700000000123 {h=x}',
    ])
  })

  it('of upserts has a record per change, and one without value per deletion', async () => {
    const [input, output] = [
      await createTopic(cluster.current),
      await createTopic(cluster.current, 1, { 'cleanup.policy': 'compact' }),
    ]
    await putRecords(cluster.current, input, 0, [
      { value: '{"op":"+I","data":{"id":1,"n":1}}' },
      { value: '{"op":"+I","data":{"id":2,"n":2}}' },
      { value: '{"op":"-U","data":{"id":1,"n":1}}' },
      { value: '{"op":"+U","data":{"id":1,"n":5}}' },
      { value: '{"op":"-D","data":{"id":2,"n":2}}' },
    ])
    const from = `CREATE TABLE changes (id INT, n INT) ${withOptions(input, { format: 'changelog-json', ...READ })};`
    const upserts = `CREATE TABLE latest (id INT NOT NULL, n INT, PRIMARY KEY (id) NOT ENFORCED) ${withOptions(
      output,
      { connector: 'upsert-kafka', 'key.format': 'json', 'value.format': 'json' },
    )};`
    await runToEnd(
      `${from} ${upserts} INSERT INTO latest SELECT id, SUM(n) FROM changes GROUP BY id;`,
    )
    const bounded = upserts.replace(
      'upsert-kafka',
      "upsert-kafka', 'scan.bounded.mode' = 'latest-offset",
    )
    const changes = await changesOf(`${bounded} SELECT id, n FROM latest;`)
    expect(changes).toEqual(['+I 1 1', '+I 2 2', '-D 1 1', '+I 1 5', '-D 2 2'])
  })

  it('spreads rows without a key over partitions where it is told to', async () => {
    const topic = await createTopic(cluster.current, 3)
    const ddl = `CREATE TABLE n (n INT) ${withOptions(topic, { format: 'json', 'sink.partitioner': 'round-robin' })};`
    await runToEnd(`${ddl} INSERT INTO n VALUES (1), (2), (3), (4), (5), (6);`)
    const counts = Map.groupBy(await contents(topic), row => row.split(' ')[1])
    expect([...counts.values()].map(rows => rows.length)).toEqual([2, 2, 2])
  })

  it('refuses a record that the broker would not take, before it is sent', async () => {
    const topic = await createTopic(cluster.current)
    const ddl = `CREATE TABLE long (t STRING) ${withOptions(topic, { format: 'json', 'properties.max.request.size': '1000' })};`
    await expect(
      runToEnd(`${ddl} INSERT INTO long VALUES (REPEAT('x', 2000));`),
    ).rejects.toMatchObject({
      code: 'MR_KAFKA_RECORD_TOO_LARGE',
      remedy: expect.stringContaining("'properties.max.request.size'"),
    })
    expect(await contents(topic)).toEqual([])
  })

  it('makes batches that the topic takes, and names a record that it does not', async () => {
    const topic = await createTopic(cluster.current, 1, { 'max.message.bytes': '2000' })
    const ddl = `CREATE TABLE notes (id STRING, t STRING) ${withOptions(topic, {
      'value.format': 'json',
      'key.format': 'raw',
      'key.fields': 'id',
    })};`
    const rows = (n: number, length: number) =>
      Array.from({ length: n }, (_, i) => `('k${i}', REPEAT('x', ${length}))`).join(', ')
    await runToEnd(`${ddl} INSERT INTO notes VALUES ${rows(50, 300)};`)
    expect(await contents(topic)).toHaveLength(50)
    const started = runToEnd(`${ddl} INSERT INTO notes VALUES ('seven', REPEAT('x', 2000));`)
    await expect(started).rejects.toMatchObject({ code: 'MR_KAFKA_RECORD_TOO_LARGE' })
    await expect(started).rejects.toThrow(
      /A record of "notes" for topic ".*" has \d+ bytes, more than the 1939 that the topic takes\. It begins: seven/,
    )
    await expect(started).rejects.toMatchObject({
      remedy: expect.stringContaining('max.message.bytes'),
    })
  })

  it('has a record soon, however long the epoch is', async () => {
    const [input, output] = [await createTopic(cluster.current), await createTopic(cluster.current)]
    const from = `CREATE TABLE numbers (n INT) ${withOptions(input, { format: 'json', 'scan.startup.mode': 'earliest-offset' })};`
    const to = `CREATE TABLE copies (n INT) ${withOptions(output, { format: 'json' })};`
    const running = await start(`${from} ${to} INSERT INTO copies SELECT n FROM numbers;`, {
      epochMs: 60_000,
    })
    const place = { topic: output, partition: 0 }
    for (let n = 1; n <= 3; n++) {
      const put = performance.now()
      await putRecords(cluster.current, input, 0, [{ value: `{"n":${n}}` }])
      while ((await offsetOf(cluster.current, place, 'latest', true)) !== n) await sleep(5)
      // The first waits for connections, too.
      if (n > 1) expect(performance.now() - put).toBeLessThan(2_000)
    }
    expect(await running.stop()).toMatchObject({ outcome: 'stopped', rowsWritten: 3 })
  })
})

describeWithOwnBroker('a table that is written slowly', () => {
  const cluster = useCluster()
  const proxy = useProxy()

  it('holds a bounded part of what comes', async () => {
    const [input, output] = [await createTopic(cluster.current), await createTopic(cluster.current)]
    const value = JSON.stringify({ t: 'x'.repeat(900) })
    const records = Array.from({ length: 1_000 }, () => ({ value }))
    for (let i = 0; i < 40; i++) await putRecords(cluster.current, input, 0, records)
    const delay = { kind: 'delay-reply', ms: 30 } as const
    proxy.current.addRule({ api: 'Produce', fault: delay, times: 100_000 })
    let most = 0
    const sinks = kafkaFactories.sinks.map(
      (factory): SinkFactory => ({
        ...factory,
        create: context => {
          const writer = factory.create(context)
          const write = writer.write.bind(writer)
          writer.write = (kind, row) => {
            write(kind, row)
            most = Math.max(most, writer.bufferedBytes)
          }
          return writer
        },
      }),
    )
    const from = `CREATE TABLE notes (t STRING) ${withOptions(input, { format: 'json', ...READ })};`
    const to = `CREATE TABLE copies (t STRING) ${withOptions(output, {
      format: 'json',
      'properties.bootstrap.servers': proxy.current.address,
    })};`
    const result = await runToEnd(`${from} ${to} INSERT INTO copies SELECT t FROM notes;`, {
      epochMs: 60_000,
      sinks,
    })
    expect(result).toMatchObject({ rowsWritten: 40_000 })
    expect(most).toBeGreaterThan(16 << 20)
    expect(most).toBeLessThan(20 << 20)
  })
})
