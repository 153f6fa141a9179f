// One request to a registry, over connections that are kept.

import { Agent as HttpAgent, request as requestHttp, type RequestOptions } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { SecureContextOptions } from 'node:tls'

/** Schemas are small; more than this is no answer of a registry. */
const MOST_BYTES = 64 << 20

export interface HttpSettings {
  readonly headers: Readonly<Record<string, string>>
  readonly tls: SecureContextOptions
  readonly timeoutMs: number
}

export interface HttpAnswer {
  readonly status: number
  readonly text: string
}

/** Sends requests; `close` lets the connections go. */
export class HttpConnection {
  readonly #settings: HttpSettings
  readonly #http = new HttpAgent({ keepAlive: true })
  readonly #https: HttpsAgent

  constructor(settings: HttpSettings) {
    this.#settings = settings
    this.#https = new HttpsAgent({ keepAlive: true, ...settings.tls })
  }

  /** @throws Node's errors of connections, and when there is no whole answer in time */
  send(
    method: 'GET' | 'POST',
    url: URL,
    body?: unknown,
    signal?: AbortSignal,
  ): Promise<HttpAnswer> {
    const { headers, timeoutMs } = this.#settings
    const isSecure = url.protocol === 'https:'
    const text = body === undefined ? undefined : JSON.stringify(body)
    const timeout = AbortSignal.timeout(timeoutMs)
    const options: RequestOptions = {
      method,
      agent: isSecure ? this.#https : this.#http,
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      headers: {
        accept: 'application/vnd.schemaregistry.v1+json, application/json',
        ...(text !== undefined && {
          'content-type': 'application/vnd.schemaregistry.v1+json',
          'content-length': Buffer.byteLength(text),
        }),
        ...headers,
      },
    }
    return new Promise((resolve, reject) => {
      const send = isSecure ? requestHttps : requestHttp
      const request = send(url, options, response => {
        const parts: Buffer[] = []
        let size = 0
        response.on('data', (part: Buffer) => {
          size += part.length
          if (size > MOST_BYTES)
            request.destroy(new Error(`an answer of more than ${MOST_BYTES} bytes`))
          else parts.push(part)
        })
        response.once('error', reject)
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(parts).toString('utf8'),
          }),
        )
      })
      request.once('error', error =>
        reject(
          timeout.aborted ? new Error(`no answer within ${timeoutMs} ms`, { cause: error }) : error,
        ),
      )
      request.end(text)
    })
  }

  close(): void {
    this.#http.destroy()
    this.#https.destroy()
  }
}
