// From topic to topic exactly once, with Kafka's own client at both ends.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { COMPRESSIONS } from '../../src/records/compression.ts'
import { brokerAddress, createTopic, useCluster } from '../broker/use-broker.ts'
import { runToEnd } from '../source/run-query.ts'
import { hasJavaClient, type JavaRecord, readByJava, writeTransactions } from './java-client.ts'

const COLUMNS = 'producer STRING, `transaction` INT, outcome STRING, `sequence` BIGINT'

/** The records' values without their paddings, sorted. */
function valuesIn(records: readonly JavaRecord[]): string[] {
  return records
    .map(({ value }) => {
      const text = Buffer.from(value as string, 'base64').toString()
      const { producer, transaction, outcome, sequence } = JSON.parse(text)
      return `${producer} ${transaction} ${outcome} ${sequence}`
    })
    .toSorted()
}

describe.skipIf(!hasJavaClient)("a program between producers and consumers of Kafka's own", () => {
  const cluster = useCluster()

  it('copies what was committed, and nothing twice, by every compression', async () => {
    const input = await createTopic(cluster.current, 4)
    const { committed } = await writeTransactions({
      topic: input,
      records: 3_000,
      compressions: COMPRESSIONS,
      abortedPercent: 30,
      largeEvery: 0,
      seed: 1,
    })
    const outputs: string[] = []
    for (const compression of COMPRESSIONS) {
      const output = await createTopic(cluster.current, 3)
      outputs.push(output)
      const stateDir = await mkdtemp(join(tmpdir(), 'millrace-copied-topic-'))
      const settings = { name: `copy-${output}`, stateDir, epochMs: 20 }
      const script = copyScript(input, output, compression)
      await runToEnd(script, settings)
      // A second run begins where the first ended: it finds nothing.
      await runToEnd(script, settings)
      await rm(stateDir, { recursive: true })
    }
    const read = await readByJava([input, ...outputs])
    const valuesOf = (topic: string) => valuesIn(read.filter(record => record.topic === topic))
    const expected = valuesOf(input)
    expect(expected).toHaveLength(committed)
    for (const output of outputs) expect(valuesOf(output)).toEqual(expected)
  })
})

function copyScript(input: string, output: string, compression: string): string {
  const table = (name: string, topic: string, options: string) => `
    CREATE TABLE ${name} (${COLUMNS}) WITH (
      'connector' = 'kafka', 'topic' = '${topic}', 'format' = 'json',
      'properties.bootstrap.servers' = '${brokerAddress}', ${options}
    );`
  const reading = "'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset'"
  const writing = `'sink.delivery-guarantee' = 'exactly-once', 'properties.compression.type' = '${compression}'`
  return `${table('source', input, reading)}
    ${table('copy', output, writing)}
    INSERT INTO copy SELECT * FROM source;`
}
