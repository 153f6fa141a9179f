// Parses function calls: the forms with keywords, JSON clauses, and what may follow a call.

import type { SourceSpan } from '../../types/errors.ts'
import type {
  Call,
  Expression,
  Frame,
  FrameBound,
  JsonBehavior,
  JsonClauses,
  WindowSpec,
} from '../ast/expression.ts'
import { CLAUSE_WORDS, RESERVED, TIME_UNITS } from '../keywords.ts'
import { parseExpression } from './expressions.ts'
import { isQueryStart, parseOrderBy, parseQuery } from './query.ts'
import type { TokenStream } from './token-stream.ts'
import { parseType } from './types.ts'

const ABOVE_PREDICATES = 6

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
  const at = p.spanFrom(first)
  const name = [
    {
      kind: 'identifier' as const,
      name: first.kind === 'quoted' ? first.text : first.key,
      span: at,
    },
  ]
  while (p.accept('.')) name.push(p.identifier())
  if (name.length > 1) name[0] = { kind: 'identifier', name: first.text, span: at }
  p.expect('(')
  const quantifier = p.accept('DISTINCT') ? 'DISTINCT' : p.is('ALL') ? p.oneOf('ALL') : undefined
  const args = p.is(')') ? [] : parseArguments(p, first.key)
  const json = first.key.startsWith('JSON_') ? jsonClauses(p) : undefined
  let nulls = nullTreatment(p)
  const inner = p.is('ORDER') ? parseOrderBy(p) : []
  if (!p.accept(')')) p.fail(') or ,', `Close the parenthesis of ${first.text}(.`)
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

function symbol(p: TokenStream): Expression {
  const token = p.next()
  return { kind: 'symbol', name: token.key, span: p.spanFrom(token) }
}

function unit(p: TokenStream): Expression {
  if (!TIME_UNITS.has(p.token.key)) p.fail('a unit of time, such as DAY or SECOND')
  return symbol(p)
}

function parseArguments(p: TokenStream, name: string): Expression[] {
  switch (name) {
    case 'EXTRACT': {
      const field = unit(p)
      p.expect('FROM')
      return [field, parseExpression(p)]
    }
    case 'TIMESTAMPADD':
    case 'TIMESTAMPDIFF': {
      const field = unit(p)
      p.expect(',')
      return [field, ...p.list(() => parseExpression(p))]
    }
    case 'TRIM':
      return trim(p)
    case 'POSITION':
      return position(p)
    case 'JSON_OBJECT':
    case 'JSON_OBJECTAGG':
      return p.list(() => keyValue(p)).flat()
    default:
  }
  const args = p.list(() => parseArgument(p))
  if (name === 'SUBSTRING' || name === 'OVERLAY') {
    for (const word of ['PLACING', 'FROM', 'FOR']) if (p.accept(word)) args.push(parseExpression(p))
  } else if ((name === 'CEIL' || name === 'CEILING' || name === 'FLOOR') && p.accept('TO'))
    args.push(unit(p))
  return args
}

/** `POSITION(a IN b FROM n)`: the first argument stops before IN, which binds weaker than sums and `||`. */
function position(p: TokenStream): Expression[] {
  const args = [parseExpression(p, ABOVE_PREDICATES)]
  if (p.accept('IN')) args.push(parseExpression(p))
  if (p.accept('FROM')) args.push(parseExpression(p))
  while (p.accept(',')) args.push(parseExpression(p))
  return args
}

function trim(p: TokenStream): Expression[] {
  const start = p.token
  const side: Expression =
    p.is('BOTH') || p.is('LEADING') || p.is('TRAILING')
      ? symbol(p)
      : { kind: 'symbol', name: 'BOTH', span: p.spanFrom(start) }
  const blank: Expression = { kind: 'literal', type: 'string', text: ' ', span: side.span }
  if (p.accept('FROM')) return [side, blank, parseExpression(p)]
  const what = parseExpression(p)
  if (p.accept('FROM')) return [side, what, parseExpression(p)]
  return [side, blank, what]
}

function keyValue(p: TokenStream): Expression[] {
  p.accept('KEY')
  const key = parseExpression(p)
  if (!p.accept('VALUE') && !p.accept(':')) p.expect(',')
  return [key, parseExpression(p)]
}

function parseArgument(p: TokenStream): Expression {
  const start = p.token
  if (p.isIdentifier() && p.peek(1).key === '=>') {
    const name = p.identifier()
    p.next()
    return { kind: 'named-argument', name, value: parseArgument(p), span: p.spanFrom(start) }
  }
  if (p.is('DESCRIPTOR', '(')) {
    p.next()
    return {
      kind: 'descriptor',
      columns: p.parenthesized(() => p.identifier('a column')),
      span: p.spanFrom(start),
    }
  }
  if (p.is('TABLE') || isQueryStart(p, 0)) return tableArgument(p)
  return parseExpression(p)
}

