// Parses what stands in FROM: tables, sub-queries, table functions, UNNEST, joins.

import type { Call, Expression, Identifier, Path } from '../ast/expression.ts'
import type { Alias, JoinType, TableRef } from '../ast/query.ts'
import { parseCall } from './calls.ts'
import { parseExpression } from './expressions.ts'
import { parseMatchRecognize } from './match-recognize.ts'
import { parseTableHints } from './hints.ts'
import { isQueryStart, parseQuery } from './query.ts'
import type { TokenStream } from './token-stream.ts'

/** The tables of a FROM clause; a comma is a cross join that binds weaker than JOIN. */
export function parseFrom(p: TokenStream): TableRef {
  const start = p.token
  let left = parseJoins(p)
  while (p.accept(',')) {
    const right = parseJoins(p)
    left = {
      kind: 'join',
      type: 'CROSS',
      natural: false,
      left,
      right,
      on: undefined,
      using: [],
      span: p.spanFrom(start),
    }
  }
  return left
}

function parseJoins(p: TokenStream): TableRef {
  const start = p.token
  let left = parseTable(p)
  for (;;) {
    const natural = p.is('NATURAL')
    const type = joinType(p)
    if (!type) return left
    const right = parseTable(p)
    let on: Expression | undefined
    let using: readonly Identifier[] = []
    if (type !== 'CROSS' && !natural) {
      if (p.accept('ON')) on = parseExpression(p)
      else if (p.accept('USING')) using = p.parenthesized(() => p.identifier('a column'))
      else
        p.fail('ON or USING', 'Say on which condition the tables are joined, or write CROSS JOIN.')
    }
    left = { kind: 'join', type, natural, left, right, on, using, span: p.spanFrom(start) }
  }
}

function joinType(p: TokenStream): JoinType | undefined {
  const at = p.position
  p.accept('NATURAL')
  if (p.accept('JOIN') || p.accept('INNER', 'JOIN')) return 'INNER'
  if (p.accept('CROSS', 'JOIN')) return 'CROSS'
  for (const type of ['LEFT', 'RIGHT', 'FULL'] as const)
    if (p.is(type)) {
      p.next()
      p.accept('OUTER')
      p.expect('JOIN')
      return type
    }
  p.backTo(at)
  return undefined
}

function parseTable(p: TokenStream): TableRef {
  return p.nested(() => {
    const table = parsePrimaryTable(p)
    return p.is('MATCH_RECOGNIZE') ? parseMatchRecognize(p, table) : table
  })
}

function parsePrimaryTable(p: TokenStream): TableRef {
  const start = p.token
  const lateral = p.accept('LATERAL')
  if (p.is('UNNEST', '(')) {
    p.next()
    const items = p.parenthesized(() => parseExpression(p))
    const ordinality = p.accept('WITH', 'ORDINALITY')
    return { kind: 'unnest', items, ordinality, alias: parseAlias(p), span: p.spanFrom(start) }
  }
  if (p.is('TABLE', '(')) {
    p.expect('TABLE', '(')
    const call = tableCall(p)
    p.expect(')')
    return { kind: 'table-function', call, lateral, alias: parseAlias(p), span: p.spanFrom(start) }
  }
  if (p.is('(')) {
    if (isQueryStart(p, 1)) {
      p.next()
      const query = parseQuery(p)
      if (!p.accept(')')) p.fail(')', 'Close the parenthesis of the sub-query.')
      return { kind: 'derived', query, lateral, alias: parseAlias(p), span: p.spanFrom(start) }
    }
    p.next()
    const inner = parseFrom(p)
    if (!p.accept(')')) p.fail(')', 'Close the parenthesis of the tables.')
    return inner
  }
  if (isTableCall(p)) {
    const call = tableCall(p)
    return { kind: 'table-function', call, lateral, alias: parseAlias(p), span: p.spanFrom(start) }
  }
  if (p.is('VALUES')) {
    const query = parseQuery(p)
    return { kind: 'derived', query, lateral, alias: parseAlias(p), span: p.spanFrom(start) }
  }
  const path: Path = p.path('a table, a sub-query or a table function')
  const hints = parseTableHints(p)
  let asOf: Expression | undefined
  if (p.accept('FOR', 'SYSTEM_TIME', 'AS', 'OF')) asOf = parseExpression(p)
  const alias = parseAlias(p)
  return { kind: 'table', path, hints, asOf, alias, span: p.spanFrom(start) }
}

function isTableCall(p: TokenStream): boolean {
  let n = 0
  while (p.isIdentifier(n) && p.peek(n + 1).key === '.') n += 2
  return p.isIdentifier(n) && p.peek(n + 1).key === '('
}

function tableCall(p: TokenStream): Call {
  if (!isTableCall(p)) p.fail('a table function, such as TUMBLE(…)')
  return parseCall(p)
}

/** `[AS] name [(columns)]` */
export function parseAlias(p: TokenStream): Alias | undefined {
  const given = p.accept('AS')
  if (!given && !p.isIdentifier()) return undefined
  const name = p.identifier('an alias')
  const columns = p.is('(') ? p.parenthesized(() => p.identifier('a column')) : []
  return { name, columns }
}
