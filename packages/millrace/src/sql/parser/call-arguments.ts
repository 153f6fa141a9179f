// Parses the arguments of calls: forms with keywords, named arguments, DESCRIPTOR and TABLE.

import type { Expression } from '../ast/expression.ts'
import { CLAUSE_WORDS, TIME_UNITS } from '../keywords.ts'
import type { Token } from '../tokens.ts'
import { parseExpression } from './expressions.ts'
import { isQueryStart, parseOrderItem, parseQuery } from './query.ts'
import type { TokenStream } from './token-stream.ts'

const ABOVE_PREDICATES = 6

function symbol(p: TokenStream): Expression {
  const token = p.next()
  return { kind: 'symbol', name: token.key, span: p.spanFrom(token) }
}

function unit(p: TokenStream): Expression {
  if (!TIME_UNITS.has(p.token.key)) p.fail('a unit of time, such as DAY or SECOND')
  return symbol(p)
}

/** The arguments of `name(`, up to what may follow them; forms with keywords are normalized. */
export function parseArguments(p: TokenStream, name: string): Expression[] {
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
    case 'JSON_ARRAY':
      if (isNullHandling(p)) return []
      break
    case 'JSON_OBJECT':
      if (isNullHandling(p)) return []
      return p.list(() => keyValue(p)).flat()
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

/** `POSITION(a IN b FROM n)`: the first argument stops before IN, which binds weaker than `||`. */
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

/** `NULL ON NULL` or `ABSENT ON NULL` where entries could stand. */
function isNullHandling(p: TokenStream): boolean {
  return p.is('NULL', 'ON', 'NULL') || p.is('ABSENT', 'ON', 'NULL')
}

function keyValue(p: TokenStream): Expression[] {
  if (p.is('KEY') && startsOperand(p.peek(1))) p.next()
  const key = parseExpression(p)
  if (!p.accept('VALUE') && !p.accept(':')) p.expect(',')
  return [key, parseExpression(p)]
}

/** Whether KEY before this token is the keyword; before anything else it is a column. */
function startsOperand({ kind, key }: Token): boolean {
  if (kind === 'word') return key !== 'VALUE' && !CLAUSE_WORDS.has(key)
  return kind === 'string' || kind === 'number' || kind === 'quoted' || key === '('
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
  if (p.is('TABLE') || p.is('SELECT') || p.is('WITH') || p.is('VALUES')) return tableArgument(p)
  return parseExpression(p)
}

function tableArgument(p: TokenStream): Expression {
  const start = p.token
  p.accept('TABLE')
  const parens = p.accept('(')
  const source = isQueryStart(p, 0) ? parseQuery(p) : p.path('a table')
  if (parens) p.expect(')')
  const partitionBy = p.accept('PARTITION', 'BY') ? oneOrMany(p, parseExpression) : []
  const orderBy = p.accept('ORDER', 'BY') ? oneOrMany(p, parseOrderItem) : []
  return { kind: 'table-argument', source, partitionBy, orderBy, span: p.spanFrom(start) }
}

/** `BY k` or `BY (k, l)`: behind a bare comma stands the next argument. */
function oneOrMany<T>(p: TokenStream, item: (p: TokenStream) => T): T[] {
  return p.is('(') ? p.parenthesized(() => item(p)) : [item(p)]
}
