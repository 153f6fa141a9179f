// The generated parts of docs/sql.md are those that the code gives.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { fillPage } from '../docs/reference.ts'

it('lists every function and option as the code has them (else: npm run docs:options)', () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/sql.md'), 'utf8')
  expect(fillPage(page)).toBe(page)
})
