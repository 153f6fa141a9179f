// docs/reference is what the registry gives, its examples run, and what it says of functions holds.

import { globSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { builtInFunctions } from '../../packages/millrace/src/functions/built-in.ts'
import { KNOWN_STATEMENTS } from '../../packages/millrace/src/sql/known-statements.ts'
import { differences } from '../../packages/millrace/src/sql/reference/differences/differences.ts'
import {
  functionEntries,
  functionPages,
} from '../../packages/millrace/src/sql/reference/function-pages.ts'
import {
  clauseEntries,
  statementEntries,
} from '../../packages/millrace/src/sql/reference/reference.ts'
import { calledValues } from '../docs/reference/evaluate-calls.ts'
import { referencePages } from '../docs/reference/pages.ts'
import { runExample } from '../docs/reference/run-example.ts'

const folder = resolve(import.meta.dirname, '../../docs')

const told = Object.values(differences)
  .flat()
  .flatMap(({ what, example }) => (example ? [{ what, example }] : []))

describe('docs/reference and docs/flink-differences.md', () => {
  it('is what the registry gives and what the examples print (else: npm run docs:reference)', async () => {
    const made = await referencePages()
    const written = globSync('{reference/**/*,flink-differences}.md', { cwd: folder })
    expect(written.toSorted()).toEqual([...made.keys()].toSorted())
    for (const [path, text] of made)
      expect({ path, text: readFileSync(join(folder, path), 'utf8') }).toEqual({ path, text })
  })
})

describe('the registry of the reference', () => {
  it.each([...statementEntries, ...clauseEntries])('$name has examples that run', async entry => {
    expect(entry.examples.length).toBeGreaterThan(0)
    for (const example of entry.examples) {
      const printed = await runExample(example)
      expect(printed, printed.text).toMatchObject({ exitCode: 0 })
      expect(printed.text).not.toBe('')
    }
  })

  it('has an entry of each statement that runs', () => {
    const pages = statementEntries.map(e => e.syntax)
    const missing = KNOWN_STATEMENTS.filter(
      s => s.fate === 'runs' && !pages.some(syntax => mentions(syntax, s.words)),
    )
    expect(missing.map(s => s.words.join(' '))).toEqual([])
  })

  it.each(told)('$what: the example ends as told', async ({ example }) => {
    const { exitCode, text } = await runExample(example)
    expect(exitCode, text).toBe(example.isRefused ? 1 : 0)
  })

  it('tells differences of pages that there are', () => {
    const all = Object.values(differences).flat()
    const pages = [...statementEntries, ...clauseEntries, ...functionPages()].map(p => p.name)
    expect(all.flatMap(d => d.pages ?? []).filter(page => !pages.includes(page))).toEqual([])
    expect(new Set(all.map(d => d.what)).size).toBe(all.length)
  })

  it('has an entry of each function, and of no other', () => {
    const twins = Object.values(functionEntries).flatMap(e => e.twins ?? [])
    const entries = [...Object.keys(functionEntries), ...twins].toSorted()
    expect(entries).toEqual(builtInFunctions.map(f => f.name).toSorted())
  })

  it.each(functionPages())('$name does what its page says', async ({ group, ...page }) => {
    expect(page.examples.length + page.queries.length).toBeGreaterThan(0)
    expect(page.forms.length).toBeGreaterThan(0)
    expect(page.summary).toMatch(/\.$/)
    for (const query of page.queries) expect(await runExample(query)).toMatchObject({ exitCode: 0 })
    for (const { call, is, said } of await calledValues(page.examples, group))
      if (typeof is === 'number' && typeof said === 'number') expect(is, call).toBeCloseTo(said, 12)
      else expect({ call, is }).toEqual({ call, is: said })
  })
})

/** Whether a grammar begins with these words somewhere, optional ones between them aside. */
function mentions(syntax: string, words: readonly string[]): boolean {
  const plain = syntax.replaceAll(/[[\]{}()|]/g, ' ')
  return words.every(word => new RegExp(`\\b${word}\\b`).test(plain))
}
