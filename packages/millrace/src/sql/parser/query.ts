// Parses queries: WITH, SELECT, set operations by precedence, VALUES, ORDER BY and LIMIT.

import type { Expression } from '../ast/expression.ts'
import type {
  CommonTable,
  GroupItem,
  Option,
  OrderItem,
  Query,
  QueryBody,
  Select,
  SelectItem,
} from '../ast/query.ts'
import { parseWindowSpec } from './window-spec.ts'
import { parseExpression } from './expressions.ts'
import { parseFrom } from './table-refs.ts'
import { checkHintedTables, parseQueryHints } from './hints.ts'
import type { TokenStream } from './token-stream.ts'

const AFTER_QUERY = new Set([
  ')',
  'UNION',
  'INTERSECT',
  'EXCEPT',
  'ORDER',
  'LIMIT',
  'OFFSET',
  'FETCH',
])

/**
 * Whether a query starts at the token `ahead`: SELECT, WITH or VALUES, perhaps in parentheses that
 * are the query's own. Those of `((SELECT 1) + 2)` and of `((SELECT 1) AS t JOIN u …)` are not.
 */
export function isQueryStart(p: TokenStream, ahead: number): boolean {
  let word = ahead
  while (p.peek(word).key === '(') word++
  if (!['SELECT', 'WITH', 'VALUES'].includes(p.peek(word).key)) return false
  for (let open = word - 1; open >= ahead; open--) {
    const close = p.closing(open)
    if (close !== undefined && !AFTER_QUERY.has(p.peek(close + 1).key)) return false
  }
  return true
}

/** A query, up to what cannot belong to it. */
export function parseQuery(p: TokenStream): Query {
  return p.nested(() => {
    const start = p.token
    const common = p.accept('WITH') ? p.list(() => commonTable(p)) : []
    const body = parseUnion(p)
    const orderBy = p.is('ORDER', 'BY') ? parseOrderBy(p) : []
    let limit: Expression | undefined
    let offset: Expression | undefined
    for (;;) {
      if (p.accept('LIMIT')) {
        if (p.accept('ALL')) continue
        limit = parseExpression(p)
      } else if (p.accept('OFFSET')) {
        offset = parseExpression(p)
        if (!p.accept('ROWS')) p.accept('ROW')
      } else if (p.accept('FETCH')) {
        p.oneOf('FIRST', 'NEXT')
        limit = parseExpression(p)
        p.oneOf('ROW', 'ROWS')
        p.expect('ONLY')
      } else break
    }
    return { kind: 'query', with: common, body, orderBy, limit, offset, span: p.spanFrom(start) }
  })
}

function commonTable(p: TokenStream): CommonTable {
  const start = p.token
  const name = p.identifier('a name for the query')
  const columns = p.is('(') ? p.parenthesized(() => p.identifier('a column')) : []
  p.expect('AS')
  p.expect('(')
  const query = parseQuery(p)
  p.expect(')')
  return { name, columns, query, span: p.spanFrom(start) }
}

/** UNION and EXCEPT bind equally, from the left; INTERSECT binds tighter. */
function parseUnion(p: TokenStream): QueryBody {
  const start = p.token
  let left = parseIntersect(p)
  while (p.is('UNION') || p.is('EXCEPT')) {
    const operator = p.oneOf('UNION', 'EXCEPT')
    const all = setQuantifier(p)
    const right = parseIntersect(p)
    left = { kind: 'set-operation', operator, all, left, right, span: p.spanFrom(start) }
  }
  return left
}

function parseIntersect(p: TokenStream): QueryBody {
  const start = p.token
  let left = parseBody(p)
  while (p.accept('INTERSECT')) {
    const all = setQuantifier(p)
    const right = parseBody(p)
    left = {
      kind: 'set-operation',
      operator: 'INTERSECT',
      all,
      left,
      right,
      span: p.spanFrom(start),
    }
  }
  return left
}

function setQuantifier(p: TokenStream): boolean {
  if (p.accept('ALL')) return true
  p.accept('DISTINCT')
  return false
}

function parseBody(p: TokenStream): QueryBody {
  const start = p.token
  if (p.is('SELECT')) return parseSelect(p)
  if (p.accept('VALUES')) {
    const rows = p.list(() =>
      p.is('(') ? p.parenthesized(() => parseExpression(p)) : rowOf(parseExpression(p)),
    )
    return { kind: 'values', rows, span: p.spanFrom(start) }
  }
  if (p.is('TABLE')) return wholeTable(p)
  if (p.accept('(')) {
    const query = parseQuery(p)
    if (!p.accept(')')) p.fail(')', 'Close the parenthesis of the sub-query.')
    return query
  }
  return p.fail(
    'SELECT, VALUES or (',
    p.is('INSERT') ? 'Write INSERT INTO table WITH name AS (…) SELECT ….' : undefined,
  )
}

