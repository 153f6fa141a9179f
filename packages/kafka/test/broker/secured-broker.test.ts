// The broker that tests of security and of lost connections rely on: who gets in by which listener, and what they may.

import { readFileSync } from 'node:fs'
import { createAclsV3 } from '@platformatic/kafka'
import { expect, it } from 'vitest'
import { KafkaSecurityError } from '../../src/kafka-errors.ts'
import type { Cluster } from '../../src/client/cluster.ts'
import { createTopic } from './use-broker.ts'
import {
  createClusterAt,
  describeWithOwnBroker,
  type Identity,
  ownBroker,
  passwordOf,
  tokenOf,
  useProxy,
} from './use-own-broker.ts'

const ALLOW = 3
const TOPIC = 2
const LITERAL = 3
const DESCRIBE = 8

/** Topics that a client with this identity sees at a listener; it is closed again. */
async function topicsAt(address: string, identity: Identity): Promise<readonly string[]> {
  const cluster = createClusterAt(address, identity)
  try {
    return await cluster.topicNames()
  } finally {
    await cluster.close()
  }
}

/** A topic that all may see, made by whoever may everything. */
async function topicForAlice(cluster: Cluster): Promise<string> {
  const topic = await createTopic(cluster)
  const connection = await cluster.anyConnection()
  const { results } = await cluster.send(connection, createAclsV3.api, [
    {
      resourceType: TOPIC,
      resourceName: topic,
      resourcePatternType: LITERAL,
      principal: 'User:alice',
      host: '*',
      operation: DESCRIBE,
      permissionType: ALLOW,
    },
  ])
  expect(results.map(result => result.errorCode)).toEqual([0])
  return topic
}

describeWithOwnBroker('a secured broker', () => {
  const { saslPlaintext, saslSsl, ssl, certificates } = ownBroker?.secured ?? {}
  const pem = (file: string | undefined): string => (file ? readFileSync(file, 'utf8') : '')
  const trusting = { tls: { ca: pem(certificates?.authority) } }
  const withCertificate = (name: 'alice' | 'stranger'): Identity => ({
    tls: {
      ...trusting.tls,
      key: pem(certificates?.[name].key),
      cert: pem(certificates?.[name].certificate),
    },
  })

  it('is reached by its address without a name that is none', async () => {
    const warnings: Error[] = []
    const note = (warning: Error) => void warnings.push(warning)
    process.on('warning', note)
    await topicsAt(ssl as string, withCertificate('alice'))
    await topicsAt((ssl as string).replace('127.0.0.1', 'localhost'), withCertificate('alice'))
    process.off('warning', note)
    expect(warnings).toEqual([])
  })

  it('lets alice see by every way in what an ACL lets her see, and nothing else', async () => {
    const open = createClusterAt(ownBroker.bootstrap)
    const hidden = await createTopic(open)
    const topic = await topicForAlice(open)
    const passwords = (['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const).map(mechanism =>
      passwordOf(mechanism, 'alice'),
    )
    const ways = [...passwords, { mechanism: 'OAUTHBEARER', token: tokenOf('alice') } as const]
    const seen = new Map<string, readonly string[]>()
    for (const sasl of ways) {
      seen.set(`${sasl.mechanism} in plain`, await topicsAt(saslPlaintext!, { sasl }))
      seen.set(`${sasl.mechanism} by TLS`, await topicsAt(saslSsl!, { sasl, ...trusting }))
    }
    seen.set('a certificate', await topicsAt(ssl!, withCertificate('alice')))
    expect(seen.size).toBe(9)
    for (const [way, topics] of seen) expect({ way, topics }).toEqual({ way, topics: [topic] })
    expect(await topicsAt(saslPlaintext!, { sasl: passwordOf('PLAIN', 'admin') })).toEqual(
      expect.arrayContaining([topic, hidden]),
    )
    await open.close()
  })

  it('refuses a wrong password, a strange certificate, and who trusts another authority, once and for all', async () => {
    const refused = async (address: string | undefined, identity: Identity, reason: RegExp) => {
      const started = performance.now()
      const error: unknown = await topicsAt(address!, identity).catch(caught => caught)
      expect(error).toBeInstanceOf(KafkaSecurityError)
      expect(error).toMatchObject({
        code: 'MR_KAFKA_SECURITY',
        message: expect.stringMatching(reason),
      })
      expect(performance.now() - started).toBeLessThan(3_000)
    }
    for (const mechanism of ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512'] as const) {
      const sasl = { ...passwordOf(mechanism, 'alice'), password: 'wrong' }
      await refused(saslPlaintext, { sasl }, /[Aa]uthentication failed/)
    }
    const expired = { mechanism: 'OAUTHBEARER', token: tokenOf('alice', -60_000) } as const
    await refused(saslPlaintext, { sasl: expired }, /invalid_token/)
    await refused(ssl, withCertificate('stranger'), /alert/)
    await refused(ssl, trusting, /alert/)
    await refused(saslSsl, { sasl: passwordOf('PLAIN', 'alice'), tls: {} }, /certificate/)
  })
})

describeWithOwnBroker('a proxy in front of the broker', () => {
  const proxy = useProxy()

  it('is where a client goes for everything, the brokers that it is told of included', async () => {
    const cluster = createClusterAt(proxy.current.address)
    const topic = await createTopic(cluster, 2)
    const { host, port } = await cluster.leaderConnection({ topic, partition: 1 }, 'produce')
    const coordinator = await cluster.retry(() => cluster.coordinator('group', `g-${topic}`))
    expect([`${host}:${port}`, `${coordinator.host}:${coordinator.port}`]).toEqual([
      proxy.current.address,
      proxy.current.address,
    ])
    await cluster.close()
  })

  it('has a client that lost its connection come again', async () => {
    const cluster = createClusterAt(proxy.current.address)
    const topic = await createTopic(cluster)
    const rule = proxy.current.addRule({ api: 'Metadata', fault: { kind: 'reset' }, times: 2 })
    cluster.forgetTopic(topic)
    expect(await cluster.partitionsOf(topic)).toHaveLength(1)
    expect(rule.struck).toBe(2)
    await cluster.close()
  })
})
