// How brokers are reached: addresses, encryption, identity.

import type { ConnectionOptions as TlsOptions } from 'node:tls'
import type { SASLOptions } from '@platformatic/kafka'

export interface ClusterSettings {
  /** `host:port` of brokers to begin with. */
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly tls?: TlsOptions | undefined
  readonly sasl?: SASLOptions | undefined
  /** For a reply; long polls wait longer. */
  readonly requestTimeoutMs: number
  readonly connectTimeoutMs: number
}

export const REQUEST_TIMEOUT_MS = 30_000
export const CONNECT_TIMEOUT_MS = 10_000

export interface BrokerAddress {
  readonly host: string
  readonly port: number
}

/** @throws a text that says what is wrong with it */
export function addressOf(broker: string): BrokerAddress {
  const match = /^(?:[A-Z_]+:\/\/)?(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(broker.trim())
  const port = Number(match?.[3])
  if (!match || port > 65_535) throw `"${broker}" is no host:port`
  return { host: (match[1] ?? match[2]) as string, port }
}
