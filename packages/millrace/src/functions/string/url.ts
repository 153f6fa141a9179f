// `PARSE_URL`, `URL_ENCODE`, `URL_DECODE`.

import { types } from '../../types/data-type.ts'
import { utf8Decode, utf8Encode } from '../../types/text/utf8.ts'
import { simpleFunction } from '../scalar-function.ts'

export const parseUrl = simpleFunction({
  name: 'PARSE_URL',
  group: 'string',
  summary:
    'A part of a URL: HOST, PATH, QUERY, REF, PROTOCOL, FILE, AUTHORITY or USERINFO; with a key, its value in the QUERY. NULL when it has none.',
  examples: [["PARSE_URL('http://a.com/p?k=v', 'QUERY', 'k')", "'v'"]],
  takes: ['text', 'text', 'text'],
  optional: 1,
  returns: types.string,
  mayReturnNull: true,
  evaluate: (url: string, part: string, key?: string) => {
    const value = partOfUrl(url, part)
    if (key === undefined || value === null) return value
    return part === 'QUERY' ? queryValue(value, key) : null
  },
})

/** The protocols that java.net.URL knows, and the shape of their URLs. */
const URL_SHAPE =
  /^\s*(https?|ftp|file|jar|mailto):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([\s\S]*))?$/i

function partOfUrl(url: string, part: string): string | null {
  const match = URL_SHAPE.exec(url.trim())
  if (match === null) return null
  const [, protocol = '', authority, path = '', query, ref] = match
  const at = authority?.lastIndexOf('@') ?? -1
  const host = (authority ?? '').slice(at + 1)
  if (/:[^\]]*[^\d\]][^\]]*$/.test(host)) return null
  switch (part) {
    case 'HOST':
      return (authority ?? '').indexOf('@') < at ? '' : host.replace(/:\d*$/, '')
    case 'PATH':
      return path
    case 'QUERY':
      return query ?? null
    case 'REF':
      return ref ?? null
    case 'PROTOCOL':
      return protocol.toLowerCase()
    case 'FILE':
      return query === undefined ? path : `${path}?${query}`
    case 'AUTHORITY':
      return authority ?? null
    case 'USERINFO':
      return at < 0 ? null : (authority ?? '').slice(0, at)
    default:
      return null
  }
}

function queryValue(query: string, key: string): string | null {
  const found = query.split('&').find(pair => pair.startsWith(`${key}=`))
  return found === undefined ? null : found.slice(key.length + 1)
}

export const urlEncode = simpleFunction({
  name: 'URL_ENCODE',
  group: 'string',
  summary: 'The text as a form field of a URL (a space is `+`).',
  examples: [["URL_ENCODE('a b&c')", "'a+b%26c'"]],
  takes: ['text'],
  returns: types.string,
  mayReturnNull: true,
  evaluate: (text: string) => {
    let encoded = ''
    for (const byte of utf8Encode(text)) {
      const c = String.fromCharCode(byte)
      if (/[A-Za-z0-9.*_-]/.test(c)) encoded += c
      else if (c === ' ') encoded += '+'
      else encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    }
    return encoded
  },
})

export const urlDecode = simpleFunction({
  name: 'URL_DECODE',
  group: 'string',
  summary: 'The text of a form field of a URL; NULL when it is malformed.',
  examples: [["URL_DECODE('a%20b%26c+d')", "'a b&c d'"]],
  takes: ['text'],
  returns: types.string,
  mayReturnNull: true,
  evaluate: (text: string) => {
    if (/%(?![0-9a-fA-F]{2})/.test(text)) return null
    return text
      .replaceAll('+', ' ')
      .replace(/(?:%[0-9a-fA-F]{2})+/g, run =>
        utf8Decode(Uint8Array.from(run.slice(1).split('%'), digits => Number.parseInt(digits, 16))),
      )
  },
})
