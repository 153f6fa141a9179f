// Encryption and identity of a connection, typed, as the options that tables of SQL have.

import { InvalidOptionError, Secret } from 'millrace'
import type { TokenProvider } from '../client/token.ts'
import { jaasText } from '../options/jaas.ts'
import { checkNames, type NamesOf } from './check-names.ts'

/** Options of a table by their names in DDL. */
export type TableOptions = Record<string, string | Secret>

export interface KafkaTls {
  /** Authorities to trust, as PEM text; absent: those of Node. */
  readonly ca?: string
  /** The same as a file. */
  readonly caFile?: string
  /** The program's own certificates, as PEM text. */
  readonly certificate?: string
  readonly key?: Secret
  /** A PEM file of the program's own key and certificates. */
  readonly keystoreFile?: string
  /** Opens the key. */
  readonly keyPassword?: Secret
  /** Whether the broker's name must be that of its certificate; by default true. */
  readonly checkName?: boolean
}

export interface KafkaPassword {
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'
  readonly username: string
  readonly password: Secret
  /** Lets PLAIN send a password that is not encrypted. */
  readonly withoutTls?: boolean
}

export interface KafkaToken {
  readonly mechanism: 'OAUTHBEARER'
  /** A token, or what gives fresh ones. */
  readonly token: Secret | TokenProvider
}

export interface KafkaClientCredentials {
  readonly mechanism: 'OAUTHBEARER'
  /** The URL of an authorization server that gives tokens. */
  readonly tokenEndpoint: string
  readonly clientId: string
  readonly clientSecret: Secret
  readonly scope?: string
}

export type KafkaSasl = KafkaPassword | KafkaToken | KafkaClientCredentials

export interface KafkaSecurity {
  /** Absent: the connection is not encrypted. */
  readonly tls?: boolean | KafkaTls
  /** How the program says who it is. */
  readonly sasl?: KafkaSasl
}

const SECURITY: NamesOf<KafkaSecurity> = { tls: true, sasl: true }

const TLS: NamesOf<KafkaTls> = {
  ca: true,
  caFile: true,
  certificate: true,
  key: true,
  keystoreFile: true,
  keyPassword: true,
  checkName: true,
}

const PASSWORD: NamesOf<KafkaPassword> = {
  mechanism: true,
  username: true,
  password: true,
  withoutTls: true,
}

const TOKEN: NamesOf<KafkaToken> = { mechanism: true, token: true }

const CREDENTIALS: NamesOf<KafkaClientCredentials> = {
  mechanism: true,
  tokenEndpoint: true,
  clientId: true,
  clientSecret: true,
  scope: true,
}

const LOGIN_MODULES = {
  OAUTHBEARER: 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule',
  PLAIN: 'org.apache.kafka.common.security.plain.PlainLoginModule',
  SCRAM: 'org.apache.kafka.common.security.scram.ScramLoginModule',
}

/** @throws {UnknownSettingError | InvalidOptionError} */
export function securityOptions(security: KafkaSecurity): TableOptions {
  checkNames('kafka({ security })', security, SECURITY)
  const { tls, sasl } = security
  const isEncrypted = tls !== undefined && tls !== false
  return {
    'properties.security.protocol': `${sasl ? 'SASL_' : ''}${isEncrypted ? 'SSL' : 'PLAINTEXT'}`,
    ...(typeof tls === 'object' && tlsOptions(tls)),
    ...(sasl && saslOptions(sasl)),
  }
}

function tlsOptions(tls: KafkaTls): TableOptions {
  checkNames('kafka({ security: { tls } })', tls, TLS)
  requireSecret('tls.key', tls.key)
  requireSecret('tls.keyPassword', tls.keyPassword)
  return present({
    'properties.ssl.truststore.certificates': tls.ca,
    'properties.ssl.truststore.location': tls.caFile,
    'properties.ssl.keystore.certificate.chain': tls.certificate,
    'properties.ssl.keystore.key': tls.key,
    'properties.ssl.keystore.location': tls.keystoreFile,
    'properties.ssl.key.password': tls.keyPassword,
    'properties.ssl.endpoint.identification.algorithm': tls.checkName === false ? '' : undefined,
  })
}

function saslOptions(sasl: KafkaSasl): TableOptions {
  const of = 'kafka({ security: { sasl } })'
  const mechanism = { 'properties.sasl.mechanism': sasl.mechanism }
  if ('tokenEndpoint' in sasl) return { ...mechanism, ...endpointOptions(of, sasl) }
  if (sasl.mechanism === 'OAUTHBEARER') {
    checkNames(of, sasl, TOKEN)
    const { token } = sasl
    if (typeof token === 'function')
      return { ...mechanism, 'properties.sasl.oauthbearer.token': new Secret('') }
    requireSecret('sasl.token', token)
    return { ...mechanism, 'properties.sasl.oauthbearer.token': token }
  }
  checkNames(of, sasl, PASSWORD)
  requireSecret('sasl.password', sasl.password)
  const { username, password, withoutTls } = sasl
  const module = LOGIN_MODULES[sasl.mechanism === 'PLAIN' ? 'PLAIN' : 'SCRAM']
  const jaas = (text: string) => jaasText(module, { username, password: text })
  return present({
    ...mechanism,
    'properties.sasl.jaas.config': new Secret(jaas(password.reveal()), jaas(password.shown)),
    'properties.sasl.plain.without.tls': withoutTls ? 'true' : undefined,
  })
}

function endpointOptions(of: string, credentials: KafkaClientCredentials): TableOptions {
  checkNames(of, credentials, CREDENTIALS)
  const { tokenEndpoint, clientId, clientSecret, scope } = credentials
  requireSecret('sasl.clientSecret', clientSecret)
  const jaas = (text: string) =>
    jaasText(LOGIN_MODULES.OAUTHBEARER, {
      clientId,
      clientSecret: text,
      ...(scope !== undefined && { scope }),
    })
  return {
    'properties.sasl.oauthbearer.token.endpoint.url': tokenEndpoint,
    'properties.sasl.jaas.config': new Secret(
      jaas(clientSecret.reveal()),
      jaas(clientSecret.shown),
    ),
  }
}

/** Programs without a type checker may give a text, which would be printed. */
function requireSecret(option: string, value: unknown): void {
  if (value === undefined || value instanceof Secret) return
  throw new InvalidOptionError({
    table: 'kafka(…)',
    option,
    value: '***',
    expected: 'a secret: secret(process.env.…)',
  })
}

/** Options that are given. */
export function present(
  options: Readonly<Record<string, string | Secret | undefined>>,
): TableOptions {
  const given: TableOptions = {}
  for (const [name, value] of Object.entries(options)) if (value !== undefined) given[name] = value
  return given
}
