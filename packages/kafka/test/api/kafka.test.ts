// Tables of Kafka in TypeScript are those of SQL: the same plans, the same options, the same errors.

import { inspect } from 'node:util'
import {
  type AnyTable,
  createConnectors,
  csv,
  type DecodingFormat,
  type EncodingFormat,
  hop,
  json,
  Millrace,
  raw,
  revealedOption,
  secret,
  sum,
  t,
} from 'millrace'
import { describe, expect, it } from 'vitest'
import { kafka, kafkaFactories } from '../../src/index.ts'
import { clusterSettingsOf } from '../../src/options/client-options.ts'

const brokers = ['kafka-1:9092', 'kafka-2:9092']
const cluster = kafka({ brokers, group: { id: 'billing' }, clientId: 'billing-1' })

function typedApp(name = 'twin') {
  const app = new Millrace(name)
  const payments = app.table('payments', {
    source: cluster.topic('payments', {
      format: json({ ignoreParseErrors: true }),
      key: { fields: 'card', format: raw(), isInValue: false },
      metadata: { taken: 'timestamp', place: 'offset' },
      start: { offsets: { 0: 42, 1: 300 } },
      end: 'latest',
      deadLetters: 'payments-dead',
    }),
    schema: {
      card: t.string(),
      amount: t.decimal(10, 2).nullable(),
      paid: t.timestamp(),
      taken: t.timestampLtz(),
      place: t.bigint(),
    },
    watermark: { column: 'paid', delay: '5s' },
  })
  return { app, payments }
}

const DDL = `
  CREATE TABLE payments (
    card STRING NOT NULL, amount DECIMAL(10, 2), paid TIMESTAMP(3) NOT NULL,
    taken TIMESTAMP_LTZ(3) NOT NULL METADATA FROM 'timestamp',
    place BIGINT NOT NULL METADATA FROM 'offset' VIRTUAL,
    WATERMARK FOR paid AS paid - INTERVAL '5' SECOND
  ) WITH (
    'connector' = 'kafka', 'topic' = 'payments',
    'properties.bootstrap.servers' = 'kafka-1:9092,kafka-2:9092',
    'properties.client.id' = 'billing-1', 'properties.group.id' = 'billing',
    'key.format' = 'raw', 'key.fields' = 'card',
    'value.format' = 'json', 'value.json.ignore-parse-errors' = 'true',
    'value.fields-include' = 'EXCEPT_KEY', 'dead-letter.topic' = 'payments-dead',
    'scan.startup.mode' = 'specific-offsets',
    'scan.startup.specific-offsets' = 'partition:0,offset:42;partition:1,offset:300',
    'scan.bounded.mode' = 'latest-offset'
  );
  CREATE TABLE spent (
    card STRING NOT NULL, window_start TIMESTAMP(3) NOT NULL, window_end TIMESTAMP(3) NOT NULL,
    amount DECIMAL(38, 2), PRIMARY KEY (card) NOT ENFORCED
  ) WITH (
    'connector' = 'upsert-kafka', 'topic' = 'spent',
    'properties.bootstrap.servers' = 'kafka-1:9092,kafka-2:9092',
    'properties.client.id' = 'billing-1', 'properties.group.id' = 'billing',
    'key.format' = 'csv', 'value.format' = 'json', 'sink.delivery-guarantee' = 'exactly-once',
    'properties.compression.type' = 'zstd'
  );
  INSERT INTO spent SELECT card, window_start, window_end, SUM(amount) AS amount
  FROM HOP(TABLE payments, DESCRIPTOR(paid), INTERVAL '1' MINUTE, INTERVAL '5' MINUTES)
  GROUP BY card, window_start, window_end;`

/** A program that a script makes. */
async function appOf(script: string, name = 'twin'): Promise<Millrace> {
  const app = new Millrace(name).use(cluster)
  await app.execute(script)
  return app
}

const sqlOf = (explained: { explain: Millrace['explain'] | AnyTable['explain'] }): string =>
  explained.explain({ sql: true }).split('== SQL ==\n')[1] as string

