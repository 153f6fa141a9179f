// The hash functions.

import type { ScalarFunction } from '../function-definition.ts'
import { md5, sha1, sha2, sha224, sha256, sha384, sha512 } from './digests.ts'

export const hashFunctions: readonly ScalarFunction[] = [
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
  sha2,
]
