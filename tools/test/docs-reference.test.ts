// The generated parts of the pages are those that the code gives.

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { fillPage, kafkaParts, referenceParts, registryParts } from '../docs/reference.ts'

it.each([
  ['sql.md', referenceParts],
  ['kafka.md', kafkaParts],
  ['schema-registry.md', registryParts],
])('%s lists every option as the code has it (else: npm run docs:options)', (name, parts) => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs', name), 'utf8')
  expect(fillPage(page, parts())).toBe(page)
})
