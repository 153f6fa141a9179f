// What Confluent's own serializers write is read, and they read what is written here: over a real broker and a real registry.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pythonProblem, runPython } from '@millrace/testing'
import { describe, expect, it } from 'vitest'
import { createTopic, useCluster } from '../../../kafka/test/broker/use-broker.ts'
import { putValues } from '../registry/put-values.ts'
import { changesOf, runToEnd, topicTable } from '../registry/run-script.ts'
import { describeWithBoth, registryUrl } from '../registry/use-registry.ts'

const REQUIREMENTS = ['confluent-kafka[avro,json,protobuf,schemaregistry]==2.11.1']
const MINUTES = 360_000

const problem = await pythonProblem(REQUIREMENTS)
if (problem) console.warn(`SKIPPED, tests against Confluent's serializers: ${problem}`)
const describeWithPeer = problem === undefined ? describeWithBoth : describe.skip

interface PeerRequest {
  readonly op: 'write' | 'read'
  readonly format: 'avro' | 'json' | 'protobuf'
  readonly topic: string
  readonly schema?: string
  /** Descriptors of Protocol Buffers in JSON, and the name of the message. */
  readonly files?: readonly object[]
  readonly message?: string
  readonly values: readonly unknown[]
}

/** What the serializers answer to a request. */
async function askPeer(request: PeerRequest): Promise<unknown[]> {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-confluent-'))
  try {
    const file = join(folder, 'requests.json')
    await writeFile(file, JSON.stringify([request]))
    const program = fileURLToPath(new URL('./confluent_peer.py', import.meta.url))
    const output = await runPython(program, [registryUrl, file], REQUIREMENTS)
    const last = output.trim().split('\n').at(-1) as string
    const [answers] = JSON.parse(last) as [unknown[]]
    return answers
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const bytesOf = (hex: readonly unknown[]) => hex.map(h => Buffer.from(h as string, 'hex'))

/** The values of a topic as they are, in hex. */
async function hexOf(topic: string): Promise<string[]> {
  const table = topicTable({
    name: 'stored',
    columns: 'v BYTES',
    topic,
    options: `'format' = 'raw'`,
  })
  const changes = await changesOf(`${table} SELECT v FROM stored;`)
  return changes.map(c => c.replace(/^\+I x'(.*)'$/, '$1'))
}

const field = (name: string, number: number, type: string, more: object = {}) => ({
  ...{ name, number, type: `TYPE_${type}`, label: 'LABEL_OPTIONAL' },
  ...more,
})

describeWithPeer("Confluent's serializers", () => {
  const cluster = useCluster()
  const AVRO = `'format' = 'avro-confluent', 'avro-confluent.url' = '${registryUrl}'`
  const PROTOBUF = `'format' = 'protobuf-confluent', 'protobuf-confluent.url' = '${registryUrl}'`
  const JSON_SCHEMA = `'format' = 'json-schema-confluent', 'json-schema-confluent.url' = '${registryUrl}'`

  it(
    'write Avro of all types, which is read',
    async () => {
      const topic = await createTopic(cluster.current)
      const schema = JSON.stringify({
        type: 'record',
        name: 'Payment',
        namespace: 'shop',
        fields: [
          { name: 'id', type: 'long' },
          { name: 'note', type: ['null', 'string'] },
          {
            name: 'amount',
            type: { type: 'bytes', logicalType: 'decimal', precision: 20, scale: 2 },
          },
          { name: 'paid', type: { type: 'long', logicalType: 'timestamp-millis' } },
          { name: 'status', type: { type: 'enum', name: 'Status', symbols: ['NEW', 'PAID'] } },
          { name: 'tags', type: { type: 'array', items: 'string' } },
          { name: 'sizes', type: { type: 'map', values: 'double' } },
          { name: 'bin', type: 'bytes' },
          {
            name: 'card',
            type: [
              'null',
              { type: 'record', name: 'Card', fields: [{ name: 'last4', type: 'int' }] },
            ],
          },
        ],
      })
      const base = { status: 'NEW', tags: [], sizes: {}, bin: { $bytes: '' }, card: null }
      const written = await askPeer({
        ...{ op: 'write', format: 'avro', topic, schema },
        values: [
          {
            ...{ id: 9007199254740, note: 'grün', amount: { $decimal: '-123456789012345678.90' } },
            ...{ paid: { $ms: 1_700_000_000_123 }, status: 'PAID', tags: ['a', ''] },
            ...{ sizes: { k: 0.5 }, bin: { $bytes: '00ff' }, card: { last4: 42 } },
          },
          { ...base, id: -1, note: null, amount: { $decimal: '0.01' }, paid: { $ms: -1 } },
        ],
      })
      await putValues(cluster.current, topic, bytesOf(written))
      const columns = `id BIGINT, note STRING, amount DECIMAL(20, 2), paid TIMESTAMP_LTZ(3), status STRING, tags ARRAY<STRING>,
        sizes MAP<STRING, DOUBLE>, bin BYTES, card ROW<last4 INT>`
      const table = topicTable({ name: 't', columns, topic, options: AVRO })
      expect(await changesOf(`${table} SELECT * FROM t;`)).toEqual([
        "+I 9007199254740 | grün | -12345678901234567890 | 1700000000123 | PAID | [a, ] | {k=0.5} | x'00ff' | [42]",
        "+I -1 | null | 1 | -1 | NEW | [] | {} | x'' | null",
      ])
    },
    MINUTES,
  )

  it('read Avro that is written here', async () => {
    const topic = await createTopic(cluster.current)
    const columns =
      'a INT NOT NULL, n BIGINT, p DECIMAL(20, 3), s STRING, y BYTES, tz TIMESTAMP_LTZ(3), r ROW<x INT>, l ARRAY<STRING>, m MAP<STRING, BIGINT>'
    const options = `${AVRO}, 'avro-confluent.timestamp_mapping.legacy' = 'false'`
    const table = topicTable({ name: 't', columns, topic, options })
    await runToEnd(`${table} INSERT INTO t VALUES
      (1, 9007199254740993, CAST('12345678901234567.891' AS DECIMAL(20, 3)), 'grün', x'00ff', TO_TIMESTAMP_LTZ(1700000000123, 3), ROW(7), ARRAY['a'], MAP['k', 5]),
      (-2, CAST(NULL AS BIGINT), CAST(NULL AS DECIMAL(20, 3)), CAST(NULL AS STRING), CAST(NULL AS BYTES), CAST(NULL AS TIMESTAMP_LTZ(3)), CAST(NULL AS ROW<x INT>),
        CAST(NULL AS ARRAY<STRING>), CAST(NULL AS MAP<STRING, BIGINT>));`)
    const none = { n: null, p: null, s: null, y: null, tz: null, r: null, l: null, m: null }
    // JSON rounds what is beyond 2^53.
    expect(
      await askPeer({ op: 'read', format: 'avro', topic, values: await hexOf(topic) }),
    ).toEqual([
      {
        ...{ a: 1, n: 9007199254740992, p: { $decimal: '12345678901234567.891' }, s: 'grün' },
        ...{ y: { $bytes: '00ff' }, tz: { $ms: 1_700_000_000_123 }, r: { x: 7 }, l: ['a'] },
        m: { k: 5 },
      },
      { ...none, a: -2 },
    ])
  })

  it('write messages of Protocol Buffers, nested ones too, which are read', async () => {
    const topic = await createTopic(cluster.current)
    const files = [
      {
        ...{ name: 'shop.proto', package: 'shop', syntax: 'proto3' },
        messageType: [
          { name: 'Unused', field: [field('a', 1, 'INT32')] },
          {
            name: 'Shop',
            nestedType: [
              { name: 'Nothing' },
              {
                name: 'Order',
                field: [
                  field('id', 1, 'STRING'),
                  field('cents', 2, 'SINT64'),
                  field('codes', 3, 'FIXED32', { label: 'LABEL_REPEATED' }),
                  field('status', 4, 'ENUM', { typeName: '.shop.Status' }),
                  field('data', 5, 'BYTES'),
                ],
              },
            ],
          },
        ],
        enumType: [{ name: 'Status', value: [{ name: 'NEW' }, { name: 'PAID', number: 1 }] }],
      },
    ]
    const written = await askPeer({
      ...{ op: 'write', format: 'protobuf', topic, files, message: 'shop.Shop.Order' },
      values: [
        { id: 'o1', cents: '-250', codes: [1, 4294967295], status: 'PAID', data: 'AP8=' },
        { id: 'o2' },
      ],
    })
    await putValues(cluster.current, topic, bytesOf(written))
    const columns = 'id STRING, cents BIGINT, codes ARRAY<BIGINT>, status STRING, data BYTES'
    const table = topicTable({ name: 't', columns, topic, options: PROTOBUF })
    expect(await changesOf(`${table} SELECT * FROM t;`)).toEqual([
      "+I o1 | -250 | [1, 4294967295] | PAID | x'00ff'",
      "+I o2 | 0 | [] | NEW | x''",
    ])
  })

  it('read messages that are written here', async () => {
    const topic = await createTopic(cluster.current)
    const columns = 'a INT NOT NULL, n BIGINT, s STRING, y BYTES, l ARRAY<INT>, d DOUBLE'
    const table = topicTable({ name: 't', columns, topic, options: PROTOBUF })
    await runToEnd(`${table} INSERT INTO t VALUES (-1, 9007199254740993, 'grün', x'00ff', ARRAY[1, -2], 2.25E0),
      (0, CAST(NULL AS BIGINT), '', CAST(NULL AS BYTES), CAST(NULL AS ARRAY<INT>), CAST(NULL AS DOUBLE));`)
    const optional = { proto3Optional: true }
    const files = [
      {
        ...{ name: 'row.proto', syntax: 'proto3' },
        messageType: [
          {
            name: 'Row',
            field: [
              field('a', 1, 'INT32'),
              field('n', 2, 'INT64', { ...optional, oneofIndex: 0 }),
              field('s', 3, 'STRING', { ...optional, oneofIndex: 1 }),
              field('y', 4, 'BYTES', { ...optional, oneofIndex: 2 }),
              field('l', 5, 'INT32', { label: 'LABEL_REPEATED' }),
              field('d', 6, 'DOUBLE', { ...optional, oneofIndex: 3 }),
            ],
            oneofDecl: ['_n', '_s', '_y', '_d'].map(name => ({ name })),
          },
        ],
      },
    ]
    const values = await hexOf(topic)
    expect(
      await askPeer({ op: 'read', format: 'protobuf', topic, files, message: 'Row', values }),
    ).toEqual([
      { a: -1, n: '9007199254740993', s: 'grün', y: 'AP8=', l: [1, -2], d: 2.25 },
      { s: '' },
    ])
  })

  it('write JSON with a schema, which is read, and read what is written here', async () => {
    const schema = JSON.stringify({
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Order',
      type: 'object',
      properties: { id: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } },
      required: ['id'],
    })
    const topic = await createTopic(cluster.current)
    const written = await askPeer({
      ...{ op: 'write', format: 'json', topic, schema },
      values: [{ id: 7, tags: ['grün'] }, { id: -1 }],
    })
    await putValues(cluster.current, topic, bytesOf(written))
    const columns = 'id BIGINT, tags ARRAY<STRING>'
    const options = `${JSON_SCHEMA}, 'json-schema-confluent.validate' = 'true'`
    const table = topicTable({ name: 't', columns, topic, options })
    expect(await changesOf(`${table} SELECT * FROM t;`)).toEqual(['+I 7 | [grün]', '+I -1 | null'])

    const out = await createTopic(cluster.current)
    const target = topicTable({ name: 'o', columns, topic: out, options: JSON_SCHEMA })
    await runToEnd(`${target} INSERT INTO o VALUES (7, ARRAY['grün']), (-1, ARRAY['']);`)
    expect(
      await askPeer({ op: 'read', format: 'json', topic: out, values: await hexOf(out) }),
    ).toEqual([
      { id: 7, tags: ['grün'] },
      { id: -1, tags: [''] },
    ])
  })
})
