// The rights that are printed are enough, and each of them is needed: a user of a secured broker has exactly these, or one less.

import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createAclsV3, describeAclsV3 } from '@platformatic/kafka'
import { createConnectors, EmbeddedRunner, type LoadScriptOptions, loadScript } from 'millrace'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { kafkaFactories, requiredAcls, type RequiredAcl } from '../../src/index.ts'
import type { Cluster } from '../../src/client/cluster.ts'
import { putRecords } from '../broker/put-records.ts'
import { createTopic } from '../broker/use-broker.ts'
import {
  createClusterAt,
  describeWithOwnBroker,
  ownBroker,
  tokenOf,
} from '../broker/use-own-broker.ts'

const RESOURCES = { Topic: 2, Group: 3, TransactionalId: 5 } as const
const PATTERNS = { Literal: 3, Prefixed: 4 } as const
const OPERATIONS = { Read: 3, Write: 4, Create: 5, Delete: 6, DescribeConfigs: 10 } as const
const ALLOW = 3
const ANY = 1

/** A user that has these rights and no others. */
async function userWith(cluster: Cluster, acls: readonly RequiredAcl[]): Promise<string> {
  const user = `u-${randomUUID()}`
  const principal = `User:${user}`
  const connection = await cluster.anyConnection()
  const { results } = await cluster.send(
    connection,
    createAclsV3.api,
    acls.map(({ resource, name, pattern, operation }) => ({
      resourceType: RESOURCES[resource],
      resourceName: name,
      resourcePatternType: PATTERNS[pattern],
      principal,
      host: '*',
      operation: OPERATIONS[operation],
      permissionType: ALLOW,
    })),
  )
  expect(results.every(r => r.errorCode === 0)).toBe(true)
  // Made is not yet known to the broker.
  await expect.poll(async () => (await rightsOf(cluster, principal)).length).toBe(acls.length)
  return user
}

async function rightsOf(cluster: Cluster, principal: string) {
  const { resources } = await cluster.send(await cluster.anyConnection(), describeAclsV3.api, {
    resourceType: ANY,
    resourceName: null,
    resourcePatternType: ANY,
    principal,
    host: null,
    operation: ANY,
    permissionType: ANY,
  })
  return resources.flatMap(r => r.acls)
}

/** Runs a script to its end, or until it has written something and committed that. */
async function runToRow(script: string, options: LoadScriptOptions) {
  const run = await new EmbeddedRunner().start(loadScript(script, options).program)
  const ended = run.finished.then(() => true)
  const hasWritten = async () => run.job.rowsWritten > 0 || sleep(10, false)
  while (!(await Promise.race([ended, hasWritten()])));
  return run.stop()
}

