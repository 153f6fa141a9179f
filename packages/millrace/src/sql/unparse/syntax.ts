// Makers of syntax trees without a place in a text.

import type { Call, Expression, Identifier } from '../ast/expression.ts'
import type { Alias, Query, QueryBody, Select, TableRef } from '../ast/query.ts'

const span = { start: 0, end: 0, line: 1, column: 1 } as const

export const identifier = (name: string): Identifier => ({ kind: 'identifier', name, span })

export const columnRef = (...path: readonly string[]): Expression => ({
  kind: 'column',
  path: path.map(identifier),
  span,
})

export const symbol = (name: string): Expression => ({ kind: 'symbol', name, span })

export const callOf = (
  name: string,
  args: readonly Expression[],
  more: Partial<Call> = {},
): Call => ({
  kind: 'call',
  name: [identifier(name)],
  args,
  quantifier: undefined,
  json: undefined,
  orderBy: [],
  nulls: undefined,
  filter: undefined,
  over: undefined,
  semantics: undefined,
  span,
  ...more,
})

export const binary = (
  operator: Extract<Expression, { kind: 'binary' }>['operator'],
  left: Expression,
  right: Expression,
): Expression => ({ kind: 'binary', operator, left, right, span })

export const not = (operand: Expression): Expression => ({
  kind: 'unary',
  operator: 'NOT',
  operand,
  span,
})

export const number = (value: number): Expression => ({
  kind: 'literal',
  type: 'number',
  text: String(value),
  span,
})

export const TRUE: Expression = { kind: 'literal', type: 'true', text: 'TRUE', span }

/** AND of those that are there. */
export function allOf(conditions: readonly (Expression | undefined)[]): Expression | undefined {
  const present = conditions.filter(c => c !== undefined)
  return present.length === 0 ? undefined : present.reduce((a, b) => binary('AND', a, b))
}

export const aliasOf = (name: string, columns: readonly string[] = []): Alias => ({
  name: identifier(name),
  columns: columns.map(identifier),
})

export const tableRef = (name: string, alias: string, asOf?: Expression): TableRef => ({
  kind: 'table',
  path: name.split('.').map(identifier),
  hints: [],
  asOf,
  alias: aliasOf(alias),
  span,
})

export const derived = (query: Query, alias: string): TableRef => ({
  kind: 'derived',
  query,
  lateral: false,
  alias: aliasOf(alias),
  span,
})

export const joinOf = (
  type: Extract<TableRef, { kind: 'join' }>['type'],
  left: TableRef,
  right: TableRef,
  on?: Expression,
): TableRef => ({ kind: 'join', type, natural: false, left, right, on, using: [], span })

export const selectOf = (parts: Partial<Select> & Pick<Select, 'items'>): Select => ({
  kind: 'select',
  hints: [],
  distinct: false,
  from: undefined,
  where: undefined,
  groupBy: undefined,
  having: undefined,
  windows: [],
  qualify: undefined,
  span,
  ...parts,
})

export const queryOf = (body: QueryBody, parts: Partial<Query> = {}): Query => ({
  kind: 'query',
  with: [],
  body,
  orderBy: [],
  limit: undefined,
  offset: undefined,
  span,
  ...parts,
})

export { span as NOWHERE }
