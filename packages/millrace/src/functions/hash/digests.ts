// `MD5`, `SHA1`, `SHA224`, `SHA256`, `SHA384`, `SHA512`, `SHA2`: digests of a text's UTF-8 bytes, in hex.

import { md5 as md5Of, sha1 as sha1Of } from '@noble/hashes/legacy.js'
import {
  sha224 as sha224Of,
  sha256 as sha256Of,
  sha384 as sha384Of,
  sha512 as sha512Of,
} from '@noble/hashes/sha2.js'
import { hex } from '../../types/canonical-json.ts'
import { types } from '../../types/data-type.ts'
import { utf8Encode } from '../../types/text/utf8.ts'
import { EvaluationError } from '../evaluation-error.ts'
import { simpleFunction } from '../scalar-function.ts'

type Digest = (bytes: Uint8Array) => Uint8Array

const digest = (hash: Digest, value: string | Uint8Array): string =>
  hex(hash(typeof value === 'string' ? utf8Encode(value) : value))

export const md5 = hashFunction('MD5', md5Of, 32, '900150983cd24fb0d6963f7d28e17f72')
export const sha1 = hashFunction('SHA1', sha1Of, 40, 'a9993e364706816aba3e25717850c26c9cd0d89d')
export const sha224 = hashFunction('SHA224', sha224Of, 56)
export const sha256 = hashFunction('SHA256', sha256Of, 64)
export const sha384 = hashFunction('SHA384', sha384Of, 96)
export const sha512 = hashFunction('SHA512', sha512Of, 128)

function hashFunction(name: string, hash: Digest, length: number, ofAbc?: string) {
  return simpleFunction({
    name,
    group: 'hash',
    summary: `The ${name} digest of the text, as ${length} hexadecimal digits.`,
    ...(ofAbc === undefined ? {} : { examples: [[`${name}('abc')`, `'${ofAbc}'`]] as const }),
    takes: ['text-or-bytes'],
    returns: types.char(length),
    evaluate: (value: string | Uint8Array) => digest(hash, value),
  })
}

const BY_BITS: Readonly<Record<number, Digest>> = {
  224: sha224Of,
  256: sha256Of,
  384: sha384Of,
  512: sha512Of,
}

export const sha2 = simpleFunction({
  name: 'SHA2',
  group: 'hash',
  summary: 'The SHA-2 digest of the text, of 224, 256, 384 or 512 bits, as hexadecimal digits.',
  examples: [["SHA2('abc', 224)", "'23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7'"]],
  takes: ['text-or-bytes', 'int'],
  returns: types.varchar(128),
  evaluate: (value: string | Uint8Array, bits: number) => {
    const hash = BY_BITS[bits]
    if (hash === undefined) {
      throw new EvaluationError(
        `SHA2 has no digest of ${bits} bits`,
        'Take 224, 256, 384 or 512 bits.',
      )
    }
    return digest(hash, value)
  },
})
