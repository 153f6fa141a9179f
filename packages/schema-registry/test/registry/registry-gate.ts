// A proxy before a real registry, as operators put one: it asks for credentials or a certificate, and can be shut.

import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'

/** Whom it lets in; nothing: everyone. */
export interface GateSettings {
  /** As in the header, such as `Bearer x`. */
  readonly authorization?: string
  readonly tls?: ServerOptions
}

export class RegistryGate {
  /** Answered with 503 so many times more. */
  refusals = 0
  /** Requests that came, shut or not. */
  requests: string[] = []
  readonly #server: Server
  readonly #isTls: boolean

  private constructor(target: string, { authorization, tls }: GateSettings) {
    this.#isTls = tls !== undefined
    const answer: RequestListener = async (request, response) => {
      this.requests.push(`${request.method} ${request.url}`)
      if (authorization !== undefined && request.headers.authorization !== authorization) {
        response.writeHead(401).end('{"error_code":401,"message":"Unauthorized"}')
        return
      }
      if (this.refusals > 0) {
        this.refusals--
        response.writeHead(503).end('not now')
        return
      }
      const parts: Buffer[] = []
      for await (const part of request) parts.push(part as Buffer)
      const answered = await fetch(`${target}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
        ...(parts.length > 0 && { body: Buffer.concat(parts) }),
      })
      response.writeHead(answered.status).end(await answered.text())
    }
    this.#server = tls ? createTlsServer(tls, answer) : createServer(answer)
  }

  static async open(target: string, settings: GateSettings = {}): Promise<RegistryGate> {
    const gate = new RegistryGate(target, settings)
    gate.#server.listen(0, '127.0.0.1')
    await once(gate.#server, 'listening')
    return gate
  }

  get url(): string {
    return `${this.#isTls ? 'https' : 'http'}://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}