describe('a program over topics, typed', () => {
  const { app, payments } = typedApp()
  payments
    .window(hop('paid', '1m', '5m'))
    .groupBy('card')
    .select({ amount: sum('amount') })
    .into(
      cluster.upsertTopic('spent', {
        key: csv(),
        format: json(),
        guarantee: 'exactly-once',
        compression: 'zstd',
      }),
      { primaryKey: ['card'] },
    )

  it('has the plan of its SQL twin', async () => {
    expect(app.explain()).toBe((await appOf(DDL)).explain())
    expect(app.explain()).toContain('spent: upsert, exactly-once')
  })

  it('prints as SQL with the options of its connections, which reads back to the same plan', async () => {
    const printed = sqlOf(app)
    expect(printed).toContain(`'scan.startup.specific-offsets' = 'partition:0,offset:42;`)
    expect(printed).toContain(`'connector' = 'upsert-kafka'`)
    const read = await appOf(printed)
    expect(read.explain()).toBe(app.explain())
    expect(sqlOf(read)).toBe(printed)
  })

  it('has the options that SQL has', async () => {
    const optionsOf = (one: Millrace) =>
      one.program().sinks.map(({ table }) => Object.fromEntries(table.options))
    expect(optionsOf(app)).toEqual(optionsOf(await appOf(DDL)))
  })

  it('reads several topics, or all that match', () => {
    const { options: several } = cluster.topic(['a', 'b'], { format: raw() })
    const { options: matching } = cluster.topic(/orders-.*/, { format: raw() })
    expect(several).toMatchObject({ topic: 'a;b', format: 'raw' })
    expect(matching).toMatchObject({ 'topic-pattern': 'orders-.*' })
    expect(matching).not.toHaveProperty('topic')
    expect(() => cluster.topic(/orders/i, { format: raw() })).toThrow('/orders/i')
  })

  it('begins and ends where it is told', () => {
    const positions = (start: object) =>
      Object.entries(cluster.topic('a', { format: raw(), ...start }).options)
        .filter(([name]) => /^scan\.(startup|bounded)/.test(name))
        .map(([name, value]) => `${name.slice(5)}=${value}`)
    expect(positions({})).toEqual([])
    expect(positions({ start: 'earliest', end: 'committed' })).toEqual([
      'startup.mode=earliest-offset',
      'bounded.mode=group-offsets',
    ])
    expect(positions({ start: { timestamp: new Date(5) }, end: { timestamp: 9 } })).toEqual([
      'startup.mode=timestamp',
      'startup.timestamp-millis=5',
      'bounded.mode=timestamp',
      'bounded.timestamp-millis=9',
    ])
  })

  it('writes to a declared table without the metadata that is only read', async () => {
    const { app: writer, payments: read } = typedApp()
    expect(read.plan.schema.map(c => c.name)).toContain('place')
    writer
      .values(
        {
          card: t.string(),
          amount: t.decimal(10, 2).nullable(),
          paid: t.timestamp(),
          taken: t.timestampLtz(),
        },
        [],
      )
      .into('payments')
    const [sink] = writer.program().sinks
    expect(sink?.table.schema.map(c => c.name)).toEqual(['card', 'amount', 'paid', 'taken'])
    expect([...(sink?.table.metadata ?? [])]).toEqual([[3, 'timestamp']])
    expect(writer.explain()).toContain('sink payments')
  })

  it('is one table of SQL where it is read and written', async () => {
    const { app: both, payments: read } = typedApp()
    read.select('card', 'amount', 'paid', 'taken').into('payments')
    const printed = sqlOf(both)
    expect(printed.match(/CREATE TABLE/g)).toHaveLength(1)
    expect(printed).toContain("place BIGINT NOT NULL METADATA FROM 'offset' VIRTUAL,")
    expect(printed).toContain("taken TIMESTAMP_LTZ(3) NOT NULL METADATA FROM 'timestamp',")
    const again = await appOf(printed)
    expect(again.explain()).toBe(both.explain())
    expect(sqlOf(again)).toBe(printed)
  })
})

