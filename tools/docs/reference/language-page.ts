// The page of a statement or clause.

import type {
  LanguageEntry,
  ReferenceExample,
} from '../../../packages/millrace/src/sql/reference/entry.ts'
import {
  clauseEntries,
  statementEntries,
} from '../../../packages/millrace/src/sql/reference/reference.ts'
import { slugOf } from '../../../packages/millrace/src/sql/reference/slug.ts'
import { differencesOf } from './differences-page.ts'
import { fenced } from './fenced.ts'
import { runExample } from './run-example.ts'

const TABLES_LINK = '[tables of the examples](../README.md#the-tables-of-the-examples)'

/** Markdown of the page, with what its examples print now. */
export async function languagePage(entry: LanguageEntry): Promise<string> {
  return [
    `# ${entry.name}`,
    entry.summary,
    fenced('', entry.syntax),
    (entry.notes ?? []).map(note => `- ${note}`).join('\n'),
    `## Example${entry.examples.length > 1 ? 's' : ''}`,
    `Over the ${TABLES_LINK}.`,
    ...(await examplesText(entry.examples)),
    differencesOf(entry.name),
    `See also: ${(entry.see ?? []).map(linkTo).join(', ')}.`,
  ]
    .filter(part => part !== '' && part !== 'See also: .')
    .join('\n\n')
}

/** The scripts, each with what it prints. */
export async function examplesText(examples: readonly ReferenceExample[]): Promise<string[]> {
  const parts: string[] = []
  for (const example of examples) {
    const { text } = await runExample(example)
    if (example.about !== undefined) parts.push(example.about)
    else if (example.mode === 'batch') parts.push('In batch mode:')
    else if (example.writes !== undefined)
      parts.push(`With \`millrace run\`, \`${example.writes}\` is then:`)
    else if (example.command === 'run') parts.push('With `millrace run`:')
    parts.push(fenced('sql', example.sql), fenced('text', text))
  }
  return parts
}

/** @throws when there is no such entry */
function linkTo(name: string): string {
  const found = [...statementEntries, ...clauseEntries].find(e => e.name === name)
  if (!found) throw new Error(`the reference has no statement or clause "${name}"`)
  return `[${name}](../${found.kind}s/${slugOf(name)}.md)`
}
