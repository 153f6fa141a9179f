// The programs of a page: code blocks that claim to run, with what they claim to print.
//
//   ```ts run     starts a program          ```ts more      goes on with it
//   ```sql run    an SQL script             ```text output  what is printed up to here

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../../../..')

export interface DocumentedProgram {
  readonly page: string
  /** Of the first block, from 1. */
  readonly line: number
  readonly language: 'ts' | 'sql'
  readonly code: string
  /** Undefined: the page does not say. */
  readonly output: string | undefined
}

/** All programs of a page, by its path from the root of the repository. */
export function programsOf(page: string): DocumentedProgram[] {
  const programs: DocumentedProgram[] = []
  for (const { info, text, line } of blocksOf(readFileSync(resolve(ROOT, page), 'utf8'))) {
    const last = programs.at(-1)
    const [language, role] = info.split(' ')
    if (role === 'run')
      programs.push({ page, line, language: language as 'ts', code: text, output: undefined })
    else if (role === 'more' && last)
      programs[programs.length - 1] = { ...last, code: last.code + text }
    else if (role === 'output' && last)
      programs[programs.length - 1] = { ...last, output: (last.output ?? '') + text }
  }
  return programs
}

/** The text of a page's first block with this info string. */
export function blockOf(page: string, info: string): string {
  const found = blocksOf(readFileSync(resolve(ROOT, page), 'utf8')).find(b => b.info === info)
  if (!found) throw new Error(`${page} has no block \`\`\`${info}`)
  return found.text
}

function blocksOf(markdown: string): { info: string; text: string; line: number }[] {
  return [...markdown.matchAll(/^```(.+)\n([\s\S]*?)^```$/gm)].map(match => ({
    info: match[1] as string,
    text: match[2] as string,
    line: markdown.slice(0, match.index).split('\n').length,
  }))
}