describe('a secured connection', () => {
  const password = secret('do"not\\tell')
  const secured = kafka({
    brokers,
    security: {
      tls: { ca: 'AUTHORITY', key: secret('KEY'), certificate: 'CERTIFICATE' },
      sasl: { mechanism: 'SCRAM-SHA-512', username: 'alice', password },
    },
  })
  const app = new Millrace('secured')
  const table = app.table('orders', {
    source: secured.topic('orders', { format: json() }),
    schema: { id: t.int() },
  })
  const descriptor = () => {
    const { plan } = table
    if (plan.kind !== 'scan') throw new Error('no scan')
    return plan.table
  }

  it('gives the connector its secrets, and nobody else', () => {
    const { sasl, tls } = clusterSettingsOf(descriptor(), 'secured')
    expect(sasl).toEqual({
      mechanism: 'SCRAM-SHA-512',
      username: 'alice',
      password: 'do"not\\tell',
    })
    expect(tls).toEqual({ ca: 'AUTHORITY', key: 'KEY', cert: 'CERTIFICATE' })
    const printed = [
      sqlOf(table),
      table.explain(),
      `${password}`,
      JSON.stringify([password, [...descriptor().options]]),
      inspect(descriptor(), { depth: 9, showHidden: true }),
    ].join('\n')
    expect(printed).toContain('username="alice" password="***"')
    expect(printed).toContain(`'properties.ssl.keystore.key' = '***'`)
    expect(printed).not.toContain('tell')
    expect(printed).not.toContain("'KEY'")
  })

  /** The settings of a table of this connection. */
  const settingsOf = (connection: Parameters<typeof kafka>[0]['security']) => {
    const secured = kafka({ brokers, ...(connection && { security: connection }) })
    const { plan } = new Millrace('one').table('orders', {
      source: secured.topic('orders', { format: json() }),
      schema: { id: t.int() },
    })
    if (plan.kind !== 'scan') throw new Error('no scan')
    return clusterSettingsOf(plan.table, 'one')
  }

  it('asks a function for tokens', async () => {
    const { sasl } = settingsOf({ sasl: { mechanism: 'OAUTHBEARER', token: () => 'fresh' } })
    expect(sasl?.mechanism).toBe('OAUTHBEARER')
    const token = sasl?.token as () => Promise<string>
    expect(await token()).toBe('fresh')
  })

  it('asks an authorization server, to which no secret goes unencrypted', () => {
    const by = (tokenEndpoint: string) =>
      settingsOf({
        tls: true,
        sasl: {
          mechanism: 'OAUTHBEARER',
          tokenEndpoint,
          clientId: 'flow',
          clientSecret: secret('x'),
          scope: 'kafka',
        },
      })
    expect(by('https://tokens.example/token').sasl?.token).toBeInstanceOf(Function)
    expect(by('http://127.0.0.1:8080/token').sasl?.token).toBeInstanceOf(Function)
    expect(() => by('http://tokens.example/token')).toThrow(
      expect.objectContaining({ remedy: expect.stringContaining('an https: URL') }),
    )
    expect(() => by('tokens')).toThrow(expect.objectContaining({ remedy: 'It takes a URL.' }))
    expect(() => settingsOf({ sasl: { mechanism: 'OAUTHBEARER' } as never })).toThrow(
      "'properties.sasl.oauthbearer.token'",
    )
  })

  it('takes no secret as plain text, and no password without TLS unless told so', () => {
    const sasl = { mechanism: 'PLAIN', username: 'alice', password: 'x' } as never
    expect(() => kafka({ brokers, security: { sasl } })).toThrow("option 'sasl.password'")
    expect(() => secret(undefined)).toThrow('A secret is undefined or empty.')
    const plain = { mechanism: 'PLAIN', username: 'alice', password } as const
    expect(() => settingsOf({ sasl: plain })).toThrow(
      expect.objectContaining({
        code: 'MR_OPTION_INVALID',
        remedy: expect.stringContaining('SASL_SSL'),
      }),
    )
    expect(settingsOf({ tls: true, sasl: plain }).sasl).toMatchObject({ mechanism: 'PLAIN' })
    expect(settingsOf({ sasl: { ...plain, withoutTls: true } }).sasl).toMatchObject({
      mechanism: 'PLAIN',
    })
  })
})

