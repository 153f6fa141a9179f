// A TCP proxy in front of a broker that knows Kafka's messages, and harms them as it is told.

import { createServer, type Server, type Socket } from 'node:net'
import { BrokerStartError } from '../broker/broker-errors.ts'
import type { ProxiedListener } from '../broker/broker-options.ts'
import { ActiveRule, type Fault, type FaultRule } from './fault-rules.ts'
import type { RequestHeader } from './kafka-frames.ts'
import { ProxiedConnection } from './proxied-connection.ts'

/**
 * A proxy that stands where a broker's listener tells its clients to connect, so that no client gets past it.
 *
 * Requests reach rules in the order in which the rules were added; the first that strikes decides.
 */
export class KafkaProxy {
  /** Where clients connect, as `host:port`. */
  readonly address: string
  /** Every request so far, in the order in which they came. */
  readonly requests: RequestHeader[] = []
  readonly #server: Server
  readonly #connections = new Set<ProxiedConnection>()
  readonly #rules = new Set<ActiveRule>()
  #whenOpen: Promise<void> = Promise.resolve()
  #open: (() => void) | undefined
  #isRefusing = false

  private constructor(server: Server, { target, advertised }: ProxiedListener) {
    this.#server = server
    this.address = advertised
    server.on('connection', client => this.#accept(client, target))
  }

  /**
   * Stands in front of the first of these listeners that no other proxy has taken.
   *
   * @throws {BrokerStartError} when all are taken
   */
  static async open(listeners: readonly ProxiedListener[]): Promise<KafkaProxy> {
    for (const listener of listeners) {
      const server = createServer({ allowHalfOpen: false })
      if (await listens(server, listener.advertised)) return new KafkaProxy(server, listener)
    }
    throw new BrokerStartError(`all ${listeners.length} listeners of proxies are taken`)
  }

  /** Adds a rule; it holds for connections that are open already too. */
  addRule(rule: FaultRule): ActiveRule {
    const active = new ActiveRule(rule)
    this.#rules.add(active)
    return active
  }

  removeRule(rule: ActiveRule): void {
    this.#rules.delete(rule)
  }

  /** Nothing passes any more, in either direction, on any connection; clients can connect, and hear nothing. */
  partition(): void {
    if (this.#open) return
    this.#whenOpen = new Promise(resolve => {
      this.#open = resolve
    })
  }

  /** Ends `partition` and `refuse`: what was held back passes, as TCP would send it again. */
  heal(): void {
    this.#open?.()
    this.#open = undefined
    this.#whenOpen = Promise.resolve()
    this.#isRefusing = false
  }

  /** Resets all connections, and each new one, until `heal`. */
  refuse(): void {
    this.#isRefusing = true
    this.resetAll()
  }

  /** Resets all connections. */
  resetAll(): void {
    for (const connection of this.#connections) connection.reset()
  }

  /** Ends all connections, and lets go of the port. */
  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve))
    for (const connection of this.#connections) connection.close()
    this.heal()
    await closed
  }

  #accept(client: Socket, target: string): void {
    if (this.#isRefusing) {
      client.on('error', () => {})
      client.resetAndDestroy()
      return
    }
    const proxy = this
    const connection = new ProxiedConnection(client, endpoint(target), {
      judge: (header, frame) => this.#judge(header, frame),
      get whenOpen() {
        return proxy.#whenOpen
      },
      ended: () => this.#connections.delete(connection),
    })
    this.#connections.add(connection)
  }

  #judge(header: RequestHeader, frame: Buffer): Fault | undefined {
    this.requests.push(header)
    for (const rule of this.#rules) {
      const fault = rule.judge(header, frame)
      if (fault) return fault
    }
    return undefined
  }
}

function endpoint(address: string): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(`tcp://${address}`)
  return { host: hostname, port: Number(port) }
}

function listens(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    })
    server.listen({ ...endpoint(address), exclusive: true }, () => resolve(true))
  })
}
