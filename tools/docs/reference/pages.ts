// All pages that are made of the registry of the reference, by their paths below docs.

import { KNOWN_STATEMENTS } from '../../../packages/millrace/src/sql/known-statements.ts'
import type { LanguageEntry } from '../../../packages/millrace/src/sql/reference/entry.ts'
import {
  type FunctionPage,
  functionPages,
} from '../../../packages/millrace/src/sql/reference/function-pages.ts'
import {
  clauseEntries,
  statementEntries,
} from '../../../packages/millrace/src/sql/reference/reference.ts'
import { slugOf } from '../../../packages/millrace/src/sql/reference/slug.ts'
import { differencesPage } from './differences-page.ts'
import { functionPage } from './function-page.ts'
import { languagePage } from './language-page.ts'
import { TABLES } from './run-example.ts'

const MADE = '<!-- Made of the code: npm run docs:reference -->'

/** The text of every page. */
export async function referencePages(): Promise<ReadonlyMap<string, string>> {
  const pages = new Map<string, string>([
    ['flink-differences.md', await differencesPage()],
    ['reference/README.md', overview()],
    ['reference/statements/README.md', statementsOverview()],
    ['reference/clauses/README.md', `# Clauses\n\n${listOf(clauseEntries)}`],
    ['reference/functions/README.md', functionsOverview()],
  ])
  for (const entry of [...statementEntries, ...clauseEntries])
    pages.set(`reference/${entry.kind}s/${slugOf(entry.name)}.md`, await languagePage(entry))
  for (const page of functionPages())
    pages.set(`reference/functions/${slugOf(page.name)}.md`, await functionPage(page))
  return new Map([...pages].map(([path, text]) => [path, `${MADE}\n\n${text}\n`]))
}

function overview(): string {
  const link = ({ name }: { readonly name: string }, folder: string) =>
    `[${name}](${folder}/${slugOf(name)}.md)`
  return [
    '# Reference of the SQL',
    'A page for each statement, clause and function. All examples run in the tests, and print what is shown. What is different in Flink is listed [here](../flink-differences.md).',
    '## Statements',
    `${statementEntries.map(e => link(e, 'statements')).join(' · ')} · [others](statements/README.md#without-effect)`,
    '## Clauses',
    clauseEntries.map(e => link(e, 'clauses')).join(' · '),
    '## Functions',
    [...new Set(functionPages().map(p => p.group))]
      .map(group => `[${group}](functions/README.md#${group})`)
      .join(' · '),
    '## The tables of the examples',
    'The files are in [examples](examples); `millrace query` runs a script of these declarations and an example.',
    `\`\`\`sql\n${TABLES.trim()}\n\`\`\``,
  ].join('\n\n')
}

function statementsOverview(): string {
  const others = (fate: string) =>
    KNOWN_STATEMENTS.filter(s => s.fate === fate).map(
      s => `| \`${s.words.join(' ')}\` | ${s.reason} |`,
    )
  return [
    '# Statements',
    'A script is a list of statements, each closed with a semicolon. They run in their order; all INSERTs are one job.',
    listOf(statementEntries),
    '## Without effect',
    'Accepted, so that scripts written for Flink run; the command says that they do nothing.',
    ['| statement | why |', '|---|---|', ...others('ignored')].join('\n'),
    '## Refused',
    'Statements of Flink that end with `MR_SQL_UNSUPPORTED`, their place, and what to do instead.',
    ['| statement | instead |', '|---|---|', ...others('refused')].join('\n'),
  ].join('\n\n')
}

function listOf(entries: readonly LanguageEntry[]): string {
  const rows = entries.map(e => `| [${e.name}](${slugOf(e.name)}.md) | ${e.summary} |`)
  return ['| | |', '|---|---|', ...rows].join('\n')
}

function functionsOverview(): string {
  const pages = functionPages()
  const groups = [...new Set(pages.map(p => p.group))]
  return [
    '# Functions and operators',
    ...groups.flatMap(group => [
      `## ${group}`,
      ['| | |', '|---|---|', ...pages.filter(p => p.group === group).map(functionRow)].join('\n'),
    ]),
  ].join('\n\n')
}

function functionRow({ name, names, summary }: FunctionPage): string {
  const shown = names.map(n => `\`${n.replaceAll('|', '\\|')}\``)
  const [own = '', ...others] = shown
  return `| [${own}](${slugOf(name)}.md)${others.map(o => ` ${o}`).join('')} | ${summary} |`
}
