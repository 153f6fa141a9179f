// A broker of our own, for what one that the environment names may not have: TLS, SASL, ACLs, and connections through a proxy.

import type { ConnectionOptions as TlsOptions } from 'node:tls'
import type { SASLOptions } from '@platformatic/kafka'
import { BROKER_USERS, KafkaProxy, type TestBroker, testBroker } from '@millrace/testing'
import { nodePorts } from 'millrace'
import { afterEach, beforeEach, describe } from 'vitest'
import { Cluster } from '../../src/client/cluster.ts'

const broker = await testBroker({ isOwn: true })
if ('problem' in broker) console.warn(`SKIPPED, tests of secured Kafka: ${broker.problem}`)

/** `describe`, where we can have a broker of our own. */
export const describeWithOwnBroker = describe.skipIf('problem' in broker)

/** It: addresses of its listeners, certificates. Only within `describeWithOwnBroker`. */
export const ownBroker = ('problem' in broker ? undefined : broker.own) as NonNullable<
  TestBroker['own']
>

/** How a client says who it is. */
export interface Identity {
  readonly tls?: TlsOptions
  readonly sasl?: SASLOptions
}

/** The name and password of a user for PLAIN and SCRAM. */
export function passwordOf(
  mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512',
  username: keyof typeof BROKER_USERS,
): SASLOptions {
  return { mechanism, username, password: BROKER_USERS[username] }
}

/** An unsecured token of OAUTHBEARER, which the broker takes for that user. */
export function tokenOf(user: string, lifeMs = 3_600_000): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Date.now() / 1000
  return `${part({ alg: 'none' })}.${part({ sub: user, iat: now, exp: now + lifeMs / 1000 })}.`
}

/** Connections to one of its listeners. Does not wait long. */
export function createClusterAt(address: string, identity: Identity = {}): Cluster {
  const { clock, random } = nodePorts()
  const settings = { brokers: [address], clientId: 'test', ...identity }
  return new Cluster(
    { ...settings, requestTimeoutMs: 3_000, connectTimeoutMs: 3_000 },
    { clock, random },
  )
}

/** A proxy in front of the broker for each test; the broker tells clients of `address` to come by it. */
export function useProxy(): { readonly current: KafkaProxy } {
  let proxy: KafkaProxy
  beforeEach(async () => {
    proxy = await KafkaProxy.open(ownBroker.proxied)
  })
  afterEach(() => proxy.close())
  return {
    get current() {
      return proxy
    },
  }
}
