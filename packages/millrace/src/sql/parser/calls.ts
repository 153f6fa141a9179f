// Parses function calls and what may follow them: FILTER, WITHIN GROUP, IGNORE NULLS, OVER.

import { insteadOf } from '../../functions/other-names.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { Call, Expression, Identifier } from '../ast/expression.ts'
import { CLAUSE_WORDS, RESERVED } from '../keywords.ts'
import { parseArguments } from './call-arguments.ts'
import { parseExpression } from './expressions.ts'
import { parseJsonClauses } from './json-clauses.ts'
import { parseOrderBy } from './query.ts'
import type { TokenStream } from './token-stream.ts'
import { parseOver } from './window-spec.ts'

const CASTS = 'A type behind AS belongs to CAST(value AS type) and TRY_CAST(value AS type).'

/** Whether a name and an opening parenthesis come. */
export function isNameOfCall(p: TokenStream): boolean {
  const { kind, key } = p.token
  if (kind === 'word' && RESERVED.has(key)) {
    if ((key === 'RUNNING' || key === 'FINAL') && p.peek(1).kind === 'word') return true
    return p.peek(1).key === '(' && !CLAUSE_WORDS.has(key)
  }
  if (key === 'FINAL' && p.peek(1).kind === 'word' && p.peek(2).key === '(') return true
  let n = 0
  while (p.isIdentifier(n) && p.peek(n + 1).key === '.') n += 2
  return p.isIdentifier(n) && p.peek(n + 1).key === '('
}

/** A call of a built-in without the clauses that may follow. */
export function simpleCall(
  name: string,
  args: readonly Expression[],
  start: SourceSpan,
  p: TokenStream,
): Call {
  const span = p.spanFrom(start)
  return {
    kind: 'call',
    name: [{ kind: 'identifier', name, span }],
    args,
    quantifier: undefined,
    json: undefined,
    orderBy: [],
    nulls: undefined,
    filter: undefined,
    over: undefined,
    semantics: undefined,
    span,
  }
}

/** A call with FILTER, WITHIN GROUP, IGNORE NULLS and OVER. */
export function parseCall(p: TokenStream): Call {
  const start = p.token
  let semantics: Call['semantics']
  if ((p.is('RUNNING') || p.is('FINAL')) && p.peek(1).key !== '(')
    semantics = p.oneOf('RUNNING', 'FINAL')
  const first = p.next()
  // Built-ins with reserved names have one spelling; a user's function keeps its own.
  const isBuiltIn = first.kind === 'word' && RESERVED.has(first.key)
  const name: Identifier[] = [
    { kind: 'identifier', name: isBuiltIn ? first.key : first.text, span: p.spanFrom(first) },
  ]
  while (p.accept('.')) name.push(p.identifier())
  p.expect('(')
  const quantifier = p.accept('DISTINCT') ? 'DISTINCT' : p.is('ALL') ? p.oneOf('ALL') : undefined
  if (quantifier && p.is('*')) p.fail('an expression', 'Name the columns that are to be distinct.')
  const args = p.is(')') ? [] : parseArguments(p, first.key)
  const json = first.key.startsWith('JSON_') ? parseJsonClauses(p) : undefined
  let nulls = nullTreatment(p)
  const inner = p.is('ORDER') ? parseOrderBy(p) : []
  if (!p.accept(')'))
    p.fail(
      ') or ,',
      insteadOf(first.text) ?? (p.is('AS') ? CASTS : `Close the parenthesis of ${first.text}(.`),
    )
  nulls ??= nullTreatment(p)
  let orderBy = inner
  if (p.accept('WITHIN', 'GROUP')) {
    p.expect('(')
    orderBy = parseOrderBy(p)
    p.expect(')')
  }
  let filter: Expression | undefined
  if (p.is('FILTER', '(')) {
    p.next()
    p.expect('(', 'WHERE')
    filter = parseExpression(p)
    p.expect(')')
  }
  nulls ??= nullTreatment(p)
  const over = p.accept('OVER') ? parseOver(p) : undefined
  return {
    kind: 'call',
    name,
    args,
    quantifier,
    json,
    orderBy,
    nulls,
    filter,
    over,
    semantics,
    span: p.spanFrom(start),
  }
}

function nullTreatment(p: TokenStream): Call['nulls'] {
  if (p.accept('IGNORE', 'NULLS')) return 'IGNORE'
  return p.accept('RESPECT', 'NULLS') ? 'RESPECT' : undefined
}
