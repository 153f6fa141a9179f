// `npm run docs:options`: writes the generated parts of docs/sql.md and docs/kafka.md anew.

import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fillPage, kafkaParts, referenceParts } from './reference.ts'

for (const [name, parts] of [
  ['sql.md', referenceParts()],
  ['kafka.md', kafkaParts()],
] as const) {
  const page = resolve(import.meta.dirname, '../../docs', name)
  writeFileSync(page, fillPage(readFileSync(page, 'utf8'), parts))
}