describeWithOwnBroker('the least rights of a program', () => {
  let cluster: Cluster
  beforeAll(() => {
    cluster = createClusterAt(ownBroker.bootstrap)
  })
  afterAll(() => cluster.close())

  const table = (name: string, user: string, options: string) => `
    CREATE TABLE ${name} (v STRING) WITH (
      'connector' = 'kafka', 'format' = 'raw', ${options},
      'properties.bootstrap.servers' = '${ownBroker.secured.saslPlaintext}',
      'properties.security.protocol' = 'SASL_PLAINTEXT',
      'properties.sasl.mechanism' = 'OAUTHBEARER',
      'properties.sasl.oauthbearer.token' = '${tokenOf(user)}');`
  const bounded = `'scan.bounded.mode' = 'latest-offset', 'scan.startup.mode' = 'earliest-offset'`

  /** Runs a script with all its rights, then with each of them missing. Gives what went wrong without it. */
  async function refusals(
    id: string,
    input: string,
    scriptOf: (user: string) => string,
  ): Promise<Record<string, string>> {
    const connectors = createConnectors()
    for (const source of kafkaFactories.sources) connectors.addSource(source)
    for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
    const { program } = loadScript(scriptOf('nobody'), { name: id, connectors })
    const [{ acls } = { acls: [] }] = requiredAcls(program)
    const needed = acls.filter(a => !a.isOptional)
    let put = 0
    const run = async (rights: readonly RequiredAcl[]) => {
      const user = await userWith(cluster, rights)
      await putRecords(cluster, input, 0, [{ value: `${put++}` }])
      // Each time with a folder of its own: state has to be rebuilt where there is any.
      const stateDir = await mkdtemp(join(tmpdir(), 'millrace-acls-'))
      return runToRow(scriptOf(user), { name: id, connectors, settings: { stateDir } })
    }
    const refused: Record<string, string> = {}
    const runWithout = async (missing: RequiredAcl) => {
      const error = await run(needed.filter(a => a !== missing)).catch(e => e)
      expect(error).toMatchObject({
        remedy: expect.stringContaining('`millrace kafka acls` prints'),
      })
      const { resource, name: of, operation } = missing
      refused[`${operation} ${resource} ${of.replace(id, '…')}`] = (error as Error).message
        .replaceAll(id, '…')
        .replaceAll(ownBroker.secured.saslPlaintext, 'host:port')
    }
    const [making, using] = [needed.filter(isToCreate), needed.filter(a => !isToCreate(a))]
    for (const missing of making) await runWithout(missing)
    expect(await run(needed)).toMatchObject({ recordsRead: put })
    for (const missing of using) await runWithout(missing)
    return refused
  }

  it('are enough to read and write at least once, dead letters too, and none is too many', async () => {
    const id = randomUUID()
    const input = await createTopic(cluster, 1, {}, `${id}-in`)
    const output = await createTopic(cluster, 1, {}, `${id}-out`)
    const scriptOf = (user: string) => `
      ${table('numbers', user, `'topic' = '${input}', ${bounded}, 'dead-letter.topic' = '${id}-dead'`)}
      ${table('results', user, `'topic' = '${output}'`)}
      INSERT INTO results SELECT v FROM numbers;`
    expect(await refusals(id, input, scriptOf)).toEqual({
      'Create Topic …-dead':
        'Topic "…-dead" cannot take dead letters: it cannot be created: Authorization failed.',
      'Write Topic …-dead': refusal('the metadata of topic "…-dead"', 'TOPIC'),
      'Read Topic …-in': refusal('the metadata of topic "…-in"', 'TOPIC'),
      'Write Topic …-out': refusal('the metadata of topic "…-out"', 'TOPIC'),
      'Read Group …': refusal('the coordinator of group "…"', 'GROUP'),
    })
  })

  it('are enough for exactly once from the topics of a pattern, and none is too many', async () => {
    const id = randomUUID()
    const input = await createTopic(cluster, 1, {}, `${id}-in`)
    const output = await createTopic(cluster, 1, {}, `out-${id}`)
    const read = `'topic-pattern' = '${id}.*', 'properties.group.id' = 'readers-${id}', ${bounded}`
    const scriptOf = (user: string) => `
      ${table('numbers', user, read)}
      ${table('results', user, `'topic' = '${output}', 'sink.delivery-guarantee' = 'exactly-once'`)}
      INSERT INTO results SELECT v FROM numbers;`
    expect(await refusals(id, input, scriptOf)).toEqual({
      'Read Topic …': 'No topic that this program may see at host:port matches "….*".',
      'Write Topic out-…': refusal('records of out-…-0', 'TOPIC'),
      'Read Topic out-…': refusal('the offsets of "…-0"', 'TOPIC'),
      'Read Group readers-…': refusal('the coordinator of group "readers-…"', 'GROUP'),
      'Read Group …': refusal('the coordinator of group "…"', 'GROUP'),
      'Write TransactionalId …-0': refusal(
        'the coordinator of transaction "…-0"',
        'TRANSACTIONAL_ID',
      ),
    })
  })

  it('are enough to keep state in a changelog topic and to rebuild it from there, and none is too many', async () => {
    const id = randomUUID()
    const input = await createTopic(cluster, 1, {}, `${id}-in`)
    const output = await createTopic(cluster, 1, {}, `${id}-out`)
    const scriptOf = (user: string) => `
      ${table('numbers', user, `'topic' = '${input}', 'scan.startup.mode' = 'earliest-offset'`)}
      ${table('results', user, `'topic' = '${output}', 'sink.delivery-guarantee' = 'exactly-once'`)
        .replace('(v STRING)', '(v STRING PRIMARY KEY NOT ENFORCED)')
        .replace(`'kafka', 'format'`, `'upsert-kafka', 'key.format' = 'raw', 'value.format'`)}
      INSERT INTO results SELECT DISTINCT v FROM numbers;`
    expect(await refusals(id, input, scriptOf)).toMatchObject({
      'Create Topic …-changelog':
        'The state of the program cannot be kept in topic "…-changelog": it cannot be created: Authorization failed.',
      'Read Topic …-changelog': refusal('to read of …-changelog-0', 'TOPIC'),
      'Write Topic …-changelog': refusal('records of …-changelog-0', 'TOPIC'),
    })
  })
})

const isToCreate = ({ operation }: RequiredAcl): boolean => operation === 'Create'

const refusal = (request: string, what: string): string =>
  `Kafka refuses ${request}: ${what}_AUTHORIZATION_FAILED.`
