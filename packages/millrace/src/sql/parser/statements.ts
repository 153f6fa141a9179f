// Parses statements and scripts of statements.

import type { ConflictAction } from '../../plan/node.ts'
import type { Insert, Statement } from '../ast/statement.ts'
import { parseAlter, parseDrop } from './alter.ts'
import { parseCreate } from './create.ts'
import { parseExpression } from './expressions.ts'
import { parseOtherStatement } from './other-statement.ts'
import { parseTableHints } from './hints.ts'
import { isQueryStart, parseQuery } from './query.ts'
import { parseDescribe, parseExplain, parseShow } from './show.ts'
import type { TokenStream } from './token-stream.ts'

/** One statement, up to its semicolon or the end. */
export function parseStatement(p: TokenStream): Statement {
  const start = p.token
  const other = start.kind === 'word' ? parseOtherStatement(p) : undefined
  if (other) return other
  switch (start.key) {
    case '(':
    case 'SELECT':
    case 'WITH':
    case 'VALUES':
    case 'TABLE':
      return parseQuery(p)
    case 'CREATE':
      return parseCreate(p)
    case 'DROP':
      return parseDrop(p)
    case 'ALTER':
      return parseAlter(p)
    case 'INSERT':
      return parseInsert(p)
    case 'EXECUTE':
    case 'BEGIN':
      return parseStatementSet(p)
    case 'EXPLAIN':
      return parseExplain(p, () => parseStatement(p))
    case 'DESCRIBE':
    case 'DESC':
      return parseDescribe(p)
    case 'SHOW':
      return parseShow(p)
    case 'SET':
    case 'RESET':
      return parseSetting(p)
    case 'USE': {
      p.next()
      // CATALOG is a free word: a database may have that name.
      const isCatalog = p.is('CATALOG') && p.isIdentifier(1)
      if (isCatalog) p.next()
      const object = isCatalog ? 'CATALOG' : 'DATABASE'
      return { kind: 'use', object, name: p.path(), span: p.spanFrom(start) }
    }
    default:
      return p.fail(
        'a statement: SELECT, INSERT, CREATE, DROP, ALTER, EXPLAIN, DESCRIBE, SHOW, SET, USE',
      )
  }
}

function parseInsert(p: TokenStream): Insert {
  const start = p.next()
  const overwrite = p.oneOf('INTO', 'OVERWRITE') === 'OVERWRITE'
  const table = p.path('a table')
  const hints = parseTableHints(p)
  const partition = p.accept('PARTITION')
    ? p.parenthesized(() => {
        const column = p.identifier('a column')
        p.expect('=')
        return { column, value: parseExpression(p) }
      })
    : []
  const columns =
    p.is('(') && !isQueryStart(p, 1) ? p.parenthesized(() => p.identifier('a column')) : []
  const query = parseQuery(p)
  return {
    kind: 'insert',
    overwrite,
    table,
    hints,
    partition,
    columns,
    query,
    onConflict: parseOnConflict(p),
    span: p.spanFrom(start),
  }
}

const CONFLICT_ACTIONS = {
  DEDUPLICATE: 'deduplicate',
  NOTHING: 'nothing',
  ERROR: 'error',
} as const

function parseOnConflict(p: TokenStream): ConflictAction | undefined {
  if (!p.accept('ON', 'CONFLICT')) return undefined
  p.expect('DO')
  return CONFLICT_ACTIONS[p.oneOf('DEDUPLICATE', 'NOTHING', 'ERROR')]
}

function parseStatementSet(p: TokenStream): Statement {
  const start = p.token
  p.accept('EXECUTE')
  if (!p.is('STATEMENT') && !p.is('BEGIN')) {
    // `EXECUTE INSERT …`, `EXECUTE SELECT …` are the statement itself.
    return parseStatement(p)
  }
  const inserts: Insert[] = []
  if (p.accept('BEGIN')) p.expect('STATEMENT', 'SET')
  else p.expect('STATEMENT', 'SET', 'BEGIN')
  p.accept(';')
  while (p.is('INSERT')) {
    inserts.push(parseInsert(p))
    if (!p.accept(';')) break
  }
  if (!p.accept('END')) p.fail('INSERT or END', 'Close the statement set with END;')
  return { kind: 'statement-set', inserts, span: p.spanFrom(start) }
}

function parseSetting(p: TokenStream): Statement {
  const start = p.next()
  const set = start.key === 'SET'
  const key = p.token.kind === 'string' ? p.string() : undefined
  if (!set) return { kind: 'reset', key, value: undefined, span: p.spanFrom(start) }
  let value: string | undefined
  if (key !== undefined) {
    p.expect('=')
    value = p.string('the value in single quotes')
  } else if (p.token.kind !== 'end' && !p.is(';'))
    p.fail("the option in single quotes, such as SET 'table.local-time-zone' = 'UTC'")
  return { kind: 'set', key, value, span: p.spanFrom(start) }
}

/** The statements of a script, each closed with a semicolon (the last may go without). */
export function parseStatements(p: TokenStream): Statement[] {
  const statements: Statement[] = []
  for (;;) {
    while (p.accept(';'));
    if (p.isAtEnd) return statements
    statements.push(parseStatement(p))
    if (!p.is(';') && !p.isAtEnd) p.fail('; or the end of the statement')
  }
}
