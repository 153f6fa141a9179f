// An authorization server: gives tokens that the broker takes, for a client's id and secret, over HTTP.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach } from 'vitest'
import { tokenOf } from '../broker/use-own-broker.ts'

export interface TokenRequest {
  readonly authorization: string | undefined
  readonly form: Readonly<Record<string, string>>
}

export class TokenServer {
  readonly requests: TokenRequest[] = []
  /** Of the tokens that it gives. */
  lifeMs = 60_000
  user = 'admin'
  /** Answers instead, when set. */
  answer: ((response: ServerResponse) => void) | undefined
  readonly #server = createServer((request, response) => void this.#serve(request, response))

  async open(): Promise<void> {
    await new Promise<void>(done => this.#server.listen(0, '127.0.0.1', done))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/token`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise(done => this.#server.close(done))
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = Object.fromEntries(new URLSearchParams(await text(request)))
    this.requests.push({ authorization: request.headers.authorization, form })
    if (this.answer) return this.answer(response)
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({
        access_token: tokenOf(this.user, this.lifeMs),
        token_type: 'Bearer',
        expires_in: this.lifeMs / 1000,
      }),
    )
  }
}

/** A server for each test. */
export function useTokenServer(): { readonly current: TokenServer } {
  let server: TokenServer
  beforeEach(async () => {
    server = new TokenServer()
    await server.open()
  })
  afterEach(() => server.close())
  return {
    get current() {
      return server
    },
  }
}
