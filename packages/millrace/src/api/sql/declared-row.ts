// Finds the row type of `app.sql<Row>` in the program's own source: TypeScript erases it before the program runs.
//
// The call is known by its file and by the text of its query, not by lines, which tools move. A named type is looked for in the
// same file, and behind `import type { Row } from './other.ts'` in that one. What cannot be found, or is made by type operators,
// is not known, and nothing is held against it.

import { parseRowType, type ResolveName, type RowType } from './row-type.ts'

/** Reads a file of the program by its URL; undefined when it is not there. */
export type ReadSource = (url: string) => string | undefined

export interface DeclaredRow {
  readonly type: RowType
  /** Named types, as the file of the call sees them. */
  readonly resolve: ResolveName
}

/** Where a call stands. */
export interface CallSite {
  /** URL of its file. */
  readonly url: string
  readonly line: number
}

/** The type argument of the call of `app.sql` with this text; undefined when it has none, or the source does not tell. */
export function declaredRow(
  site: CallSite,
  query: readonly string[],
  read: ReadSource,
): DeclaredRow | undefined {
  const text = read(site.url)
  if (text === undefined) return undefined
  const pattern = new RegExp(`\`${query.map(escapeText).join('\\$\\{[\\s\\S]*?\\}')}\``, 'g')
  const calls = [...text.matchAll(pattern)].flatMap(match => {
    const found = argumentBefore(text, match.index)
    return found ? [{ ...found, end: match.index + match[0].length }] : []
  })
  const lineAt = (position: number) => text.slice(0, position).split('\n').length
  // Of calls with one text the line tells, where tools have not moved it.
  const here =
    calls.length > 1
      ? calls.filter(c => lineAt(c.start) <= site.line && site.line <= lineAt(c.end))
      : calls
  const [only] = here
  if (here.length !== 1 || !only) return undefined
  return { type: only.type, resolve: name => findType(site.url, text, name, read, 8) }
}

const CALL = /\bsql\s*</g
/** No call has a longer type argument than this before its template. */
const MAX_ARGUMENT = 10_000

/** The type argument that stands right before the template at a position: `….sql<Row>`. */
function argumentBefore(
  text: string,
  position: number,
): { readonly type: RowType; readonly start: number } | undefined {
  const from = Math.max(0, position - MAX_ARGUMENT)
  const before = text.slice(from, position)
  const last = [...before.matchAll(CALL)].at(-1)
  if (!last) return undefined
  const start = last.index + last[0].length
  const { type, end } = parseRowType(before.slice(start))
  const isWhole = /^>\s*$/.test(before.slice(start + end))
  return isWhole ? { type, start: from + last.index } : undefined
}

const escapeText = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

function findType(
  url: string,
  text: string,
  name: string,
  read: ReadSource,
  depth: number,
): RowType | undefined {
  // Names come from the program's own source, as the grammar of names has them.
  const word = escapeText(name)
  const declared = new RegExp(`\\b(?:type\\s+${word}\\s*=|interface\\s+${word}\\s*(?=\\{))`).exec(
    text,
  )
  if (declared) return parseRowType(text.slice(declared.index + declared[0].length)).type
  const imported = new RegExp(
    `\\bimport\\s+(?:type\\s+)?\\{[^}]*?(?:\\b(\\w+)\\s+as\\s+)?\\b${word}\\b[^}]*\\}\\s*from\\s*['"](\\.[^'"]+)['"]`,
  ).exec(text)
  if (!imported || depth === 0) return undefined
  for (const candidate of candidates(new URL(imported[2] as string, url).href)) {
    const other = read(candidate)
    const found = other && findType(candidate, other, imported[1] ?? name, read, depth - 1)
    if (found) return found
  }
  return undefined
}

/** Where TypeScript finds what an import names. */
const candidates = (url: string): readonly string[] => [
  url.replace(/\.js$/, '.ts'),
  url.replace(/\.js$/, '.d.ts'),
  `${url.replace(/\.[jt]s$/, '')}.d.ts`,
]

const FRAME = /(?:\(|at (?:async )?)((?:file:\/\/|\/|[A-Za-z]:\\)[^()\n]*?):(\d+):\d+\)?$/

/** Where the function that took a stack was called from. */
export function callSite(stack: string | undefined): CallSite | undefined {
  const [, file, line] = FRAME.exec(stack?.split('\n')[2] ?? '') ?? []
  if (file === undefined) return undefined
  const path = file.replace(/\?.*$/, '').replaceAll('\\', '/')
  const url = path.startsWith('file:') ? path : `file://${path.startsWith('/') ? '' : '/'}${path}`
  return { url, line: Number(line) }
}
