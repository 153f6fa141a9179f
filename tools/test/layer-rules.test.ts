// The layer check: what it refuses and what it lets through.

import { describe, expect, it } from 'vitest'
import { checkFile, checkFolders } from '../layers/layer-rules.ts'
import { ALLOWED_IMPORTS } from '../layers/layer-table.ts'
import { readSourceFile } from '../layers/source-file.ts'

const CORE = 'packages/millrace/src'

function messages(path: string, text: string): string[] {
  return checkFile(readSourceFile(path, text)).map(v => `${v.line ?? '-'} ${v.message}`)
}

describe('imports between layers', () => {
  it('lets a layer import a lower one and itself', () => {
    const text = `import { a } from '../types/a.ts'\nimport { b } from './b.ts'\n`
    expect(messages(`${CORE}/sql/parser.ts`, text)).toEqual([])
  })

  it('refuses an import upwards, of types alone too', () => {
    expect(messages(`${CORE}/types/a.ts`, `import type { Plan } from '../plan/plan.ts'`)).toEqual([
      '1 types imports plan: it may import nothing',
    ])
  })

  it('refuses an import sideways', () => {
    expect(messages(`${CORE}/sql/deep/a.ts`, `export { x } from '../../optimizer/x.ts'`)).toEqual([
      '1 sql imports optimizer: it may import plan, connector, format, functions, types',
    ])
  })

  it('refuses an import() and an inline type import as well', () => {
    const text = `const m = await import('../runner/a.ts')\ntype A = import('../runner/a.ts').A\n`
    const found = messages(`${CORE}/runtime/a.ts`, text)
    expect(found.map(m => m.slice(0, 24))).toEqual([
      '1 runtime imports runner',
      '2 runtime imports runner',
    ])
  })

  it('refuses a folder that is no layer', () => {
    expect(messages(`${CORE}/stuff/a.ts`, `import { a } from '../types/a.ts'`)).toEqual([
      '1 "stuff" is no layer: add it to the layer table',
    ])
  })

  it("refuses the package's own entry from inside, and lets the entry import every layer", () => {
    expect(messages(`${CORE}/api/a.ts`, `import { t } from '../index.ts'`)).toHaveLength(1)
    expect(messages(`${CORE}/index.ts`, `export { run } from './runner/run.ts'`)).toEqual([])
  })

  it('has no cycle in its table', () => {
    const layers = Object.keys(ALLOWED_IMPORTS)
    const reaches = (from: string, to: string): boolean =>
      (ALLOWED_IMPORTS[from] ?? []).some(next => next === to || reaches(next, to))
    expect(layers.filter(layer => reaches(layer, layer))).toEqual([])
    expect(
      Object.values(ALLOWED_IMPORTS)
        .flat()
        .filter(to => !layers.includes(to)),
    ).toEqual([])
  })
})

describe('imports between packages', () => {
  it('lets a package import the core by its name only', () => {
    const text = [
      `import { t } from 'millrace'`,
      `import { u } from 'millrace/dist/x.js'`,
      `import { v } from '../../millrace/src/types/v.ts'`,
    ].join('\n')
    expect(messages('packages/duckdb/src/sink.ts', text)).toEqual([
      '2 imports millrace/dist/x.js: only "millrace" is public',
      '3 imports ../../millrace/src/types/v.ts from outside of packages/duckdb: import the package by its name',
    ])
  })

  it('refuses the core importing a package around it', () => {
    expect(messages(`${CORE}/runner/a.ts`, `import { d } from '@millrace/duckdb'`)).toEqual([
      '1 the core imports @millrace/duckdb',
    ])
  })
})

describe('the world below the runner', () => {
  it.each([
    [`import fs from 'node:fs'`, 'node:fs'],
    [`import fs from 'fs'`, 'fs'],
    ['const a = Date.now()', 'Date.now'],
    ['const a = new Date()', 'new Date()'],
    ['const a = Math.random()', 'Math.random'],
    [`const a = Math['random']()`, 'Math.random'],
    ['setTimeout(f, 1)', 'setTimeout'],
    ['globalThis.setTimeout(f, 1)', 'setTimeout'],
    ['const a = process.env', 'process.env'],
    ['const a = { process }', 'process'],
    ['console.log(1)', 'console.log'],
    ['const a = performance.now()', 'performance.now'],
  ])('refuses %s in the runtime, and allows it in the runner', (text, name) => {
    const [message, ...others] = messages(`${CORE}/runtime/a.ts`, text)
    expect(message).toContain(` ${name}: go through the ports`)
    expect(others).toEqual([])
    expect(messages(`${CORE}/runner/a.ts`, text)).toEqual([])
  })

  it.each([
    '// process.exit()',
    `const a = 'Date.now()'`,
    'class A { process(e: number) { return this.process(e) } }',
    'const a = new Date(0)',
    'const a = Math.floor(1)',
    'interface A { console: string; process(e: number): void }',
    'export const f = (process: number) => process + 1',
    'export const f = ({ console }: { console: number }) => console + 1',
  ])('lets %s pass', text => {
    expect(messages(`${CORE}/runtime/a.ts`, text)).toEqual([])
  })
})

describe('names and sizes', () => {
  it('refuses a file past 500 lines and lets 500 pass', () => {
    expect(messages(`${CORE}/sql/a.ts`, '\n'.repeat(500))).toEqual([])
    expect(messages(`${CORE}/sql/a.ts`, '\n'.repeat(501))).toEqual([
      '- 501 lines, at most 500: split it',
    ])
  })

  it('refuses export *', () => {
    expect(messages(`${CORE}/index.ts`, `\nexport * from './sql/a.ts'`)).toEqual([
      '2 export *: write the names out',
    ])
  })

  it('refuses names without a role, as a word of the name alone', () => {
    expect(messages(`${CORE}/sql/parse-utils.ts`, '')).toHaveLength(1)
    expect(messages(`${CORE}/common/a.ts`, '')).toHaveLength(1)
    expect(messages(`${CORE}/sql/uncommon.ts`, '')).toEqual([])
  })

  it('reports folders past 25 files, but for those that hold one function a file', () => {
    const many = (folder: string) => Array.from({ length: 26 }, (_, i) => `${folder}/f${i}.ts`)
    expect(checkFolders(many(`${CORE}/sql`)).map(v => v.path)).toEqual([`${CORE}/sql`])
    expect(checkFolders(many(`${CORE}/sql`).slice(1))).toEqual([])
    expect(checkFolders(many(`${CORE}/functions/string`))).toEqual([])
  })
})
