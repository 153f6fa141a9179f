// Tokens: when they are asked for, what servers answer, and connections that outlive them.

import { setTimeout as sleep } from 'node:timers/promises'
import { metadataV12 } from '@platformatic/kafka'
import { createConnectors, EmbeddedRunner, loadScript } from 'millrace'
import { describe, expect, it } from 'vitest'
import { freshTokens, type Token } from '../../src/client/token.ts'
import { requestToken } from '../../src/client/token-endpoint.ts'
import { kafkaFactories } from '../../src/index.ts'
import { putRecords } from '../broker/put-records.ts'
import { createTopic } from '../broker/use-broker.ts'
import {
  createClusterAt,
  describeWithOwnBroker,
  ownBroker,
  tokenOf,
} from '../broker/use-own-broker.ts'
import { useTokenServer } from './token-server.ts'

describe('a token', () => {
  /** Gives t1, t2, … that live for 100 s each, at a time that tests set. */
  function tokens() {
    const world = { nowMs: 0, asked: 0, fails: false }
    const provider = async (): Promise<Token> => {
      world.asked++
      await Promise.resolve()
      if (world.fails) throw new Error('the server sleeps')
      return { token: `t${world.asked}`, expiresAtMs: world.nowMs + 100_000 }
    }
    return { world, fresh: freshTokens(provider, () => world.nowMs) }
  }

  it('is asked for once by all who wait, and again when a quarter of its life is left', async () => {
    const { world, fresh } = tokens()
    expect(await Promise.all([fresh(), fresh(), fresh()])).toEqual(['t1', 't1', 't1'])
    world.nowMs = 74_999
    expect(await fresh()).toBe('t1')
    world.nowMs = 75_000
    expect(await Promise.all([fresh(), fresh()])).toEqual(['t2', 't2'])
    expect(world.asked).toBe(2)
  })

  it('is used to its end when no other can be had, and not beyond', async () => {
    const { world, fresh } = tokens()
    await fresh()
    world.fails = true
    world.nowMs = 99_999
    expect(await fresh()).toBe('t1')
    world.nowMs = 100_000
    await expect(fresh()).rejects.toMatchObject({
      code: 'MR_KAFKA_SECURITY',
      retry: 'backoff',
      message: 'No token came from the program: the server sleeps.',
    })
    world.fails = false
    expect(await fresh()).toBe('t4')
  })

  it('that says itself when it ends is replaced by that; one that does not, each time', async () => {
    let asked = 0
    const jwt = freshTokens(() => {
      asked++
      return tokenOf('alice', 60_000)
    })
    expect(await jwt()).toBe(await jwt())
    expect(asked).toBe(1)
    const opaque = freshTokens(() => `opaque-${++asked}`)
    expect([await opaque(), await opaque()]).toEqual(['opaque-2', 'opaque-3'])
    await expect(freshTokens(() => '')()).rejects.toThrow('what it gives is no token')
  })
})

describe('an authorization server', () => {
  const server = useTokenServer()
  const endpoint = () => ({ url: server.current.url, clientId: 'flow', clientSecret: 's e:cret' })

  it('is asked as RFC 6749 says', async () => {
    const before = Date.now()
    const token = (await requestToken({ ...endpoint(), scope: 'kafka read' })) as Token
    expect(token.token.split('.')).toHaveLength(3)
    expect(token.expiresAtMs - before).toBeGreaterThanOrEqual(60_000)
    expect(token.expiresAtMs - before).toBeLessThan(65_000)
    expect(server.current.requests).toEqual([
      {
        authorization: `Basic ${Buffer.from('flow:s e:cret').toString('base64')}`,
        form: { grant_type: 'client_credentials', scope: 'kafka read' },
      },
    ])
  })

  it('that refuses ends the program; one that is broken or gone is asked again', async () => {
    const answer = (status: number, body: string) => {
      server.current.answer = response => response.writeHead(status).end(body)
      return requestToken(endpoint()).catch((error: unknown) => error)
    }
    const gone = endpoint()
    expect(
      await answer(401, '{"error":"invalid_client","error_description":"no such client"}'),
    ).toMatchObject({
      code: 'MR_KAFKA_SECURITY',
      retry: 'never',
      message: `No token came from ${gone.url}: status 401, invalid_client, no such client.`,
    })
    expect(await answer(503, 'busy')).toMatchObject({ retry: 'backoff' })
    expect(await answer(429, '{}')).toMatchObject({ retry: 'backoff' })
    expect(await answer(200, '{"token":"x"}')).toMatchObject({
      message: expect.stringContaining('its answer has no access_token'),
    })
    expect(await answer(200, `{"access_token":"${'x'.repeat(2 << 20)}"}`)).toMatchObject({
      message: expect.stringContaining('more than 1048576 bytes'),
    })
    await server.current.close()
    expect(await requestToken(gone).catch(error => error)).toMatchObject({
      retry: 'backoff',
    })
    await server.current.open()
  })
})

