// JSON strings and numbers from bytes to JavaScript values.

import { decodeStrictly, plainText } from '../text/read-string.ts'

/** The string whose token is `[start, end)`, quotes included; `undefined` when it is malformed. */
export function jsonString(bytes: Uint8Array, start: number, end: number): string | undefined {
  const contentEnd = end - 1
  for (let at = start + 1; at < contentEnd; at++) {
    const c = bytes[at] as number
    if (c === 92 || c > 127) return jsonStringSlowly(bytes, start, end)
  }
  return plainText(bytes, start + 1, contentEnd)
}

function jsonStringSlowly(bytes: Uint8Array, start: number, end: number): string | undefined {
  const token = decodeStrictly(bytes, start, end)
  if (token === undefined || !token.includes('\\')) return token?.slice(1, -1)
  try {
    return JSON.parse(token) as string
  } catch {
    return undefined
  }
}

/** Whether `[start, end)` is a number by JSON's grammar. */
export function isJsonNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  if (bytes[at] === 45) at++
  const first = at
  at = skipDigits(bytes, at, end)
  if (at === first || (at - first > 1 && bytes[first] === 48)) return false
  if (at < end && bytes[at] === 46) {
    const fraction = ++at
    at = skipDigits(bytes, at, end)
    if (at === fraction) return false
  }
  if (at < end && ((bytes[at] as number) | 32) === 101) {
    at++
    if (bytes[at] === 43 || bytes[at] === 45) at++
    const exponent = at
    at = skipDigits(bytes, at, end)
    if (at === exponent) return false
  }
  return at === end
}

function skipDigits(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && (bytes[at] as number) >= 48 && (bytes[at] as number) <= 57) at++
  return at
}

/** Whether `[start, end)` is the word `null`, `true` or `false`. */
export function isWord(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word.charCodeAt(i)) return false
  return true
}

/** Whether the whole value, nested ones included, is JSON. */
export function isJson(bytes: Uint8Array, start: number, end: number): boolean {
  const text = decodeStrictly(bytes, start, end)
  if (text === undefined) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/**
 * The JSON text of an object or array without its spaces, numbers as they are written (so no digit is lost), strings in their
 * shortest escaped form; `undefined` when it is malformed.
 */
export function compactJson(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (!isJson(bytes, start, end)) return undefined
  const text = decodeStrictly(bytes, start, end) as string
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|\s+/g, token =>
    token.startsWith('"') ? (token.includes('\\') ? JSON.stringify(JSON.parse(token)) : token) : '',
  )
}
