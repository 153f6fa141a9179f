// The page of a function.

import type { FunctionPage } from '../../../packages/millrace/src/sql/reference/function-pages.ts'
import { differencesOf } from './differences-page.ts'
import { typesOfCalls } from './evaluate-calls.ts'
import { examplesText } from './language-page.ts'

/** Markdown of the page, with the types of its calls, and what its queries print, as they are now. */
export async function functionPage(page: FunctionPage): Promise<string> {
  const { name, names, forms, notes, queries } = page
  const others = names.slice(1).filter(other => !forms.some(form => form.includes(other)))
  return [
    `# ${title(name)}`,
    page.summary,
    `\`\`\`sql\n${forms.join('\n')}\n\`\`\``,
    others.length > 0 ? `Also: ${others.map(code).join(', ')}.` : '',
    notes.map(note => `- ${note}`).join('\n'),
    exampleTable(page),
    ...(queries.length > 0
      ? [
          '## Example',
          'Over the [tables of the examples](../README.md#the-tables-of-the-examples).',
          ...(await examplesText(queries)),
        ]
      : []),
    differencesOf(name),
    `[Other ${page.group} functions](README.md#${page.group})`,
  ]
    .filter(part => part !== '')
    .join('\n\n')
}

function exampleTable({ examples, group }: FunctionPage): string {
  if (examples.length === 0) return ''
  const types = typesOfCalls(examples, group)
  const rows = examples.map(
    ([call, result], i) => `| ${code(call)} | ${code(result)} | ${code(types[i] ?? '')} |`,
  )
  const rowsOf =
    group === 'aggregate' ? "Of three rows, with `x` = 3, 1, 2 and `s` = 'c', 'a', 'b':\n\n" : ''
  return [`${rowsOf}| call | result | type |`, '|---|---|---|', ...rows].join('\n')
}

/** In Markdown a table's cell ends at a bar, also within code. */
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``

/** An operator as a heading. */
const title = (name: string): string => (/^\w/.test(name) ? name : code(name))
