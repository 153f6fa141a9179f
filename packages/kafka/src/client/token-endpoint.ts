// Asks an authorization server for a token by the program's own name and secret.
//
//     POST url, Authorization: Basic base64(id:secret), grant_type=client_credentials&scope=…
//     200 {"access_token": "…", "expires_in": seconds}

import { request as requestHttp } from 'node:http'
import { request as requestHttps, type RequestOptions } from 'node:https'
import { text } from 'node:stream/consumers'
import { TokenError } from '../kafka-errors.ts'
import type { Token } from './token.ts'

export interface TokenEndpoint {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope?: string
  /** Authorities to trust, as PEM texts; absent: those of Node. */
  readonly ca?: readonly string[]
}

const TIMEOUT_MS = 10_000
/** Of an answer; tokens are a few KB. */
const MAX_BYTES = 1 << 20

/** @see RFC 6749, 4.4; Kafka's `HttpJwtRetriever` @throws {TokenError} */
export async function requestToken(endpoint: TokenEndpoint): Promise<Token | string> {
  const { url, scope } = endpoint
  const form = new URLSearchParams({ grant_type: 'client_credentials' })
  if (scope !== undefined) form.set('scope', scope)
  let answer: { readonly status: number; readonly body: string }
  try {
    answer = await post(endpoint, form.toString())
  } catch (cause) {
    throw new TokenError({ from: url, cause })
  }
  const { status, body } = answer
  const { access_token: token, expires_in: seconds, ...rest } = parsed(body)
  if (status === 200 && typeof token === 'string' && token !== '')
    return typeof seconds === 'number' ? { token, expiresAtMs: Date.now() + seconds * 1000 } : token
  // What is wrong with the request stays wrong; a server that is busy or broken may mend.
  const isRefused = status >= 400 && status < 500 && status !== 408 && status !== 429
  const said = [rest['error'], rest['error_description']].filter(s => typeof s === 'string')
  const reason = status === 200 ? 'its answer has no access_token' : `status ${status}`
  throw new TokenError({ from: url, cause: [reason, ...said].join(', '), isRefused })
}

async function post(
  { url, clientId, clientSecret, ca }: TokenEndpoint,
  form: string,
): Promise<{ readonly status: number; readonly body: string }> {
  const options: RequestOptions = {
    method: 'POST',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      accept: 'application/json',
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(form),
    },
    ...(ca !== undefined && { ca: [...ca] }),
  }
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp
    const sent = send(url, options, response => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes > MAX_BYTES)
          response.destroy(new Error(`an answer of more than ${MAX_BYTES} bytes`))
      })
      text(response).then(body => resolve({ status: response.statusCode ?? 0, body }), reject)
    })
    sent.on('error', reject)
    sent.end(form)
  })
}

function parsed(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
