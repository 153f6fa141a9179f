// `ASCII`, `CHR`, `ENCODE`, `DECODE`, `TO_BASE64`, `FROM_BASE64`.

import { types } from '../../types/data-type.ts'
import { utf8Decode, utf8Encode } from '../../types/text/utf8.ts'
import type { Hybrid } from '../../types/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { simpleFunction } from '../scalar-function.ts'
import { decodeText, encodeText } from './charset.ts'

export const ascii = simpleFunction({
  name: 'ASCII',
  group: 'string',
  summary: 'The first byte of the text in UTF-8, signed; 0 for an empty text.',
  examples: [["ASCII('abc')", '97']],
  takes: ['text'],
  returns: types.int,
  evaluate: (text: string) => {
    const point = text.codePointAt(0) ?? 0
    return point < 128 ? point : ((utf8Encode(String.fromCodePoint(point))[0] ?? 0) << 24) >> 24
  },
})

export const chr = simpleFunction({
  name: 'CHR',
  group: 'string',
  summary: 'The character of a code, modulo 256; empty for a negative code.',
  examples: [['CHR(97)', "'a'"]],
  takes: ['bigint'],
  returns: types.string,
  mayReturnNull: true,
  evaluate: (code: Hybrid) =>
    code < 0 ? '' : String.fromCharCode(Number(BigInt.asUintN(8, BigInt(code)))),
})

export const encode = simpleFunction({
  name: 'ENCODE',
  group: 'string',
  summary: 'The bytes of the text in a character set.',
  examples: [["ENCODE('é', 'UTF-16LE')", "x'e900'"]],
  takes: ['text', 'text'],
  returns: types.bytes,
  evaluate: encodeText,
})

export const decode = simpleFunction({
  name: 'DECODE',
  group: 'string',
  summary: 'The text of bytes in a character set.',
  examples: [["DECODE(x'e900', 'UTF-16LE')", "'é'"]],
  takes: ['bytes', 'text'],
  returns: types.string,
  evaluate: decodeText,
})

export const toBase64 = simpleFunction({
  name: 'TO_BASE64',
  group: 'string',
  summary: 'The text (its UTF-8 bytes) in Base64.',
  examples: [["TO_BASE64('hello')", "'aGVsbG8='"]],
  takes: ['text-or-bytes'],
  returns: types.string,
  evaluate: (value: string | Uint8Array) => {
    let binary = ''
    for (const byte of typeof value === 'string' ? utf8Encode(value) : value) {
      binary += String.fromCharCode(byte)
    }
    return btoa(binary)
  },
})

export const fromBase64 = simpleFunction({
  name: 'FROM_BASE64',
  group: 'string',
  summary: 'The text whose UTF-8 bytes are written in Base64.',
  examples: [["FROM_BASE64('aGVsbG8=')", "'hello'"]],
  takes: ['text'],
  returns: types.string,
  evaluate: (text: string) => {
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 === 1) {
      throw new EvaluationError(
        `'${text}' is not Base64`,
        'Keep other texts away from FROM_BASE64, for example with a CASE.',
      )
    }
    return utf8Decode(Uint8Array.from(atob(text), c => c.charCodeAt(0)))
  },
})
