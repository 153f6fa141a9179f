// A SELECT in the making: what a plan node is as SQL, and whether more can still be put into it.

import type { Expression } from '../ast/expression.ts'
import type { GroupItem, Hint, OrderItem, Query, QueryBody, TableRef } from '../ast/query.ts'
import { columnRef, queryOf, selectOf } from './syntax.ts'

export interface BlockColumn {
  readonly name: string
  readonly expression: Expression
}

export interface Block {
  readonly columns: readonly BlockColumn[]
  readonly from?: TableRef | undefined
  readonly where?: Expression | undefined
  readonly groupBy?: readonly GroupItem[]
  readonly having?: Expression | undefined
  readonly orderBy?: readonly OrderItem[]
  readonly limit?: Expression | undefined
  readonly offset?: Expression | undefined
  /** Instead of a SELECT: set operations. */
  readonly body?: QueryBody
  /** Aggregates or OVER calls are among the columns. */
  readonly isComputed?: boolean
  /** Of its SELECT. */
  readonly hints?: readonly Hint[]
}

/** Whether conditions, projections and groups can be put into it: it only reads columns. */
export function isOpen(block: Block): boolean {
  const { groupBy, orderBy, limit, offset, body, isComputed } = block
  const isPlain = block.columns.every(c => c.expression.kind === 'column')
  return isPlain && !(groupBy ?? orderBy ?? limit ?? offset ?? body ?? isComputed)
}

/** Whether it is nothing but a table or join in FROM, so that it can be joined as it stands. */
export const isBare = (block: Block): boolean =>
  isOpen(block) && block.from !== undefined && block.where === undefined

/** Whether its rows have an order and nothing else depends on it: SQL has that at the end of a query only. */
export const isOrdered = ({ orderBy, limit, offset }: Block): boolean =>
  orderBy !== undefined && limit === undefined && offset === undefined

/** What takes its rows in any order. */
export function unordered(block: Block): Block {
  if (!isOrdered(block)) return block
  const { orderBy: _, ...rest } = block
  return rest
}

export function toQuery(block: Block): Query {
  const { columns, from, where, groupBy, having, orderBy = [], limit, offset, body } = block
  const { hints = [] } = block
  const items = columns.map(({ name, expression }) => ({
    expression,
    alias: isNamed(expression, name) ? undefined : columnName(name),
    span: expression.span,
  }))
  const select = selectOf({ items, from, where, having, hints, ...(groupBy ? { groupBy } : {}) })
  return queryOf(body ?? select, { orderBy, limit, offset })
}

const isNamed = (e: Expression, name: string): boolean =>
  e.kind === 'column' && e.path.at(-1)?.name === name

const columnName = (name: string) => {
  const { path } = columnRef(name) as Extract<Expression, { kind: 'column' }>
  return path[0]
}
