// Parses what stands between operators: literals, columns, calls, CASE, CAST, sub-queries.

import type { Expression, IntervalQualifier, Literal } from '../ast/expression.ts'
import { notNull, types } from '../../types/data-type.ts'
import { CLAUSE_WORDS, NILADIC } from '../keywords.ts'
import { isNameOfCall, parseCall, simpleCall } from './calls.ts'
import { parseExpression } from './expressions.ts'
import { isQueryStart, parseQuery } from './query.ts'
import type { Token } from '../tokens.ts'
import type { TokenStream } from './token-stream.ts'
import { parseType } from './types.ts'

/** A primary with the `[index]` and `.field` that follow it. */
export function parsePrimary(p: TokenStream): Expression {
  let result = primary(p)
  for (;;) {
    if (p.accept('[')) {
      const index = parseExpression(p)
      p.expect(']')
      result = { kind: 'index', operand: result, index, span: p.spanFrom(result.span) }
    } else if (p.is('.') && p.isIdentifier(1)) {
      p.next()
      const name = p.identifier()
      result = { kind: 'field', operand: result, name, span: p.spanFrom(result.span) }
    } else return result
  }
}

function literal(p: TokenStream, type: Literal['type']): Literal {
  const token = p.next()
  let { text } = token
  let { end } = token
  while (type !== 'number' && p.token.kind === 'string') {
    if (!p.text.slice(end, p.token.start).includes('\n'))
      p.fail(
        'an operator or the end of the expression',
        "A string goes on in another string only on the next line; within one, write ' as ''.",
      )
    end = p.token.end
    text += p.next().text
  }
  return { kind: 'literal', type, text, span: p.spanFrom(token) }
}

function primary(p: TokenStream): Expression {
  const start = p.token
  switch (start.kind) {
    case 'number':
    case 'string':
    case 'binary':
      return literal(p, start.kind)
    case 'end':
    case 'hint':
      return p.fail('an expression')
    case 'quoted':
      return columnOrCall(p)
    default:
  }
  const call = p.peek(1).key === '('
  switch (start.key) {
    case '(':
      return parenthesis(p)
    case '*':
      p.next()
      return { kind: 'star', qualifier: [], span: p.spanFrom(start) }
    case '?':
      p.next()
      return { kind: 'parameter', span: p.spanFrom(start) }
    case 'TRUE':
    case 'FALSE':
    case 'NULL':
    case 'UNKNOWN':
      return literal(p, start.key.toLowerCase() as Literal['type'])
    case 'DATE':
    case 'TIME':
    case 'TIMESTAMP':
      if (start.key === 'TIMESTAMP' && p.is('TIMESTAMP', 'WITH', 'LOCAL', 'TIME', 'ZONE'))
        return localTimestamp(p)
      if (p.peek(1).kind !== 'string') break
      p.next()
      return {
        kind: 'literal',
        type: start.key.toLowerCase() as Literal['type'],
        text: p.next().text,
        span: p.spanFrom(start),
      }
    case '{':
      return escapedLiteral(p)
    case 'INTERVAL':
      return interval(p)
    case 'CASE':
      return caseExpression(p)
    case 'CAST':
    case 'TRY_CAST': {
      if (!call) break
      p.next()
      p.expect('(')
      const operand = parseExpression(p)
      p.expect('AS')
      const type = parseType(p)
      p.expect(')')
      return {
        kind: 'cast',
        operand,
        type,
        safe: start.key === 'TRY_CAST',
        span: p.spanFrom(start),
      }
    }
    case 'EXISTS': {
      if (!call) break
      p.next()
      return { kind: 'exists', query: subquery(p), span: p.spanFrom(start) }
    }
    case 'MAP':
      // MAP is a free word: without a bracket behind it, it is a column.
      if (!call && p.peek(1).key !== '[') break
      return collection(p)
    case 'ARRAY':
    case 'MULTISET':
      return collection(p)
    case 'ROW': {
      if (!call) break
      p.next()
      p.expect('(')
      const items = p.list(() => parseExpression(p))
      p.expect(')')
      return { kind: 'row', items, span: p.spanFrom(start) }
    }
    default:
  }
  if (NILADIC.has(start.key) && !call) {
    p.next()
    return simpleCall(start.key, [], start, p)
  }
  return columnOrCall(p)
}

/** `TIMESTAMP WITH LOCAL TIME ZONE '…'`: a local time, taken in the session's zone. */
function localTimestamp(p: TokenStream): Expression {
  const start = p.token
  p.expect('TIMESTAMP', 'WITH', 'LOCAL', 'TIME', 'ZONE')
  const text = p.string('the time in single quotes')
  const span = p.spanFrom(start)
  const decimals = /\.(\d+)$/.exec(text.trim())?.[1]?.length ?? 0
  const operand: Literal = { kind: 'literal', type: 'timestamp', text, span }
  const type = notNull(types.timestampLtz(Math.min(9, decimals)))
  return { kind: 'cast', operand, type, safe: false, span }
}

