// Casts to BINARY and VARBINARY: the UTF-8 bytes of a text, cut to the length and, for BINARY, padded with zeros.

import type { DataTypeOf } from '../../types/data-type.ts'
import { isBinary, isCharacter } from '../../types/data-type.ts'
import type { FindConversion } from './conversion.ts'
import { identity } from './conversion.ts'

const encoder = new TextEncoder()

export const toBinary: FindConversion = (from, target) => {
  const to = target as DataTypeOf<'binary' | 'varbinary'>
  if (isCharacter(from)) return { convert: (text: string) => fit(encoder.encode(text), to) }
  if (!isBinary(from)) return undefined
  const { kind, length } = from as DataTypeOf<'binary' | 'varbinary'>
  const unchanged =
    to.kind === 'binary' ? kind === 'binary' && length === to.length : length <= to.length
  return unchanged ? identity : { convert: (bytes: Uint8Array) => fit(bytes, to) }
}

function fit(bytes: Uint8Array, to: DataTypeOf<'binary' | 'varbinary'>): Uint8Array {
  if (bytes.length > to.length) return bytes.slice(0, to.length)
  if (to.kind === 'varbinary' || bytes.length === to.length) return bytes
  const padded = new Uint8Array(to.length)
  padded.set(bytes)
  return padded
}
