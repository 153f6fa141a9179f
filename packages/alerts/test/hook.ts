// A real HTTP server that answers as a test wants it to.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void

export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  response =>
    void response.writeHead(code, headers).end()
export const hang: Answer = () => {}
export const reset: Answer = (_, request) => void request.socket.resetAndDestroy()

export interface Hook extends AsyncDisposable {
  readonly url: string
  readonly received: Received[]
  /** Answers to come; 200 when there are no more. */
  readonly answers: Answer[]
}

export async function startHook(...answers: Answer[]): Promise<Hook> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request.setEncoding('utf8')) body += part
    received.push({ headers: request.headers, body })
    const answer = answers.shift() ?? status(200)
    answer(response, request)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answers,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
