// Where the page is served, and for whom: by options and by the environment.

import type { ServerOptions } from '@millrace/server'
import { portOf } from './command-options.ts'
import { UsageError } from './usage-error.ts'

const DEFAULT_PORT = 4280

/** Options of the commands that have a page, for `parseArgs`. */
export const PAGE_OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'no-server': { type: 'boolean' },
} as const

/** How the page is served. A port that was not chosen gives way to a free one when it is taken. */
export type PageOptions = ServerOptions & { readonly isChosen: boolean }

interface Given {
  readonly port?: string | undefined
  readonly host?: string | undefined
  readonly 'tls-cert'?: string | undefined
  readonly 'tls-key'?: string | undefined
  readonly 'no-server'?: boolean | undefined
}

/** Undefined: there is to be no page. Tokens are never options: others of the machine see those. */
export function pageOptions(given: Given, environment = process.env): PageOptions | undefined {
  const port = portOf(given.port)
  if (given['no-server']) return undefined
  const { 'tls-cert': certificate, 'tls-key': key } = given
  if ((certificate === undefined) !== (key === undefined))
    throw new UsageError('TLS takes both --tls-cert and --tls-key.')
  const read = environment['MILLRACE_READ_TOKEN']
  const operate = environment['MILLRACE_OPERATE_TOKEN']
  return {
    port: port ?? DEFAULT_PORT,
    isChosen: port !== undefined,
    ...(given.host !== undefined && { host: given.host }),
    ...(certificate !== undefined && key !== undefined && { tls: { certificate, key } }),
    tokens: { ...(read && { read }), ...(operate && { operate }) },
  }
}
