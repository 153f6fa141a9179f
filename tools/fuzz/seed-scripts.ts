// The scripts that are damaged: the conformance cases and the examples of the docs, as tokens.

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tokenize } from '../../packages/millrace/src/sql/lexer.ts'
import type { Token } from '../../packages/millrace/src/sql/tokens.ts'

/** A token with its text as written. */
export interface ScriptToken {
  readonly kind: Token['kind']
  readonly text: string
}

export interface SeedScript {
  readonly tokens: readonly ScriptToken[]
  /** From each opening bracket to its closing one. */
  readonly brackets: readonly (readonly [number, number])[]
}

const ROOT = join(import.meta.dirname, '..', '..')

/** In the order of their names, so that a seed means the same everywhere. */
export function readSeedScripts(): readonly SeedScript[] {
  const cases = ['open', 'own'].flatMap(half =>
    globSync(`conformance/${half}/cases/**/*.sql`, { cwd: ROOT })
      .sort()
      .map(file =>
        readFileSync(join(ROOT, file), 'utf8').replaceAll(
          // biome-ignore lint/suspicious/noTemplateCurlyInString: the text that cases have for the folder
          '${DATA}',
          join(ROOT, 'conformance', half, 'data'),
        ),
      ),
  )
  const examples = globSync('docs/*.md', { cwd: ROOT })
    .sort()
    .flatMap(file =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/```sql[^\n]*\n([\s\S]*?)```/g)].map(
        m => m[1] as string,
      ),
    )
  return [...cases, ...examples].flatMap(text => {
    const tokens = tokensOf(text)
    return tokens ? [{ tokens, brackets: bracketsOf(tokens) }] : []
  })
}

function tokensOf(text: string): readonly ScriptToken[] | undefined {
  try {
    return tokenize(text)
      .filter(t => t.kind !== 'end')
      .map(({ kind, start, end }) => ({ kind, text: text.slice(start, end) }))
  } catch {
    return undefined
  }
}

function bracketsOf(tokens: readonly ScriptToken[]): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = []
  const open: number[] = []
  for (const [i, { text }] of tokens.entries())
    if (text === '(') open.push(i)
    else if (text === ')') {
      const start = open.pop()
      if (start !== undefined) pairs.push([start, i])
    }
  return pairs
}
