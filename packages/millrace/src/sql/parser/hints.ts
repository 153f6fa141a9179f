// Parses hints, and checks that there is such a hint, and what it names.

import type { Hint, Option, TableRef } from '../ast/query.ts'
import { readLookupHint } from './lookup-hint.ts'
import { listNames, proposal } from '../../types/unknown-name.ts'
import { tryParseDuration } from '../../types/duration.ts'
import type { SourceSpan } from '../../types/errors.ts'
import { parseOption } from './query.ts'
import type { TokenStream } from './token-stream.ts'

/** How joins are to run: accepted, since there is one way here. Their arguments are tables. */
const JOIN_HINTS = ['BROADCAST', 'SHUFFLE_HASH', 'SHUFFLE_MERGE', 'NEST_LOOP', 'MULTI_JOIN']
const QUERY_HINTS = [...JOIN_HINTS, 'LOOKUP', 'STATE_TTL', 'EARLY_FIRE', 'ASYNC_SCALAR']

/** The hints behind SELECT. */
export function parseQueryHints(p: TokenStream): Hint[] {
  return parseHints(p, QUERY_HINTS)
}

/** The hints behind a table: `OPTIONS('key' = 'value')`. */
export function parseTableHints(p: TokenStream): Hint[] {
  return parseHints(p, ['OPTIONS'])
}

function parseHints(p: TokenStream, known: readonly string[]): Hint[] {
  if (p.token.kind !== 'hint') return []
  p.next()
  const hints = p.list(() => parseHint(p, known))
  if (!p.accept('*/')) p.fail('*/', 'Close the hint with */.')
  return hints
}

function parseHint(p: TokenStream, known: readonly string[]): Hint {
  const start = p.token
  if (start.kind !== 'word') p.fail(`a hint: ${known.join(', ')}`)
  const name = p.next().key
  if (!known.includes(name))
    p.fail(`a hint: ${known.join(', ')}`, proposal(name, known).trim() || undefined, start)
  const args: string[] = []
  const options: Option[] = []
  if (p.is('('))
    p.parenthesized(() => {
      const at = p.token
      if (at.kind === 'string' && p.peek(1).key === '=') options.push(parseOption(p))
      else if (['word', 'quoted', 'string', 'number'].includes(at.kind)) args.push(tableName(p))
      else p.fail("an argument of the hint, such as a table or 'key' = 'value'")
      if (name === 'STATE_TTL') checkDuration(p, options.at(-1), at)
    })
  const hint: Hint = { name, args, options, span: p.spanFrom(start) }
  if (name === 'LOOKUP') checkLookup(p, hint)
  return hint
}

function checkLookup(p: TokenStream, hint: Hint): void {
  const read = readLookupHint(hint)
  if ('expected' in read) p.fail(read.expected, read.remedy, { ...p.peek(0), ...hint.span })
}

function tableName(p: TokenStream): string {
  let name = p.next().text
  while (p.accept('.')) name += `.${p.next().text}`
  return name
}

function checkDuration(p: TokenStream, option: Option | undefined, at: SourceSpan): void {
  if (option && tryParseDuration(option.value) !== undefined) return
  p.fail(
    "a table and how long its rows are kept, such as 'orders' = '1 d'",
    'STATE_TTL takes a duration per table.',
    { ...p.peek(0), ...at },
  )
}

/** A hint that names no table of FROM is a mistake: it would be without effect. */
export function checkHintedTables(
  p: TokenStream,
  hints: readonly Hint[],
  from: TableRef | undefined,
): void {
  const names = from ? [...namesOf(from)] : []
  for (const { name, args, options, span } of hints) {
    const tables = JOIN_HINTS.includes(name)
      ? args
      : name === 'STATE_TTL'
        ? options.map(o => o.key)
        : name === 'LOOKUP'
          ? options.filter(o => o.key === 'table').map(o => o.value)
          : []
    for (const table of tables) {
      const last = table.split('.').at(-1) ?? ''
      if (names.includes(last) || names.includes(table)) continue
      const known = `FROM has ${names.length > 0 ? listNames(names) : 'no tables'}.`
      p.fail(`a table of FROM in ${name}`, `${known}${proposal(last, names)}`, {
        ...p.peek(0),
        ...span,
        kind: 'word',
      })
    }
  }
}

/** The names that tables of FROM have in the query: the alias, or the last part of the name. */
export function* namesOf(ref: TableRef): Generator<string> {
  switch (ref.kind) {
    case 'join':
      yield* namesOf(ref.left)
      yield* namesOf(ref.right)
      return
    case 'table':
      yield ref.alias?.name.name ?? ref.path.at(-1)?.name ?? ''
      return
    default:
      if (ref.alias) yield ref.alias.name.name
  }
}
