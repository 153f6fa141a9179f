// The programs of docs/kafka.md: they are planned as they stand, and the first one runs, exactly once, over a real broker.

import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createConnectors, loadScript } from 'millrace'
import { describe, expect, it } from 'vitest'
import { kafkaFactories } from '../src/index.ts'
import { putRecords } from './broker/put-records.ts'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from './broker/use-broker.ts'
import { changesOf, runToEnd } from './source/run-query.ts'

const page = await readFile(new URL('../../../docs/kafka.md', import.meta.url), 'utf8')
const programs = [...page.matchAll(/^```sql\n([\s\S]*?)^```/gm)].map(match => match[1] as string)

describe('the programs of the page', () => {
  it.each(programs.map((text, i) => [i + 1, text] as const))('%i is planned', (_, text) => {
    const connectors = createConnectors()
    for (const source of kafkaFactories.sources) connectors.addSource(source)
    for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
    const { program, query } = loadScript(text, { name: 'page', connectors })
    expect(program.sinks.length + (query ? 1 : 0)).toBe(1)
  })
})

describeWithBroker('the first program', () => {
  const cluster = useCluster()

  it('counts and sums payments by card, window by window', async () => {
    const [payments, spent] = [
      await createTopic(cluster.current),
      await createTopic(cluster.current),
    ]
    const at = (minute: number) => `2026-01-01 00:0${minute}:30`
    await putRecords(
      cluster.current,
      payments,
      0,
      [1, 2, 9].map(minute => ({
        value: JSON.stringify({ card: 'c1', amount: minute * 1.5, paid: at(minute) }),
      })),
    )
    const script = (programs[0] as string)
      .replaceAll('127.0.0.1:9092', brokerAddress)
      .replaceAll(
        "'topic' = 'payments'",
        `'topic' = '${payments}', 'scan.bounded.mode' = 'latest-offset'`,
      )
      .replaceAll("'topic' = 'spent'", `'topic' = '${spent}'`)
    const stateDir = await mkdtemp(join(tmpdir(), 'millrace-kafka-docs-'))
    const result = await runToEnd(script, { name: spent, stateDir })
    expect(result).toMatchObject({ outcome: 'finished', recordsRead: 3, rowsWritten: 11 })
    const read = `CREATE TABLE spent (v STRING, k BYTES METADATA FROM 'key' VIRTUAL) WITH ('connector' = 'kafka', 'topic' = '${spent}',
      'properties.bootstrap.servers' = '${brokerAddress}', 'format' = 'raw', 'scan.startup.mode' = 'earliest-offset');`
    const changes = await changesOf(`${read} SELECT k, v FROM spent;`, { most: 11 })
    expect(changes[0]).toBe(
      '+I c1 {"card":"c1","window_end":"2026-01-01 00:02:00","payments":1,"amount":1.50}',
    )
    expect(changes).toHaveLength(11)
  })
})
