// Checks the layers, names and sizes of all sources; prints each violation and exits with 1 when there is one.

import { readFileSync, globSync } from 'node:fs'
import { checkFile, checkFolders } from './layers/layer-rules.ts'
import { readSourceFile } from './layers/source-file.ts'

const paths = globSync(
  [
    'packages/*/{src,test}/**/*.{ts,tsx}',
    'examples/*/{src,test}/**/*.{ts,tsx}',
    'bench/**/*.ts',
    'conformance/*.ts',
    'tools/**/*.ts',
  ],
  { exclude: ['**/node_modules/**', '**/dist/**'] },
).sort()

const files = paths.map(path => readSourceFile(path, readFileSync(path, 'utf8')))
const violations = [...checkFolders(paths), ...files.flatMap(checkFile)]

for (const { path, line, message } of violations) {
  console.log(`${path}${line === undefined ? '' : `:${line}`}: ${message}`)
}
console.log(`layers: ${files.length} files, ${violations.length} violations`)
process.exitCode = violations.length > 0 || files.length === 0 ? 1 : 0
