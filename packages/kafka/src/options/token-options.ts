// Where tokens for OAUTHBEARER come from, by the names of Kafka's clients.

import { rootCertificates } from 'node:tls'
import {
  InvalidOptionError,
  type OptionSchema,
  revealedOption,
  type TableDescriptor,
} from 'millrace'
import { attachmentOf } from '../api/attachment.ts'
import { freshTokens } from '../client/token.ts'
import { requestToken } from '../client/token-endpoint.ts'
import { jaasField } from './jaas.ts'

const URL_OPTION = 'sasl.oauthbearer.token.endpoint.url'

export const TOKEN_OPTIONS: OptionSchema = [
  {
    name: 'properties.sasl.oauthbearer.token',
    type: 'string',
    secret: true,
    description: 'A token for OAUTHBEARER. From TypeScript, a function gives fresh ones.',
  },
  {
    name: `properties.${URL_OPTION}`,
    type: 'string',
    description: 'An authorization server that gives tokens for client id and secret.',
  },
  {
    name: 'properties.sasl.oauthbearer.client.credentials.client.id',
    type: 'string',
    description: "The program's name there; or clientId in properties.sasl.jaas.config.",
  },
  {
    name: 'properties.sasl.oauthbearer.client.credentials.client.secret',
    type: 'string',
    secret: true,
    description: 'Its secret; or clientSecret in properties.sasl.jaas.config.',
  },
  {
    name: 'properties.sasl.oauthbearer.scope',
    type: 'string',
    description: 'What is asked for; or scope in properties.sasl.jaas.config.',
  },
  {
    name: 'properties.sasl.login.callback.handler.class',
    type: 'string',
    description: 'Accepted for Flink, whose clients need it to ask an authorization server.',
  },
]

/**
 * A token, or what gives fresh ones: a function of the program, or an authorization server.
 *
 * @param ca authorities that the brokers' certificates are trusted by; the server's may be, too
 * @throws {InvalidOptionError}
 */
export function tokenOf(
  table: TableDescriptor,
  ca: string | undefined,
): string | (() => Promise<string>) {
  const get = (name: string): string | undefined => revealedOption(table, `properties.${name}`)
  const { token } = attachmentOf(table)
  if (token) return freshTokens(token)
  const url = get(URL_OPTION)
  if (url !== undefined) return freshTokens(endpointOf(table, url, ca))
  const given = get('sasl.oauthbearer.token')
  if (given !== undefined) return given
  throw invalid(
    table,
    'sasl.oauthbearer.token',
    `a token; or 'properties.${URL_OPTION}' gives them`,
  )
}

function endpointOf(table: TableDescriptor, url: string, ca: string | undefined) {
  const get = (name: string): string | undefined => revealedOption(table, `properties.${name}`)
  checkUrl(table, url)
  const jaas = get('sasl.jaas.config') ?? ''
  const own = 'sasl.oauthbearer.client.credentials.client'
  const clientId = get(`${own}.id`) ?? jaasField(jaas, 'clientId')
  const clientSecret = get(`${own}.secret`) ?? jaasField(jaas, 'clientSecret')
  const scope = get('sasl.oauthbearer.scope') ?? jaasField(jaas, 'scope')
  if (clientId === undefined || clientSecret === undefined)
    throw invalid(
      table,
      `${own}.${clientId === undefined ? 'id' : 'secret'}`,
      'what the authorization server knows the program by: its id, and its secret',
    )
  const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] }
  const endpoint = {
    url,
    clientId,
    clientSecret,
    ...(scope !== undefined && { scope }),
    ...trusted,
  }
  return () => requestToken(endpoint)
}

/** A secret does not leave the machine unless encrypted, or told to. */
function checkUrl(table: TableDescriptor, text: string): void {
  if (!URL.canParse(text)) throw invalid(table, URL_OPTION, 'a URL')
  const { protocol, hostname } = new URL(text)
  const isHere = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
  const isForced = table.options.get('properties.sasl.plain.without.tls')?.toLowerCase() === 'true'
  if (protocol === 'https:' || (protocol === 'http:' && (isHere || isForced))) return
  throw invalid(
    table,
    URL_OPTION,
    "an https: URL, for the secret is sent there as it is; 'properties.sasl.plain.without.tls' = 'true' allows http:",
  )
}

function invalid(table: TableDescriptor, name: string, expected: string): InvalidOptionError {
  const option = `properties.${name}`
  const value = table.options.get(option) ?? ''
  return new InvalidOptionError({ table: table.name, option, value, expected })
}
