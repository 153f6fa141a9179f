// Parses windows of rows: OVER (…), WINDOW w AS (…), and their frames.

import type { Frame, FrameBound, WindowSpec } from '../ast/expression.ts'
import { parseExpression } from './expressions.ts'
import { parseOrderBy } from './query.ts'
import type { TokenStream } from './token-stream.ts'

/** What follows OVER: the name of a window, or its definition in parentheses. */
export function parseOver(p: TokenStream): WindowSpec {
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
