// Which rights a program's tables ask for, and the commands that give them.

import { createConnectors, loadScript } from 'millrace'
import { describe, expect, it } from 'vitest'
import { aclCommands, kafkaFactories, requiredAcls } from '../../src/index.ts'

const table = (name: string, options: string) =>
  `CREATE TABLE ${name} (v STRING) WITH ('format' = 'raw', ${options});`
const at = (brokers: string) =>
  `'connector' = 'kafka', 'properties.bootstrap.servers' = '${brokers}'`

/** The lines of the rights of a script, cluster by cluster. */
function rightsOf(script: string) {
  const connectors = createConnectors()
  for (const source of kafkaFactories.sources) connectors.addSource(source)
  for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
  const { program } = loadScript(script, { name: 'copy', connectors })
  return requiredAcls(program)
}

const short = (script: string) =>
  rightsOf(script).map(({ acls }) =>
    acls.map(a => `${a.resource} ${a.name}${a.pattern === 'Prefixed' ? '…' : ''} ${a.operation}`),
  )

describe('the rights of a program', () => {
  it('are to read topics and the group, and to write topics', () => {
    const script = `
      ${table('a', `${at('h:1')}, 'topic' = 'one;two'`)}
      ${table('b', `${at('h:1')}, 'topic' = 'three'`)}
      INSERT INTO b SELECT v FROM a;`
    expect(short(script)).toEqual([
      [
        'Topic one Read',
        'Topic two Read',
        'Topic three Write',
        'Topic three DescribeConfigs',
        'Group copy Read',
      ],
    ])
  })

  it('with exactly-once, are over the transactional id, and of the first such sink over the topic with the tokens', () => {
    const once = `'sink.delivery-guarantee' = 'exactly-once', 'properties.group.id' = 'g'`
    const script = `
      ${table('a', `${at('h:1')}, 'topic-pattern' = 'in-.*'`)}
      ${table('b', `${at('h:1')}, 'topic' = 'x', ${once}`)}
      ${table('c', `${at('h:1')}, 'topic' = 'y', ${once}`)}
      INSERT INTO b SELECT v FROM a; INSERT INTO c SELECT v FROM a;`
    expect(short(script)).toEqual([
      [
        'Topic in-… Read',
        'Topic x Write',
        'Topic x DescribeConfigs',
        'Topic x Read',
        'Topic y Write',
        'Topic y DescribeConfigs',
        'Group copy Read',
        'Group g Read',
        'TransactionalId copy-0 Write',
      ],
    ])
  })

  it('are told cluster by cluster; tables that nothing reads or writes need none', () => {
    const script = `
      ${table('a', `${at('h:1,h:2')}, 'topic' = 'one'`)}
      ${table('b', `${at('k:1')}, 'topic' = 'two'`)}
      ${table('unused', `${at('k:1')}, 'topic' = 'three'`)}
      INSERT INTO b SELECT v FROM a;`
    expect(short(script)).toEqual([
      ['Topic one Read', 'Group copy Read'],
      ['Topic two Write', 'Topic two DescribeConfigs'],
    ])
  })

  it('are to make and write the topics of dead letters', () => {
    const script = `
      SET 'dead-letter.topic' = 'all-dead';
      ${table('a', `${at('h:1')}, 'topic' = 'one', 'dead-letter.topic' = 'one-dead'`)}
      CREATE TABLE b (v STRING) WITH ('connector' = 'blackhole');
      INSERT INTO b SELECT v FROM a;`
    const rights = ['Create', 'Write', 'DescribeConfigs']
    expect(short(script)).toEqual([
      [
        'Topic one Read',
        ...rights.map(r => `Topic one-dead ${r}`),
        ...rights.map(r => `Topic all-dead ${r}`),
        'Group copy Read',
      ],
    ])
  })

  it('belong to the user that all tables name', () => {
    const as = (name: string) =>
      `'properties.security.protocol' = 'SASL_SSL', 'properties.sasl.mechanism' = 'PLAIN',
       'properties.sasl.jaas.config' = 'x required username="${name}" password="p";'`
    const userOf = (one: string, other: string) =>
      rightsOf(`
        ${table('a', `${at('h:1')}, 'topic' = 'one', ${one}`)}
        ${table('b', `${at('h:1')}, 'topic' = 'two', ${other}`)}
        INSERT INTO b SELECT v FROM a;`)[0]?.user
    expect(userOf(as('alice'), as('alice'))).toBe('alice')
    expect(userOf(as('alice'), as('bob'))).toBeUndefined()
    expect(userOf(as('alice'), `'properties.client.id' = 'x'`)).toBeUndefined()
  })

  it('are known without certificates and secrets, which whoever gives rights may not have', () => {
    const secured = `'properties.security.protocol' = 'SASL_SSL', 'properties.sasl.mechanism' = 'OAUTHBEARER',
      'properties.ssl.truststore.location' = '/nowhere/authority.pem'`
    const script = `${table('a', `${at('h:1')}, 'topic' = 'one', ${secured}`)}
      ${table('b', `${at('h:1')}, 'topic' = 'two', ${secured}`)} INSERT INTO b SELECT v FROM a;`
    expect(short(script)).toEqual([
      ['Topic one Read', 'Topic two Write', 'Topic two DescribeConfigs', 'Group copy Read'],
    ])
  })

  it('are printed as commands, a name each, with what they are for', () => {
    const [cluster] = rightsOf(`
      ${table('a', `${at('h:1,h:2')}, 'topic-pattern' = 'in-.*', 'properties.group.id' = 'a group'`)}
      ${table('b', `${at('h:1,h:2')}, 'topic' = 'out', 'sink.delivery-guarantee' = 'exactly-once'`)}
      INSERT INTO b SELECT v FROM a;`)
    expect(aclCommands(cluster!, 'User:alice')).toEqual([
      '# Read: a reads it',
      'kafka-acls.sh --bootstrap-server h:1,h:2 --add --allow-principal User:alice --operation Read --topic in- --resource-pattern-type prefixed',
      '# Write: b writes it',
      '# DescribeConfigs, not strictly needed: record batches are no larger than the topic takes',
      '# Read: which epoch was committed last is kept as an offset of it',
      'kafka-acls.sh --bootstrap-server h:1,h:2 --add --allow-principal User:alice --operation Write --operation DescribeConfigs --operation Read --topic out',
      '# Read: the offsets of a are kept there',
      "kafka-acls.sh --bootstrap-server h:1,h:2 --add --allow-principal User:alice --operation Read --group 'a group'",
      '# Read: of the processes of the program one is active',
      'kafka-acls.sh --bootstrap-server h:1,h:2 --add --allow-principal User:alice --operation Read --group copy',
      '# Write: b is written exactly once',
      'kafka-acls.sh --bootstrap-server h:1,h:2 --add --allow-principal User:alice --operation Write --transactional-id copy-0',
    ])
  })
})