const ESCAPED = { D: 'date', T: 'time', TS: 'timestamp' } as const

/** `{d '2024-01-31'}`, `{t '12:00:00'}`, `{ts '…'}` of ODBC. */
function escapedLiteral(p: TokenStream): Expression {
  const start = p.next()
  const type = ESCAPED[p.oneOf('D', 'TS', 'T')]
  const text = p.string()
  p.expect('}')
  return { kind: 'literal', type, text, span: p.spanFrom(start) }
}

function columnOrCall(p: TokenStream): Expression {
  const start = p.token
  if (isNameOfCall(p)) return parseCall(p)
  if (
    start.kind === 'word' &&
    CLAUSE_WORDS.has(start.key) &&
    !['VALUE', 'RAW', 'FREE', 'BYTES'].includes(start.key)
  )
    p.fail('an expression')
  const path = [p.identifier('an expression')]
  while (p.is('.')) {
    if (p.peek(1).key === '*') {
      p.next()
      p.next()
      return { kind: 'star', qualifier: path, span: p.spanFrom(start) }
    }
    p.next()
    path.push(p.identifier('a field name'))
  }
  return { kind: 'column', path, span: p.spanFrom(start) }
}

function subquery(p: TokenStream) {
  p.expect('(')
  const query = parseQuery(p)
  p.expect(')')
  return query
}

function parenthesis(p: TokenStream): Expression {
  const start = p.token
  if (isQueryStart(p, 1)) return { kind: 'subquery', query: subquery(p), span: p.spanFrom(start) }
  const items = p.parenthesized(() => parseExpression(p))
  const [only] = items
  if (items.length !== 1 || only === undefined)
    return { kind: 'row', items, span: p.spanFrom(start) }
  if (only.kind === 'binary' && only.operator === '-' && UNIT_OF_INTERVAL.test(p.token.key))
    return difference(only.left, only.right, start, p)
  return only
}

/** `(a - b) DAY TO SECOND`, whose unit follows. */
function difference(left: Expression, right: Expression, start: Token, p: TokenStream): Expression {
  const from = p.token
  const { from: unit } = qualifier(p)
  const name: Expression = {
    kind: 'symbol',
    name: unit === 'YEAR' || unit === 'QUARTER' || unit === 'MONTH' ? 'MONTH' : 'SECOND',
    span: p.spanFrom(from),
  }
  return simpleCall('MINUS_DATE', [name, left, right], start, p)
}

function collection(p: TokenStream): Expression {
  const start = p.next()
  if (p.is('(')) {
    const kind =
      start.key === 'ARRAY' ? 'array-query' : start.key === 'MAP' ? 'map-query' : 'multiset-query'
    return { kind, query: subquery(p), span: p.spanFrom(start) }
  }
  if (start.key === 'MULTISET')
    p.fail('( and a query', 'A MULTISET has no literal: write ARRAY[…], or aggregate by COLLECT.')
  p.expect('[')
  const items = p.is(']') ? [] : p.list(() => parseExpression(p))
  if (!p.accept(']')) p.fail('] or ,')
  return { kind: start.key === 'MAP' ? 'map' : 'array', items, span: p.spanFrom(start) }
}

function caseExpression(p: TokenStream): Expression {
  const start = p.next()
  const operand = p.is('WHEN') ? undefined : parseExpression(p)
  const branches = []
  while (p.accept('WHEN')) {
    const when = parseExpression(p)
    p.expect('THEN')
    // biome-ignore lint/suspicious/noThenProperty: CASE's THEN; never awaited
    branches.push({ when, then: parseExpression(p) })
  }
  if (branches.length === 0) p.fail('WHEN')
  const otherwise = p.accept('ELSE') ? parseExpression(p) : undefined
  if (!p.accept('END')) p.fail('WHEN, ELSE or END', 'Close the CASE with END.')
  return { kind: 'case', operand, branches, otherwise, span: p.spanFrom(start) }
}

/** A unit of time, or its plural. */
const UNIT_OF_INTERVAL = /^(YEAR|QUARTER|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?$/

function interval(p: TokenStream): Expression {
  const start = p.next()
  const negative = p.accept('-')
  if (!negative) p.accept('+')
  const text = p.string('the interval in single quotes')
  return { kind: 'interval', text, negative, qualifier: qualifier(p), span: p.spanFrom(start) }
}

function qualifier(p: TokenStream): IntervalQualifier {
  const unit = () => {
    const match = UNIT_OF_INTERVAL.exec(p.token.key)
    if (!match) p.fail('a unit: YEAR, MONTH, DAY, HOUR, MINUTE or SECOND')
    p.next()
    return (match as RegExpExecArray)[1] as string
  }
  const precision = () => {
    if (!p.accept('(')) return undefined
    const value = p.integer()
    if (p.accept(',')) p.integer()
    p.expect(')')
    return value
  }
  const from = unit()
  const fromPrecision = precision()
  const to = p.accept('TO') ? unit() : undefined
  return { from, fromPrecision, to, toPrecision: to ? precision() : undefined }
}
