// What programs load when they start: texts of the reference, and completion, only when they are asked for.

import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, it } from 'vitest'

const SOURCES = resolve(import.meta.dirname, '../../packages/millrace/src')

/** The modules that a module imports at once; types are erased. */
const importsOf = (path: string): string[] =>
  [
    ...readFileSync(path, 'utf8').matchAll(
      /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'/gm,
    ),
  ].map(match => join(dirname(path), match[1] as string))

function loadedBy(entry: string): Set<string> {
  const loaded = new Set<string>()
  const pending = [join(SOURCES, entry)]
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    if (loaded.has(path)) continue
    loaded.add(path)
    pending.push(...importsOf(path))
  }
  return new Set([...loaded].map(path => relative(SOURCES, path)))
}

it('loads neither the reference nor completion with the package', () => {
  const loaded = [...loadedBy('index.ts')]
  expect(loaded).toContain('sql/parser/statements.ts')
  expect(loaded.filter(path => /^sql\/(?:reference|completion)\//.test(path))).toEqual([])
})
