// Encryption and identity, by the names of Kafka's clients.

import { readFileSync } from 'node:fs'
import type { ConnectionOptions as TlsOptions } from 'node:tls'
import type { SASLOptions } from '@platformatic/kafka'
import {
  InvalidOptionError,
  type OptionSchema,
  revealedOption,
  type TableDescriptor,
} from 'millrace'
import { jaasField } from './jaas.ts'
import { TOKEN_OPTIONS, tokenOf } from './token-options.ts'

const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'] as const

export const SECURITY_OPTIONS: OptionSchema = [
  {
    name: 'properties.security.protocol',
    type: 'enum',
    values: ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'],
    default: 'PLAINTEXT',
    description: 'Whether the connection is encrypted, and whether the program says who it is.',
  },
  {
    name: 'properties.sasl.mechanism',
    type: 'enum',
    values: MECHANISMS,
    description: 'How the program says who it is.',
  },
  {
    name: 'properties.sasl.jaas.config',
    type: 'string',
    secret: true,
    description: 'User and password as Java has them: `… required username="…" password="…";`.',
  },
  ...TOKEN_OPTIONS,
  {
    name: 'properties.sasl.plain.without.tls',
    type: 'boolean',
    default: 'false',
    description:
      'Lets PLAIN send a password that is not encrypted, and a secret go to an http: authorization server.',
  },
  {
    name: 'properties.ssl.truststore.location',
    type: 'string',
    description: 'A PEM file of authorities to trust; by default those of Node.',
  },
  {
    name: 'properties.ssl.truststore.certificates',
    type: 'string',
    description: 'The same as text.',
  },
  {
    name: 'properties.ssl.truststore.type',
    type: 'enum',
    values: ['PEM'],
    description: 'PEM.',
  },
  {
    name: 'properties.ssl.keystore.location',
    type: 'string',
    description: "A PEM file of the program's own key and certificates.",
  },
  {
    name: 'properties.ssl.keystore.key',
    type: 'string',
    secret: true,
    description: 'The key as PEM text.',
  },
  {
    name: 'properties.ssl.keystore.certificate.chain',
    type: 'string',
    description: 'The certificates as PEM text.',
  },
  { name: 'properties.ssl.keystore.type', type: 'enum', values: ['PEM'], description: 'PEM.' },
  {
    name: 'properties.ssl.key.password',
    type: 'string',
    secret: true,
    description: 'Opens the key.',
  },
  {
    name: 'properties.ssl.endpoint.identification.algorithm',
    type: 'string',
    default: 'https',
    description: "Empty: the broker's name need not be that of its certificate.",
  },
]

/** What a table says of it. @throws {InvalidOptionError} */
export function securityOf(table: TableDescriptor): {
  readonly tls?: TlsOptions
  readonly sasl?: SASLOptions
} {
  const protocol = (table.options.get('properties.security.protocol') ?? 'PLAINTEXT').toUpperCase()
  const tls = protocol.endsWith('SSL') ? tlsOf(table) : undefined
  const sasl = protocol.startsWith('SASL') ? saslOf(table, tls) : undefined
  return { ...(tls && { tls }), ...(sasl && { sasl }) }
}

/** The user that a table names, where it has a password; undefined with a token, a certificate, or none of them. */
export function userOf(table: TableDescriptor): string | undefined {
  const protocol = table.options.get('properties.security.protocol')?.toUpperCase() ?? ''
  const jaas = revealedOption(table, 'properties.sasl.jaas.config')
  return protocol.startsWith('SASL') && jaas !== undefined ? jaasField(jaas, 'username') : undefined
}

function tlsOf(table: TableDescriptor): TlsOptions {
  const get = (name: string): string | undefined => revealedOption(table, `properties.ssl.${name}`)
  const file = (name: string): string | undefined => {
    const path = get(name)
    if (path === undefined) return undefined
    try {
      return readFileSync(path, 'utf8')
    } catch (error) {
      throw invalid(table, `ssl.${name}`, `a file that can be read: ${(error as Error).message}`)
    }
  }
  const ca = get('truststore.certificates') ?? file('truststore.location')
  const keystore = file('keystore.location')
  const key = get('keystore.key') ?? keystore
  const cert = get('keystore.certificate.chain') ?? keystore
  const passphrase = get('key.password')
  const checksName = get('endpoint.identification.algorithm') !== ''
  return {
    ...(ca !== undefined && { ca }),
    ...(key !== undefined && { key }),
    ...(cert !== undefined && { cert }),
    ...(passphrase !== undefined && { passphrase }),
    ...(!checksName && { checkServerIdentity: () => undefined }),
  }
}

function saslOf(table: TableDescriptor, tls: TlsOptions | undefined): SASLOptions {
  const get = (name: string): string | undefined => revealedOption(table, `properties.sasl.${name}`)
  const mechanism = MECHANISMS.find(m => m === get('mechanism')?.toUpperCase())
  if (!mechanism)
    throw invalid(table, 'sasl.mechanism', `one of ${MECHANISMS.join(', ')}, with SASL_…`)
  if (mechanism === 'OAUTHBEARER')
    return { mechanism, token: tokenOf(table, typeof tls?.ca === 'string' ? tls.ca : undefined) }
  if (mechanism === 'PLAIN' && !tls && get('plain.without.tls')?.toLowerCase() !== 'true')
    throw invalid(
      table,
      'security.protocol',
      "SASL_SSL with PLAIN, which sends the password as it is; 'properties.sasl.plain.without.tls' = 'true' does so all the same",
    )
  const jaas = get('jaas.config') ?? ''
  const username = jaasField(jaas, 'username')
  const password = jaasField(jaas, 'password')
  if (username === undefined || password === undefined)
    throw new InvalidOptionError({
      table: table.name,
      option: 'properties.sasl.jaas.config',
      value: '***',
      expected: 'a text with username="…" and password="…"',
    })
  return { mechanism, username, password }
}

function invalid(table: TableDescriptor, name: string, expected: string): InvalidOptionError {
  const option = `properties.${name}`
  const value = table.options.get(option) ?? ''
  return new InvalidOptionError({ table: table.name, option, value, expected })
}
