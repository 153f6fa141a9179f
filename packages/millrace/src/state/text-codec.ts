// Text in state: UTF-8, and for text with lone surrogates its generalisation (WTF-8), so that every string survives exactly.

import type { BinaryReader } from './binary-reader.ts'
import type { BinaryWriter } from './binary-writer.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Short text is coded by hand: a call into the encoder costs more than it saves. Twice this must be below 0x80. */
const SHORT = 40

/** Writes varint(length in bytes × 2 | has lone surrogates), then the bytes. */
export function writeText(out: BinaryWriter, text: string): void {
  const n = text.length
  if (n < SHORT) {
    out.reserve(n + 1)
    const { bytes } = out
    let at = out.length + 1
    let i = 0
    for (; i < n; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 0x7f) break
      bytes[at++] = unit
    }
    if (i === n) {
      bytes[out.length] = n * 2
      out.length = at
      return
    }
  }
  const isWellFormed = text.isWellFormed()
  const encoded = encodeText(text)
  out.varint(encoded.length * 2 + (isWellFormed ? 0 : 1))
  out.append(encoded)
}

/** Reads what `writeText` wrote. */
export function readText(input: BinaryReader): string {
  const head = input.varint()
  const start = input.offset
  const count = Math.floor(head / 2)
  input.need(count)
  input.offset = start + count
  return decodeText(input.bytes, start, start + count, head % 2 === 1)
}

/** UTF-8; a lone surrogate becomes the three bytes of its code point, so that byte order is code point order. */
export function encodeText(text: string): Uint8Array {
  if (text.isWellFormed()) return encoder.encode(text)
  const bytes: number[] = []
  for (const character of text) {
    const point = character.codePointAt(0) as number
    if (point >= 0xd800 && point <= 0xdfff)
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f))
    else bytes.push(...encoder.encode(character))
  }
  return Uint8Array.from(bytes)
}

/** Turns the bytes of `encodeText` back; `hasSurrogates` says whether it wrote lone ones. */
export function decodeText(
  bytes: Uint8Array,
  start: number,
  end: number,
  hasSurrogates: boolean,
): string {
  if (hasSurrogates) return decodeSurrogates(bytes, start, end)
  if (end - start < SHORT) {
    let i = start
    while (i < end && (bytes[i] as number) < 0x80) i++
    if (i === end) return String.fromCharCode.apply(null, bytes.subarray(start, end) as never)
  }
  return decoder.decode(bytes.subarray(start, end))
}

/** Whether bytes of `encodeText` hold a lone surrogate: only there 0xED is followed by 0xA0 or more. */
export function hasEncodedSurrogate(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = bytes.indexOf(0xed, start); i >= 0 && i + 1 < end; i = bytes.indexOf(0xed, i + 1))
    if ((bytes[i + 1] as number) >= 0xa0) return true
  return false
}

function decodeSurrogates(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  let from = start
  for (let i = start; i + 2 < end; i++) {
    if (bytes[i] !== 0xed || (bytes[i + 1] as number) < 0xa0) continue
    text += decoder.decode(bytes.subarray(from, i))
    const high = ((bytes[i + 1] as number) & 0x3f) << 6
    text += String.fromCharCode(0xd000 | high | ((bytes[i + 2] as number) & 0x3f))
    from = i + 3
    i += 2
  }
  return text + decoder.decode(bytes.subarray(from, end))
}
