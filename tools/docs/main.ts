// `npm run docs:options`: writes the generated parts of docs/sql.md, docs/kafka.md and docs/schema-registry.md anew.

import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fillPage, kafkaParts, referenceParts, registryParts } from './reference.ts'

for (const [name, parts] of [
  ['sql.md', referenceParts()],
  ['kafka.md', kafkaParts()],
  ['schema-registry.md', registryParts()],
] as const) {
  const page = resolve(import.meta.dirname, '../../docs', name)
  writeFileSync(page, fillPage(readFileSync(page, 'utf8'), parts))
}
