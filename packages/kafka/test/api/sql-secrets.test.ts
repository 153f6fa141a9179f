// Passwords in the options of SQL: printed nowhere, and told to the broker all the same.

import {
  createConnectors,
  embeddedRunner,
  isSensitive,
  loadScript,
  type TableDescriptor,
} from 'millrace'
import { describe, expect, it } from 'vitest'
import { kafkaFactories } from '../../src/index.ts'
import { clusterSettingsOf } from '../../src/options/client-options.ts'

const PASSWORD = 'hunter2'
const JAAS = `org.apache.kafka.common.security.scram.ScramLoginModule required username="me" password="${PASSWORD}";`
const TABLE = `CREATE TABLE orders (n INT) WITH ('connector' = 'kafka', 'topic' = 'orders', 'properties.bootstrap.servers' = 'localhost:9092',
  'properties.security.protocol' = 'SASL_SSL', 'properties.sasl.mechanism' = 'SCRAM-SHA-256', 'properties.sasl.jaas.config' = '${JAAS}', 'format' = 'csv');`

function load(script: string) {
  const connectors = createConnectors()
  for (const source of kafkaFactories.sources) connectors.addSource(source)
  for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
  return loadScript(`${TABLE}\n${script}`, { name: 'secrets', connectors })
}

/** The table as the connector gets it. */
function tableIn(script: string): TableDescriptor {
  const [sink] = load(script).program.sinks
  if (sink?.kind !== 'sink') throw new Error('the script writes nothing')
  return sink.table
}

describe('a password in WITH', () => {
  it('reaches the broker, and is in nothing that is printed of the plan', () => {
    const table = tableIn('INSERT INTO orders VALUES (1);')
    expect(clusterSettingsOf(table, 'secrets').sasl).toMatchObject({ password: PASSWORD })
    expect(table.options.get('properties.sasl.jaas.config')).toBe('***')
    const { program } = load('INSERT INTO orders VALUES (1);')
    const text = embeddedRunner.explain(program, { sql: true, code: true })
    expect(text).toContain("'properties.sasl.jaas.config' = '***'")
    expect(text).not.toContain(PASSWORD)
  })

  it('is not in SHOW CREATE TABLE', () => {
    const [shown] = load('SHOW CREATE TABLE orders;').results
    const text = String(shown?.rows[0]?.[0])
    expect(text).toContain(`'properties.sasl.jaas.config' = '***'`)
    expect(text).toContain(`'properties.sasl.mechanism' = 'SCRAM-SHA-256'`)
  })

  it('is not in SHOW CREATE VIEW of a view with a hint', () => {
    const [shown] = load(
      `CREATE VIEW v AS SELECT n FROM orders /*+ OPTIONS('properties.sasl.jaas.config' = '${JAAS}') */;
       SHOW CREATE VIEW v;`,
    ).results
    const text = String(shown?.rows[0]?.[0])
    expect(text).toContain(`'properties.sasl.jaas.config' = '***'`)
    expect(text).not.toContain(PASSWORD)
  })

  it('may be given by a hint, and by LIKE', () => {
    const other = JAAS.replace(PASSWORD, 'other')
    const hinted = tableIn(
      `INSERT INTO orders /*+ OPTIONS('properties.sasl.jaas.config' = '${other}') */ VALUES (1);`,
    )
    expect(clusterSettingsOf(hinted, 'secrets').sasl).toMatchObject({ password: 'other' })
    const like = tableIn(
      "CREATE TABLE copies WITH ('topic' = 'copies') LIKE orders; INSERT INTO copies VALUES (1);",
    )
    expect(clusterSettingsOf(like, 'secrets').sasl).toMatchObject({ password: PASSWORD })
  })

  it('is not in the line that an error shows', () => {
    const wrong = TABLE.replace("'format'", "'formt'").replaceAll('\n', ' ')
    let message = ''
    try {
      load(`${wrong.replace('orders', 'others')} INSERT INTO others VALUES (1);`)
    } catch (error) {
      message = (error as Error).message
    }
    expect(message).toContain('formt')
    expect(message).not.toContain(PASSWORD)
  })
})

it('is marked in the schema of each option whose name says it, and of no other', () => {
  const all = [...kafkaFactories.sources, ...kafkaFactories.sinks].flatMap(f => f.options)
  expect(all.filter(o => o.secret).length).toBeGreaterThan(0)
  for (const { name, secret = false } of all)
    expect([name, secret]).toEqual([name, isSensitive(name)])
})
