// Topics read and written by programs in TypeScript, over a real broker: the package's function is all that they import.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json, Millrace, raw, sum, t } from 'millrace'
import { expect, it } from 'vitest'
import { kafka } from '../../src/index.ts'
import { putRecords } from '../broker/put-records.ts'
import { brokerAddress, createTopic, describeWithBroker, useCluster } from '../broker/use-broker.ts'

describeWithBroker('a program in TypeScript', () => {
  const cluster = useCluster()
  const brokers = kafka({ brokers: brokerAddress })

  it('reads a topic with keys, times and headers, and writes another exactly once', async () => {
    const [input, output] = [
      await createTopic(cluster.current, 2),
      await createTopic(cluster.current),
    ]
    const records = [
      {
        key: 'a',
        value: '{"n":1}',
        timestamp: 1_700_000_000_000,
        headers: [['id', 'x1']] as const,
      },
      { key: 'b', value: '{"n":2}', timestamp: 1_700_000_000_500, headers: [] },
    ]
    await putRecords(cluster.current, input, 1, records)
    const stateDir = await mkdtemp(join(tmpdir(), 'millrace-typed-topics-'))
    const run = async () => {
      const app = new Millrace(`copy-${input}`, { stateDir })
      app
        .table('numbers', {
          source: brokers.topic(input, {
            format: json(),
            key: { fields: 'k', format: raw(), isInValue: false },
            metadata: { at: 'timestamp', headers: 'headers', partition: 'partition' },
            start: 'earliest',
            end: 'latest',
          }),
          schema: {
            k: t.string(),
            n: t.int(),
            at: t.timestampLtz(),
            headers: t.map(t.string(), t.bytes()),
            partition: t.int(),
          },
        })
        .into(
          brokers.topic(output, {
            format: json(),
            key: { fields: 'k', format: raw() },
            metadata: { at: 'timestamp', headers: 'headers' },
            guarantee: 'exactly-once',
          }),
        )
      return app.run()
    }
    expect(await run()).toMatchObject({ recordsRead: 2, rowsWritten: 2 })
    expect(await run()).toMatchObject({ recordsRead: 0 })
    await rm(stateDir, { recursive: true })

    const written = new Millrace('reader').table('written', {
      source: brokers.topic(output, {
        format: raw(),
        metadata: { key: 'key', at: 'timestamp', headers: 'headers' },
        start: 'earliest',
        end: 'latest',
      }),
      schema: {
        value: t.string(),
        key: t.bytes(),
        at: t.timestampLtz(),
        headers: t.map(t.string(), t.bytes()),
      },
    })
    const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()
    const seen = (await written.collect()).map(({ value, key, at, headers }) => ({
      value,
      key: text(key),
      at,
      headers: [...headers].map(([name, bytes]) => [name, text(bytes)]),
    }))
    expect(seen).toEqual([
      {
        value: '{"k":"a","n":1,"partition":1}',
        key: 'a',
        at: 1_700_000_000_000,
        headers: [['id', 'x1']],
      },
      { value: '{"k":"b","n":2,"partition":1}', key: 'b', at: 1_700_000_000_500, headers: [] },
    ])
  })

  it('keeps rows current by key in an upsert topic, and reads them back', async () => {
    const [input, output] = [await createTopic(cluster.current), await createTopic(cluster.current)]
    const values = [
      ['x', 1],
      ['y', 5],
      ['x', 2],
    ].map(([k, n]) => ({ value: JSON.stringify({ k, n }) }))
    await putRecords(cluster.current, input, 0, values)
    const app = new Millrace(`sums-${input}`)
    app
      .table('numbers', {
        source: brokers.topic(input, { format: json(), start: 'earliest', end: 'latest' }),
        schema: { k: t.string(), n: t.int() },
      })
      .groupBy('k')
      .select({ total: sum('n') })
      .into(brokers.upsertTopic(output, { key: json(), format: json(), isKeyInValue: false }), {
        primaryKey: ['k'],
      })
    await app.run()
    const sums = new Millrace('reader').table('sums', {
      source: brokers.upsertTopic(output, {
        key: json(),
        format: json(),
        isKeyInValue: false,
        end: 'latest',
      }),
      schema: { k: t.string(), total: t.int() },
      primaryKey: ['k'],
    })
    const rows = await sums.collect({ mode: 'batch' })
    expect(rows.toSorted((a, b) => (a.k < b.k ? -1 : 1))).toEqual([
      { k: 'x', total: 3 },
      { k: 'y', total: 5 },
    ])
  })
})