/** `TABLE t`: as `SELECT * FROM t`. */
function wholeTable(p: TokenStream): Select {
  const start = p.next()
  const path = p.path('a table')
  const span = p.spanFrom(start)
  const star = { kind: 'star', qualifier: [], span } as const
  return {
    kind: 'select',
    hints: [],
    distinct: false,
    items: [{ expression: star, alias: undefined, span }],
    from: { kind: 'table', path, hints: [], asOf: undefined, alias: undefined, span },
    where: undefined,
    groupBy: undefined,
    having: undefined,
    windows: [],
    qualify: undefined,
    span,
  }
}

/** `VALUES ROW(1, 2), 3`: a row constructor is a row, any other value a row of one. */
function rowOf(value: Expression): readonly Expression[] {
  return value.kind === 'row' ? value.items : [value]
}

function parseSelect(p: TokenStream): Select {
  const start = p.next()
  const hints = parseQueryHints(p)
  const distinct = p.accept('DISTINCT')
  if (!distinct) p.accept('ALL')
  const items = p.list(() => selectItem(p))
  const from = p.accept('FROM') ? parseFrom(p) : undefined
  if (hints.length > 0) checkHintedTables(p, hints, from)
  const where = p.accept('WHERE') ? parseExpression(p) : undefined
  const groupBy = p.accept('GROUP', 'BY') ? groupItems(p) : undefined
  const having = p.accept('HAVING') ? parseExpression(p) : undefined
  const windows = p.accept('WINDOW')
    ? p.list(() => {
        const name = p.identifier('a window')
        p.expect('AS')
        return { name, spec: parseWindowSpec(p) }
      })
    : []
  const qualify = p.accept('QUALIFY') ? parseExpression(p) : undefined
  return {
    kind: 'select',
    hints,
    distinct,
    items,
    from,
    where,
    groupBy,
    having,
    windows,
    qualify,
    span: p.spanFrom(start),
  }
}

function selectItem(p: TokenStream): SelectItem {
  const start = p.token
  const expression = parseExpression(p)
  const alias = p.accept('AS')
    ? p.identifier('a column name')
    : p.isIdentifier()
      ? p.identifier()
      : undefined
  return { expression, alias, span: p.spanFrom(start) }
}

function groupItems(p: TokenStream): GroupItem[] {
  if (!p.accept('ALL')) p.accept('DISTINCT')
  return p.list(() => groupItem(p))
}

function groupItem(p: TokenStream): GroupItem {
  if (p.is('ROLLUP', '(') || p.is('CUBE', '(')) {
    const kind = p.next().key === 'ROLLUP' ? 'rollup' : 'cube'
    return { kind, sets: p.parenthesized(() => groupSet(p)) }
  }
  if (p.is('GROUPING', 'SETS')) {
    p.expect('GROUPING', 'SETS')
    return { kind: 'grouping-sets', sets: p.parenthesized(() => setItem(p)) }
  }
  if (p.is('(', ')')) {
    p.expect('(', ')')
    return { kind: 'set', expressions: [] }
  }
  const expression = parseExpression(p)
  // `(a, b)` groups by both; as an expression it would be a row.
  if (expression.kind === 'row' && p.text[expression.span.start] === '(')
    return { kind: 'set', expressions: expression.items }
  return { kind: 'expression', expression }
}

/** A set of GROUPING SETS: `(a, b)`, `()`, `a`, or ROLLUP, CUBE, GROUPING SETS again. */
function setItem(p: TokenStream): GroupItem {
  if (p.is('ROLLUP') || p.is('CUBE') || p.is('GROUPING', 'SETS')) return groupItem(p)
  return { kind: 'set', expressions: groupSet(p) }
}

function groupSet(p: TokenStream): readonly Expression[] {
  if (p.is('(', ')')) {
    p.expect('(', ')')
    return []
  }
  if (p.is('(')) return p.parenthesized(() => parseExpression(p))
  return [parseExpression(p)]
}

/** ORDER BY items; the stream stands on ORDER. */
export function parseOrderBy(p: TokenStream): OrderItem[] {
  p.expect('ORDER', 'BY')
  return p.list(() => parseOrderItem(p))
}

/** An expression with its direction and the place of its NULLs. */
export function parseOrderItem(p: TokenStream): OrderItem {
  const start = p.token
  const expression = parseExpression(p)
  const descending = p.accept('DESC')
  if (!descending) p.accept('ASC')
  const nulls = p.accept('NULLS') ? p.oneOf('FIRST', 'LAST') : undefined
  return { expression, descending, nulls, span: p.spanFrom(start) }
}

/** `'key' = 'value'` */
export function parseOption(p: TokenStream): Option {
  const start = p.token
  const key = p.string("an option in single quotes, such as 'connector'")
  p.expect('=')
  const value = p.string("the option's value in single quotes")
  return { key, value, span: p.spanFrom(start) }
}
