// The page of errors has an entry for each code, and for no other.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { ERROR_CODES } from '../../packages/millrace/src/types/error-codes.ts'

const page = readFileSync(resolve(import.meta.dirname, '../../docs/errors.md'), 'utf8')

it('documents every error code once, in the order of the list', () => {
  const documented = [...page.matchAll(/^### (MR_\w+)\n\S/gm)].map(match => match[1])
  expect(documented).toEqual([...ERROR_CODES])
})
