// `npm run docs:options`: writes the generated parts of docs/sql.md anew.

import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fillPage } from './reference.ts'

const page = resolve(import.meta.dirname, '../../docs/sql.md')
writeFileSync(page, fillPage(readFileSync(page, 'utf8')))
