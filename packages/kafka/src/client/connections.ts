// Connections to brokers, a pool of them for each purpose.

import { isIP } from 'node:net'
import { type Connection, ConnectionPool } from '@platformatic/kafka'
import type { BrokerAddress, ClusterSettings } from './cluster-settings.ts'
import { withTokenCheck } from './connection-error.ts'

/**
 * What a connection is for. Requests of one wait for each other on a broker: those that wait long, or must not wait, have their own.
 */
export type Purpose = 'fetch' | 'produce' | 'group' | 'membership' | 'other'

export class Connections {
  readonly #settings: ClusterSettings
  readonly #pools = new Map<Purpose, ConnectionPool>()
  readonly #poolsOfAddresses = new Map<Purpose, ConnectionPool>()
  /** Why connections broke: requests hear only that they did. */
  readonly #breaks = new WeakMap<Connection, Error | undefined>()

  constructor(settings: ClusterSettings) {
    this.#settings = settings
  }

  /** The one to a broker, opened where there is none. @throws what the client throws when it cannot be */
  async open(address: BrokerAddress, purpose: Purpose): Promise<Connection> {
    const connection = await this.#pool(purpose, address).get(address)
    if (!this.#breaks.has(connection)) {
      this.#breaks.set(connection, undefined)
      connection.on('error', error => this.#breaks.set(connection, error))
      // It would say who it is again, though nobody hears it any more.
      connection.on('close', () => void connection.close().catch(() => {}))
    }
    return connection
  }

  /** Why a connection broke, where it said so. */
  breakOf(connection: Connection): Error | undefined {
    return this.#breaks.get(connection)
  }

  /** Closes those of some purposes, or all; requests on the way fail. */
  async close(purposes?: readonly Purpose[]): Promise<void> {
    const all = [this.#pools, this.#poolsOfAddresses]
    const closing = all.flatMap(pools =>
      [...(purposes ?? pools.keys())].flatMap(p => pools.get(p) ?? []),
    )
    for (const pools of all)
      for (const purpose of [...(purposes ?? pools.keys())]) pools.delete(purpose)
    await Promise.all(closing.map(p => p.close().catch(() => {})))
  }

  #pool(purpose: Purpose, { host }: BrokerAddress): ConnectionPool {
    // Servers are told what name they are asked by, of which an address is none (RFC 6066).
    const hasName = isIP(host) === 0
    const pools = hasName ? this.#pools : this.#poolsOfAddresses
    const known = pools.get(purpose)
    if (known) return known
    const { clientId, tls, sasl, requestTimeoutMs, connectTimeoutMs } = this.#settings
    const made = new ConnectionPool(clientId, {
      connectTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      ...(tls && { tls, tlsServerName: hasName }),
      ...(sasl && { sasl: withTokenCheck(sasl) }),
    })
    pools.set(purpose, made)
    return made
  }
}
