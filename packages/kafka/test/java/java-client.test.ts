// Beside Kafka's own client: what it writes in transactions is read as it reads it, and it reads what we write.

import { describe, expect, it } from 'vitest'
import { COMPRESSIONS } from '../../src/records/compression.ts'
import { putRecords, type TestRecord } from '../broker/put-records.ts'
import { brokerAddress, createTopic, useCluster } from '../broker/use-broker.ts'
import { changesOf } from '../source/run-query.ts'
import {
  hasJavaClient,
  type InputValue,
  type JavaRecord,
  readByJava,
  writeTransactions,
} from './java-client.ts'

const decode = (base64: string | null): string | null =>
  base64 === null ? null : Buffer.from(base64, 'base64').toString()

const valueOf = ({ value }: JavaRecord): InputValue => JSON.parse(decode(value)!) as InputValue

describe.skipIf(!hasJavaClient)("beside Kafka's own client", () => {
  const cluster = useCluster()

  /** The records of a topic as our source gives them, each as one line. */
  const readByUs = async (
    topic: string,
    isolation: string,
    fetchBytes: number,
  ): Promise<string[]> => {
    const script = `
      CREATE TABLE input (
        producer STRING, \`transaction\` INT, outcome STRING, \`sequence\` BIGINT, padding STRING,
        p INT METADATA FROM 'partition' VIRTUAL, place BIGINT METADATA FROM 'offset' VIRTUAL
      ) WITH (
        'connector' = 'kafka', 'topic' = '${topic}', 'format' = 'json',
        'properties.bootstrap.servers' = '${brokerAddress}',
        'properties.isolation.level' = '${isolation}',
        'properties.fetch.max.bytes' = '${fetchBytes}',
        'properties.max.partition.fetch.bytes' = '${fetchBytes}',
        'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset'
      );
      SELECT p, place, producer, \`transaction\`, outcome, \`sequence\`, CHAR_LENGTH(padding) FROM input;`
    return await changesOf(script)
  }
  const lineOf = (record: JavaRecord): string => {
    const { producer, transaction, outcome, sequence, padding } = valueOf(record)
    const place = `${record.partition} ${record.offset}`
    return `+I ${place} ${producer} ${transaction} ${outcome} ${sequence} ${padding.length}`
  }

  it('reads no aborted record and misses none: five producers interleaved, every compression, 30 % aborted, transactions above 5 MiB', async () => {
    const topic = await createTopic(cluster.current, 4)
    const written = await writeTransactions({
      topic,
      records: 12_000,
      compressions: COMPRESSIONS,
      abortedPercent: 30,
      largeEvery: 12,
      seed: 5,
    })
    expect(written.abortedTransactions).toBeGreaterThan(20)
    expect(written.committedTransactions).toBeGreaterThan(50)
    expect(written.largeTransactions).toBeGreaterThan(5)
    expect(written.aborted).toBeGreaterThan(written.committed * 0.2)

    const expected = await readByJava([topic])
    expect(expected).toHaveLength(written.committed)
    expect(gapsIn(expected)).toEqual([])
    const lines = expected.map(lineOf).toSorted()
    // Answers of one batch at a time, so that transactions and their markers spread over many; of the usual size.
    for (const fetchBytes of [1, 100_000, 8_388_608]) {
      const read = await readByUs(topic, 'read_committed', fetchBytes)
      expect(read.toSorted()).toEqual(lines)
    }
    // The aborted records are there to be read.
    const all = await readByUs(topic, 'read_uncommitted', 8_388_608)
    expect(all).toHaveLength(written.committed + written.aborted)
  })

  it('writes what it reads: keys, values, headers, times, NULLs, by every compression', async () => {
    const batches: TestRecord[][] = [
      [
        { key: 'a', value: 'one', timestamp: 1_700_000_000_000, headers: [['h', 'x']] },
        {
          key: null,
          value: 'two',
          timestamp: 1_699_999_999_000,
          headers: [
            ['h', null],
            ['h', 'ÿ'],
          ],
        },
        { key: '', value: '', timestamp: 1_700_000_100_000 },
        { key: 'tombstone', value: null, timestamp: 1_700_000_000_001 },
      ],
      Array.from({ length: 500 }, (_, index) => ({
        key: `key ${index}`,
        value: `${'long value '.repeat(index % 50)}${index}`,
        timestamp: 1_700_000_000_000 + index,
      })),
      [{ key: 'large', value: 'x'.repeat(900_000), timestamp: 0 }],
    ]
    const topics: string[] = []
    for (const compression of COMPRESSIONS) {
      const topic = await createTopic(cluster.current, 2)
      topics.push(topic)
      for (const [index, records] of batches.entries())
        await putRecords(cluster.current, topic, index % 2, records, compression)
    }
    const read = await readByJava(topics)
    const recordsIn = (topic: string, partition: number): TestRecord[] =>
      read
        .filter(record => record.topic === topic && record.partition === partition)
        .map(({ key, value, timestamp, headers }) => ({
          key: decode(key),
          value: decode(value),
          timestamp,
          headers: headers.map(([name, header]) => [decode(name) as string, decode(header)]),
        }))
    const [first, second, third] = batches.map(records =>
      records.map(record => ({ headers: [], ...record })),
    )
    for (const topic of topics) {
      expect(recordsIn(topic, 0)).toEqual([...first!, ...third!])
      expect(recordsIn(topic, 1)).toEqual(second)
    }
  })
})

/** Where a producer's sequence in a partition does not go on by one, and records of aborted transactions. */
function gapsIn(records: readonly JavaRecord[]): string[] {
  const next = new Map<string, number>()
  const found: string[] = []
  for (const record of records) {
    const { producer, outcome, partition, sequence } = valueOf(record)
    const place = `${producer} in ${partition}`
    if (outcome !== 'committed') found.push(`${place}: ${outcome} ${sequence}`)
    else if (sequence !== (next.get(place) ?? 0)) found.push(`${place}: ${sequence}`)
    next.set(place, sequence + 1)
  }
  return found
}
