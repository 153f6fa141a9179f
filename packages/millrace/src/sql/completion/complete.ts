// Completion of SQL text: statements, clauses, tables and columns that are declared before, and functions.

import { RESERVED, TYPE_NAMES } from '../keywords.ts'
import { KNOWN_STATEMENTS } from '../known-statements.ts'
import { functionPages } from '../reference/function-pages.ts'
import { clauseEntries, statementEntries } from '../reference/reference.ts'
import type { Completion } from './completion.ts'
import { type Cursor, cursorAt } from './cursor.ts'
import { type Declared, declaredBefore, type CompletionEnvironment } from './declared.ts'
import { expectedAfter } from './expected.ts'
import { relationsAt } from './relations.ts'

type Candidate = Omit<Completion, 'start'>

const CLAUSE_STARTS =
  'FROM WHERE GROUP BY HAVING WINDOW QUALIFY ORDER BY LIMIT OFFSET FETCH UNION INTERSECT EXCEPT JOIN LEFT JOIN RIGHT JOIN FULL JOIN CROSS JOIN ON USING AS AND OR NOT IN IS NULL LIKE BETWEEN CASE WHEN THEN ELSE END DISTINCT OVER PARTITION BY FILTER INTERVAL TRUE FALSE EXISTS FOR SYSTEM_TIME AS OF MATCH_RECOGNIZE'
const WINDOWS = ['TUMBLE', 'HOP', 'CUMULATE', 'SESSION', 'UNNEST', 'LATERAL']

/**
 * What may stand at a position of a script, the most fitting first; nothing within strings and comments.
 *
 * @param position in UTF-16 units, as editors count
 */
export function complete(
  sql: string,
  position: number,
  environment: CompletionEnvironment,
): Completion[] {
  const cursor = cursorAt(sql, position)
  if (!cursor) return []
  const declared = declaredBefore(cursor.statementsBefore, environment)
  const word = cursor.word.toUpperCase()
  const seen = new Set<string>()
  return candidates(sql, cursor, declared)
    .filter(({ text }) => text.replace(/^`/, '').toUpperCase().startsWith(word))
    .filter(({ text, kind }) => !seen.has(`${kind} ${text}`) && seen.add(`${kind} ${text}`))
    .map(candidate => ({ ...candidate, start: cursor.start }))
}

function candidates(sql: string, cursor: Cursor, declared: Declared): readonly Candidate[] {
  const expected = expectedAfter(cursor.before)
  switch (expected.kind) {
    case 'statement':
      return statements()
    case 'words':
      return keywords(expected.words)
    case 'table':
      return [...commonTables(cursor), ...tables(declared), ...windows()]
    case 'type':
      return TYPE_NAMES.map(text => ({ text, kind: 'type', detail: '' }))
    case 'columns':
      return columns(declared.columnsOf(quoted(expected.of)))
    case 'member':
      return columns(membersOf(sql, cursor, declared, expected.of))
    case 'expression': {
      const inScope = relationsOf(sql, cursor).flatMap(r =>
        declared.columnsOf(r.text, withOf(sql, cursor)),
      )
      return [...columns(inScope), ...functions(declared), ...keywords(CLAUSE_STARTS.split(' '))]
    }
  }
}

/** All queries around the cursor, as if the word at the cursor were not there. */
function relationsOf(sql: string, { before, after }: Cursor) {
  return relationsAt(sql, [...before, ...after], before.length)
}

function membersOf(sql: string, cursor: Cursor, declared: Declared, name: string) {
  const found = relationsOf(sql, cursor).find(r => r.alias.toUpperCase() === name.toUpperCase())
  return found ? declared.columnsOf(found.text, withOf(sql, cursor)) : []
}

/** The WITH of the statement, if that is what it begins with: its queries are tables too. */
function withOf(sql: string, { before }: Cursor): string {
  const [first] = before
  if (first?.key !== 'WITH') return ''
  let depth = 0
  const select = before.find(({ key }) => {
    if (key === '(') depth++
    if (key === ')') depth--
    return key === 'SELECT' && depth === 0
  })
  return select ? sql.slice(first.start, select.start) : ''
}

const statements = (): readonly Candidate[] =>
  KNOWN_STATEMENTS.filter(s => s.fate === 'runs').map(({ words }) => {
    const text = words.join(' ')
    const entry = statementEntries.find(e => e.name === text || e.syntax.startsWith(text))
    return { text, kind: 'statement', detail: entry?.summary ?? '' }
  })

const keywords = (words: readonly string[]): readonly Candidate[] =>
  words.map(text => {
    const entry = clauseEntries.find(e => e.name === text)
    return { text, kind: 'keyword', detail: entry?.summary ?? '' }
  })

/** The queries that the statement's WITH names. */
const commonTables = ({ before }: Cursor): readonly Candidate[] =>
  before[0]?.key !== 'WITH'
    ? []
    : before
        .filter((_, i) => before[i + 1]?.key === 'AS' && before[i + 2]?.key === '(')
        .map(({ text }) => ({ text: quoted(text), kind: 'view', detail: 'WITH' }))

const tables = ({ tables: all }: Declared): readonly Candidate[] =>
  all.map(({ name, kind }) => ({ text: quoted(name), kind, detail: kind }))

const windows = (): readonly Candidate[] =>
  WINDOWS.map(text => {
    const entry = clauseEntries.find(e => e.name === text)
    return { text, kind: 'function', detail: entry?.syntax.split('\n')[0] ?? '' }
  })

const columns = (
  all: readonly { readonly name: string; readonly type: string }[],
): readonly Candidate[] =>
  all.map(({ name, type }) => ({ text: quoted(name), kind: 'column', detail: type }))

const functions = ({ userFunctions }: Declared): readonly Candidate[] => [
  ...userFunctions.map((text): Candidate => ({ text, kind: 'function', detail: '' })),
  ...functionPages().flatMap(page =>
    page.names
      .filter(name => /^\w+$/.test(name))
      .map((text): Candidate => ({ text, kind: 'function', detail: page.forms[0] ?? '' })),
  ),
]

/** A name as SQL needs it. */
const quoted = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) && !RESERVED.has(name.toUpperCase())
    ? name
    : `\`${name.replaceAll('`', '``')}\``
