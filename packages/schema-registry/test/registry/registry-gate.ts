// A proxy before a real registry, as operators put one: it asks for a password, and can be shut.

import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export class RegistryGate {
  /** Answered with 503 so many times more. */
  refusals = 0
  /** Requests that came, shut or not. */
  requests: string[] = []
  readonly #server: Server
  readonly #password: string | undefined

  private constructor(target: string, password: string | undefined) {
    this.#password = password
    this.#server = createServer(async (request, response) => {
      this.requests.push(`${request.method} ${request.url}`)
      const { authorization = '' } = request.headers
      const expected = `Basic ${Buffer.from(this.#password ?? '').toString('base64')}`
      if (this.#password !== undefined && authorization !== expected) {
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
      const answer = await fetch(`${target}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
        ...(parts.length > 0 && { body: Buffer.concat(parts) }),
      })
      response.writeHead(answer.status).end(await answer.text())
    })
  }

  static async open(target: string, password?: string): Promise<RegistryGate> {
    const gate = new RegistryGate(target, password)
    gate.#server.listen(0, '127.0.0.1')
    await once(gate.#server, 'listening')
    return gate
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }
}
