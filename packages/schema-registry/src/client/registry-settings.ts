// How a format's registry is reached: options by Flink's names for `avro-confluent`.

import { readFileSync } from 'node:fs'
import {
  type FormatPlace,
  InvalidOptionError,
  MissingOptionError,
  type OptionSchema,
  revealedOption,
} from 'millrace'
import type { HttpSettings } from './http-request.ts'

export interface RegistrySettings {
  /** Without a slash at the end; tried one after the other. */
  readonly urls: readonly string[]
  readonly http: HttpSettings
  /** After the first attempt. */
  readonly retries: { readonly most: number; readonly firstMs: number; readonly longestMs: number }
}

export const REGISTRY_OPTIONS: OptionSchema = [
  {
    name: 'url',
    type: 'string',
    required: true,
    description: 'The registry; several with commas between them are tried in turn.',
  },
  {
    name: 'basic-auth.credentials-source',
    type: 'enum',
    values: ['USER_INFO', 'URL'],
    description: 'Where user and password are: in `basic-auth.user-info`, or in the address.',
  },
  { name: 'basic-auth.user-info', type: 'string', secret: true, description: '`user:password`.' },
  {
    name: 'bearer-auth.credentials-source',
    type: 'enum',
    values: ['STATIC_TOKEN'],
    description: 'Accepted for Flink.',
  },
  {
    name: 'bearer-auth.token',
    type: 'string',
    secret: true,
    description: 'A token, in place of a password.',
  },
  {
    name: 'ssl.truststore.location',
    type: 'string',
    description: 'A PEM file of authorities to trust; by default those of Node.',
  },
  {
    name: 'ssl.truststore.password',
    type: 'string',
    secret: true,
    description: 'Accepted for Flink; PEM files have none.',
  },
  {
    name: 'ssl.keystore.location',
    type: 'string',
    description: "A PEM file of the program's own key and certificates.",
  },
  { name: 'ssl.keystore.password', type: 'string', secret: true, description: 'Opens the key.' },
  {
    name: 'properties.max.retries',
    type: 'int',
    default: '6',
    description: 'How often a registry that does not answer is asked again.',
  },
  {
    name: 'properties.retries.wait.ms',
    type: 'int',
    default: '500',
    description: 'The pause before it is asked again; each is twice the one before.',
  },
  {
    name: 'properties.retries.max.wait.ms',
    type: 'int',
    default: '20000',
    description: 'The longest of these pauses.',
  },
  {
    name: 'properties.http.read.timeout.ms',
    type: 'int',
    default: '30000',
    description: 'How long an answer is waited for.',
  },
]

/** An option of the format, secrets revealed. */
export const formatOption = ({ table, prefix }: FormatPlace, name: string): string | undefined =>
  revealedOption(table, `${prefix}${name}`)

/** @throws {MissingOptionError | InvalidOptionError} */
export function registrySettingsOf(place: FormatPlace): RegistrySettings {
  const get = (name: string): string | undefined => formatOption(place, name)
  const number = (name: string): number =>
    Number(get(name) ?? REGISTRY_OPTIONS.find(o => o.name === name)?.default)
  const urls = (get('url') ?? '').split(',').flatMap(url => (url.trim() === '' ? [] : [url.trim()]))
  if (urls.length === 0)
    throw new MissingOptionError({
      table: place.table.name,
      option: `${place.prefix}url`,
      description: 'the schema registry, such as http://127.0.0.1:8081.',
    })
  const read = urls.map(url => addressOf(place, url))
  const inAddress = read.find(url => url.username !== '')
  const user =
    get('basic-auth.user-info') ??
    (inAddress &&
      `${decodeURIComponent(inAddress.username)}:${decodeURIComponent(inAddress.password)}`)
  return {
    urls: read.map(url => {
      url.username = ''
      url.password = ''
      return url.href.replace(/\/+$/, '')
    }),
    http: {
      headers: authorization(user, get('bearer-auth.token')),
      tls: tlsOf(place),
      timeoutMs: number('properties.http.read.timeout.ms'),
    },
    retries: {
      most: number('properties.max.retries'),
      firstMs: number('properties.retries.wait.ms'),
      longestMs: number('properties.retries.max.wait.ms'),
    },
  }
}

function addressOf(place: FormatPlace, url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return parsed
  throw invalid(place, 'url', url, 'an address such as http://127.0.0.1:8081')
}

function authorization(
  user: string | undefined,
  token: string | undefined,
): Readonly<Record<string, string>> {
  if (user !== undefined) return { authorization: `Basic ${Buffer.from(user).toString('base64')}` }
  return token === undefined ? {} : { authorization: `Bearer ${token}` }
}

function tlsOf(place: FormatPlace): HttpSettings['tls'] {
  const file = (name: string): string | undefined => {
    const path = formatOption(place, name)
    if (path === undefined) return undefined
    let text: string
    try {
      text = readFileSync(path, 'utf8')
    } catch (error) {
      throw invalid(place, name, path, `a file that can be read: ${(error as Error).message}`)
    }
    if (text.includes('-----BEGIN')) return text
    throw invalid(place, name, path, 'a PEM file (keytool and openssl turn a JKS one into it)')
  }
  const ca = file('ssl.truststore.location')
  const own = file('ssl.keystore.location')
  const passphrase = formatOption(place, 'ssl.keystore.password')
  return {
    ...(ca !== undefined && { ca }),
    ...(own !== undefined && { key: own, cert: own }),
    ...(passphrase !== undefined && { passphrase }),
  }
}

function invalid(
  { table, prefix }: FormatPlace,
  name: string,
  value: string,
  expected: string,
): InvalidOptionError {
  return new InvalidOptionError({ table: table.name, option: `${prefix}${name}`, value, expected })
}