describeWithOwnBroker('a connection whose token expires', () => {
  const server = useTokenServer()
  const LIFE_MS = 2_000

  it('says anew who it is, and goes on, however many requests are under way', async () => {
    const token = freshTokens(() => tokenOf('admin', LIFE_MS))
    const cluster = createClusterAt(ownBroker.secured.saslPlaintext, {
      sasl: { mechanism: 'OAUTHBEARER', token },
    })
    const topic = await createTopic(cluster)
    const connection = await cluster.leaderConnection({ topic, partition: 0 }, 'produce')
    let renewals = 0
    connection.on('sasl:authentication:extended', () => renewals++)
    const until = performance.now() + 3 * LIFE_MS
    let written = 0
    const write = async () => {
      while (performance.now() < until) {
        await putRecords(cluster, topic, 0, [{ value: `${written}` }])
        written++
        await sleep(5)
      }
    }
    // Who holds the connection does not see that it is busy with itself.
    let asked = 0
    const ask = async () => {
      while (performance.now() < until) {
        await cluster.send(connection, metadataV12.api, [topic], false, false)
        asked++
      }
    }
    await Promise.all([write(), write(), ask(), ask(), ask()])
    expect(asked).toBeGreaterThan(100)
    expect(renewals).toBeGreaterThanOrEqual(2)
    expect(await cluster.leaderConnection({ topic, partition: 0 }, 'produce')).toBe(connection)
    const end = await putRecords(cluster, topic, 0, [{ value: 'last' }])
    expect(end).toBe(written)
    await cluster.close()
  })

  it('is refused without another one', async () => {
    const cluster = createClusterAt(ownBroker.secured.saslPlaintext, {
      sasl: { mechanism: 'OAUTHBEARER', token: tokenOf('admin', LIFE_MS) },
    })
    await cluster.topicNames()
    await sleep(LIFE_MS + 500)
    await expect(cluster.topicNames()).rejects.toMatchObject({ code: 'MR_KAFKA_SECURITY' })
    await cluster.close()
  })

  it('serves a program, exactly once, whose tokens an authorization server gives', async () => {
    server.current.lifeMs = LIFE_MS
    const admin = createClusterAt(ownBroker.bootstrap)
    const [input, output] = [await createTopic(admin), await createTopic(admin)]
    const security = `
      'properties.bootstrap.servers' = '${ownBroker.secured.saslPlaintext}',
      'properties.security.protocol' = 'SASL_PLAINTEXT', 'properties.sasl.mechanism' = 'OAUTHBEARER',
      'properties.sasl.oauthbearer.token.endpoint.url' = '${server.current.url}',
      'properties.sasl.login.callback.handler.class' = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler',
      'properties.sasl.jaas.config' = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId="flow" clientSecret="hidden" scope="kafka";'`
    const table = (name: string, topic: string, options: string) => `
      CREATE TABLE ${name} (n INT) WITH ('connector' = 'kafka', 'topic' = '${topic}', 'format' = 'json', ${security}, ${options});`
    const script = `
      ${table('numbers', input, `'scan.startup.mode' = 'earliest-offset'`)}
      ${table('copies', output, `'sink.delivery-guarantee' = 'exactly-once'`)}
      INSERT INTO copies SELECT n FROM numbers;`
    const connectors = createConnectors()
    for (const source of kafkaFactories.sources) connectors.addSource(source)
    for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
    const { program } = loadScript(script, { name: `copy-${input}`, connectors })
    const job = await new EmbeddedRunner().start(program)
    let n = 0
    for (const until = performance.now() + 4 * LIFE_MS; performance.now() < until; n++) {
      await putRecords(admin, input, 0, [{ value: `{"n":${n}}` }])
      await sleep(20)
    }
    await sleep(1_000)
    await job.stop()
    expect(await job.finished).toMatchObject({ recordsRead: n, rowsWritten: n })
    expect(server.current.requests.length).toBeGreaterThanOrEqual(4)
    expect(server.current.requests[0]?.form).toEqual({
      grant_type: 'client_credentials',
      scope: 'kafka',
    })
    await admin.close()
  })
})
