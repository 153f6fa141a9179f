// `npm run docs:reference`: writes docs/reference and docs/flink-differences.md anew.

import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { referencePages } from './reference/pages.ts'

const folder = resolve(import.meta.dirname, '../../docs')
const pages = await referencePages()

for (const stale of globSync('reference/**/*.md', { cwd: folder }))
  if (!pages.has(stale)) rmSync(join(folder, stale))
for (const [path, text] of pages) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
