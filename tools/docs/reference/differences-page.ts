// The page of differences from Flink SQL, and what other pages say of them.

import type { Difference } from '../../../packages/millrace/src/sql/reference/differences/difference.ts'
import {
  differences,
  differencesAt,
} from '../../../packages/millrace/src/sql/reference/differences/differences.ts'
import { anchorOf } from './anchor.ts'
import { fenced } from './fenced.ts'
import { runExample } from './run-example.ts'

const MODES: Readonly<Record<string, string>> = { batch: 'In batch mode:' }

/** Markdown of docs/flink-differences.md, with what its examples print now. */
export async function differencesPage(): Promise<string> {
  const { otherAnswers, moreThanFlink, lessThanFlink } = differences
  return [
    '# Flink SQL in Millrace',
    'The dialect is Flink’s, and what Flink 2.2 answers is the definition of right. This page names every difference that is known. Each example runs in the tests, over the [tables of the reference](reference/README.md#the-tables-of-the-examples), and prints what is shown.',
    ...(await section('Other answers', otherAnswers)),
    ...(await section('More than Flink has', moreThanFlink)),
    ...(await section('Less than Flink has', lessThanFlink)),
  ].join('\n\n')
}

async function section(title: string, all: readonly Difference[]): Promise<string[]> {
  const rows = all.map(
    d =>
      `| ${d.example ? `[${d.what}](#${anchorOf(d.what)})` : d.what} | ${d.flink} | ${d.here} | ${d.why} |`,
  )
  const parts = [
    `## ${title}`,
    ['| | Flink 2.2 | Millrace | why |', '|---|---|---|---|', ...rows].join('\n'),
  ]
  for (const { what, example } of all) {
    if (!example) continue
    const { text } = await runExample(example)
    const mode = MODES[example.mode ?? '']
    parts.push(`### ${what}`, ...(mode ? [mode] : []))
    parts.push(fenced('sql', example.sql), fenced('text', text))
  }
  return parts
}

/** A section for the page of a statement, clause or function; empty when Flink does the same. */
export function differencesOf(name: string): string {
  const found = differencesAt(name)
  if (found.length === 0) return ''
  const items = found.map(d => {
    const anchor = d.example ? `#${anchorOf(d.what)}` : ''
    return `- [${d.what}](../../flink-differences.md${anchor}). Flink: ${d.flink} Millrace: ${upLinks(d.here)}`
  })
  return `## Not as in Flink\n\n${items.join('\n')}`
}

/** Links of the page of differences, seen from two folders below. */
const upLinks = (text: string): string => text.replaceAll(/\]\((?!https?:)/g, '](../../')