function tableArgument(p: TokenStream): Expression {
  const start = p.token
  p.accept('TABLE')
  const parens = p.accept('(')
  const source = isQueryStart(p, 0) ? parseQuery(p) : p.path('a table')
  if (parens) p.expect(')')
  const partitionBy = p.accept('PARTITION', 'BY') ? partition(p) : []
  const orderBy = p.is('ORDER') ? parseOrderBy(p) : []
  return { kind: 'table-argument', source, partitionBy, orderBy, span: p.spanFrom(start) }
}

/** `PARTITION BY k, DESCRIPTOR(ts)`: the list ends where the next argument is no column. */
function partition(p: TokenStream): Expression[] {
  if (p.is('(')) return p.parenthesized(() => parseExpression(p))
  const items = [parseExpression(p)]
  while (p.is(',') && p.isIdentifier(1) && p.peek(2).key !== '=>' && p.peek(2).key !== '(') {
    p.next()
    items.push(parseExpression(p))
  }
  return items
}

function jsonClauses(p: TokenStream): JsonClauses | undefined {
  const clauses: { -readonly [K in keyof JsonClauses]: JsonClauses[K] } = {}
  for (;;) {
    if (p.accept('RETURNING')) clauses.returning = parseType(p)
    else if (p.is('WITH') || p.is('WITHOUT')) {
      const without = p.next().key === 'WITHOUT'
      const conditional = p.accept('CONDITIONAL')
      if (!conditional) p.accept('UNCONDITIONAL')
      p.accept('ARRAY')
      p.expect('WRAPPER')
      clauses.wrapper = without ? 'WITHOUT' : conditional ? 'CONDITIONAL' : 'UNCONDITIONAL'
    } else if (p.accept('NULL', 'ON', 'NULL')) clauses.nullHandling = 'NULL'
    else if (p.accept('ABSENT', 'ON', 'NULL')) clauses.nullHandling = 'ABSENT'
    else {
      const behavior = jsonBehavior(p)
      if (!behavior) return Object.keys(clauses).length > 0 ? clauses : undefined
      p.expect('ON')
      if (p.oneOf('EMPTY', 'ERROR') === 'EMPTY') clauses.onEmpty = behavior
      else clauses.onError = behavior
    }
  }
}

function jsonBehavior(p: TokenStream): JsonBehavior | undefined {
  for (const kind of ['NULL', 'ERROR', 'TRUE', 'FALSE', 'UNKNOWN'] as const)
    if (p.accept(kind)) return { kind }
  if (p.accept('EMPTY'))
    return { kind: p.oneOf('ARRAY', 'OBJECT') === 'ARRAY' ? 'EMPTY ARRAY' : 'EMPTY OBJECT' }
  return p.accept('DEFAULT') ? { kind: 'DEFAULT', value: parseExpression(p) } : undefined
}

function parseOver(p: TokenStream): WindowSpec {
  if (p.is('(')) return parseWindowSpec(p)
  const name = p.identifier('a window')
  return { kind: 'window', name, partitionBy: [], orderBy: [], frame: undefined, span: name.span }
}

/** What stands in the parentheses of OVER (…) and WINDOW w AS (…). */
export function parseWindowSpec(p: TokenStream): WindowSpec {
  const start = p.token
  p.expect('(')
  const name = p.isIdentifier() ? p.identifier() : undefined
  const partitionBy = p.accept('PARTITION', 'BY') ? p.list(() => parseExpression(p)) : []
  const orderBy = p.is('ORDER') ? parseOrderBy(p) : []
  let frame: Frame | undefined
  if (p.is('ROWS') || p.is('RANGE')) {
    const unitOfFrame = p.oneOf('ROWS', 'RANGE')
    const between = p.accept('BETWEEN')
    const from = bound(p)
    if (between) p.expect('AND')
    frame = { unit: unitOfFrame, start: from, end: between ? bound(p) : undefined }
  }
  if (!p.accept(')')) p.fail('PARTITION BY, ORDER BY, ROWS, RANGE or )')
  return { kind: 'window', name, partitionBy, orderBy, frame, span: p.spanFrom(start) }
}

function bound(p: TokenStream): FrameBound {
  if (p.accept('CURRENT', 'ROW')) return { kind: 'CURRENT ROW' }
  if (p.accept('UNBOUNDED')) return { kind: `UNBOUNDED ${p.oneOf('PRECEDING', 'FOLLOWING')}` }
  const offset = parseExpression(p)
  return { kind: p.oneOf('PRECEDING', 'FOLLOWING'), offset }
}
