// The character sets of ENCODE and DECODE.

import { utf8Decode, utf8Encode } from '../../types/text/utf8.ts'
import { EvaluationError } from '../evaluation-error.ts'

/** The bytes of a text. What the set lacks is `?`, as in Java. */
export function encodeText(text: string, charset: string): Uint8Array {
  switch (charset.toUpperCase()) {
    case 'US-ASCII':
    case 'ASCII':
      return singleBytes(text, 127)
    case 'ISO-8859-1':
    case 'LATIN1':
      return singleBytes(text, 255)
    case 'UTF-16':
      return wideBytes(text === '' ? '' : `\ufeff${text}`, false)
    case 'UTF-16BE':
      return wideBytes(text, false)
    case 'UTF-16LE':
      return wideBytes(text, true)
    case 'UTF-8':
    case 'UTF8':
      return utf8Encode(text)
    default:
      return unknown(charset)
  }
}

/** The text of bytes. What the set lacks is U+FFFD. */
export function decodeText(bytes: Uint8Array, charset: string): string {
  switch (charset.toUpperCase()) {
    case 'US-ASCII':
    case 'ASCII':
      return Array.from(bytes, b => (b < 128 ? String.fromCharCode(b) : '\ufffd')).join('')
    case 'ISO-8859-1':
    case 'LATIN1':
      return Array.from(bytes, b => String.fromCharCode(b)).join('')
    case 'UTF-16': {
      const isLittle = bytes[0] === 0xff && bytes[1] === 0xfe
      const isMarked = isLittle || (bytes[0] === 0xfe && bytes[1] === 0xff)
      return wideText(isMarked ? bytes.subarray(2) : bytes, isLittle)
    }
    case 'UTF-16BE':
      return wideText(bytes, false)
    case 'UTF-16LE':
      return wideText(bytes, true)
    case 'UTF-8':
    case 'UTF8':
      return utf8Decode(bytes)
    default:
      return unknown(charset)
  }
}

function unknown(charset: string): never {
  throw new EvaluationError(
    `'${charset}' is no character set that is known here`,
    'Take UTF-8, UTF-16, UTF-16BE, UTF-16LE, US-ASCII or ISO-8859-1.',
  )
}

function singleBytes(text: string, last: number): Uint8Array {
  return Uint8Array.from(text, c => {
    const point = c.codePointAt(0) as number
    return point <= last ? point : 63
  })
}

function wideBytes(text: string, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), isLittle)
  return bytes
}

function wideText(bytes: Uint8Array, isLittle: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let text = ''
  for (let i = 0; i + 1 < bytes.length; i += 2)
    text += String.fromCharCode(view.getUint16(i, isLittle))
  return bytes.length % 2 === 0 ? text : `${text}\ufffd`
}