describe('a misspelt option', () => {
  const refused = (make: () => unknown, proposed: string) =>
    expect(make).toThrow(
      expect.objectContaining({
        code: 'MR_OPTION_UNKNOWN',
        message: expect.stringContaining(`Did you mean "${proposed}"?`),
      }),
    )

  it('is refused with a proposal', () => {
    refused(() => kafka({ brokrs: brokers } as never), 'brokers')
    refused(() => kafka({ brokers, group: { instanceID: 'a' } } as never), 'instanceId')
    refused(() => kafka({ brokers, security: { sals: {} } } as never), 'sasl')
    refused(() => cluster.topic('a', { format: raw(), strat: 'earliest' } as never), 'start')
    refused(
      () => cluster.topic('a', { format: raw(), key: { field: 'a', format: raw() } } as never),
      'fields',
    )
    refused(() => cluster.upsertTopic('a', { key: raw(), formt: json() } as never), 'format')
  })

  it('is refused in further options, and metadata must be there, before anything is connected', async () => {
    const app = new Millrace('misspelt')
    let tables = 0
    const read = async (options: object) =>
      app
        .table(`t${++tables}`, {
          source: cluster.topic('a', { format: json(), end: 'latest', ...options }),
          schema: { id: t.int() },
        })
        .collect()
    await expect(read({ options: { 'source.rate-limt': '5' } })).rejects.toMatchObject({
      code: 'MR_OPTION_UNKNOWN',
      remedy: "Did you mean 'source.rate-limit'?",
    })
    await expect(read({ metadata: { idd: 'offset' } })).rejects.toThrow('Did you mean "id"?')
    await expect(read({ metadata: { id: 'ofset' } })).rejects.toMatchObject({
      remedy: expect.stringContaining("Did you mean 'offset'?"),
    })
    await expect(read({ start: 'earlest' })).rejects.toThrow("'scan.startup.mode'")
  })
})

it('brings formats of other packages along, and their secrets', async () => {
  const connectors = createConnectors()
  const own = {
    ...connectors.decoders.get('json'),
    ...connectors.encoders.get('json'),
    format: 'own-json',
    options: [{ name: 'password', type: 'string', description: 'Of a registry.' }],
  } as DecodingFormat & EncodingFormat
  const format = { format: 'own-json', options: { password: secret('hidden') }, formats: [own] }
  const app = new Millrace('formats')
  const table = app.table('orders', {
    source: cluster.topic('orders', { format, key: { fields: 'id', format } }),
    schema: { id: t.int() },
  })
  const sql = sqlOf(table)
  expect(sql).toContain("'value.own-json.password' = '***'")
  expect(sql).toContain("'key.own-json.password' = '***'")
  if (table.plan.kind !== 'scan') throw new Error('no scan')
  expect(revealedOption(table.plan.table, 'value.own-json.password')).toBe('hidden')
  await app.execute(sql.slice(0, sql.indexOf('SELECT')).replace('orders', 'more'))
  expect(app.sql`SELECT id FROM more`.explain()).toContain('source more (kafka)')
})

it('is known to SQL once a program has a table of it', async () => {
  const { app } = typedApp()
  await app.execute(`CREATE TABLE more (id INT) WITH ('connector' = 'kafka', 'topic' = 'more',
    'properties.bootstrap.servers' = 'kafka-1:9092', 'format' = 'json')`)
  expect(app.sql`SELECT id FROM more`.explain()).toContain('source more (kafka)')
  expect(cluster.factories).toEqual([...kafkaFactories.sources, ...kafkaFactories.sinks])
})
