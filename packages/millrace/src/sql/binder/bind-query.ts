// Queries: WITH, set operations, VALUES; ORDER BY and LIMIT behind them.

import { columnAt, createSort } from '../../plan/create-node.ts'
import type { Expression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import { located } from '../../plan/origin.ts'
import { combineRows } from '../../plan/compose/set-operations.ts'
import { formatType } from '../../types/data-type.ts'
import type { Column } from '../../types/schema.ts'
import type { Expression as SqlExpression, Identifier } from '../ast/expression.ts'
import type { OrderItem, Query, QueryBody, SetOperation } from '../ast/query.ts'
import type { BinderContext } from './binder-context.ts'
import { InvalidSqlError } from './binder-errors.ts'
import { dropOrder } from './drop-order.ts'
import { bindExpression } from './expressions/bind-expression.ts'
import { bindSelect, type Tail } from './bind-select.ts'
import { bindValues } from './tables/bind-values.ts'
import { sortKey } from './over-binder.ts'
import { distinctNames } from './output-names.ts'
import { projectColumns } from './project-columns.ts'
import { Scope } from './scope.ts'

/** The plan of a query. @throws {MillraceError} with the place in the text */
export function bindQuery(context: BinderContext, query: Query): PlanNode {
  const inner = query.with.length > 0 ? withCommon(context, query) : context
  const tail: Tail = {
    orderBy: query.orderBy,
    limit: rowCount(inner, query.limit, 'LIMIT'),
    offset: rowCount(inner, query.offset, 'OFFSET') ?? 0,
  }
  if (query.body.kind === 'select') return bindSelect(inner, query.body, tail)
  return sortRows(inner, bindBody(inner, query.body), tail)
}

function withCommon(context: BinderContext, query: Query): BinderContext {
  const common = new Map(context.common)
  for (const table of query.with) {
    const plan = dropOrder(bindQuery({ ...context, common }, table.query))
    common.set(table.name.name, renameColumns(plan, table.columns, `WITH ${table.name.name}`))
  }
  return { ...context, common }
}

/**
 * The plan under a list of column names; under distinct ones without a list.
 *
 * @throws {InvalidSqlError} `MR_SQL_INVALID` when the numbers differ
 */
export function renameColumns(
  plan: PlanNode,
  columns: readonly Identifier[],
  what: string,
): PlanNode {
  if (columns.length > 0 && columns.length !== plan.schema.length)
    throw new InvalidSqlError({
      problem: `${what} names ${columns.length} columns, but its query selects ${plan.schema.length}`,
      remedy: 'Name as many columns as the query selects.',
      at: columns[0]?.span,
    })
  const names =
    columns.length > 0 ? columns.map(c => c.name) : distinctNames(plan.schema.map(c => c.name))
  return projectColumns(
    plan,
    names.map((name, i) => ({ name, expression: columnAt(plan, i) })),
  )
}

function rowCount(
  { environment }: BinderContext,
  e: SqlExpression | undefined,
  clause: string,
): number | undefined {
  if (!e) return undefined
  const bound = bindExpression({ environment, scope: new Scope([], []), clause }, e)
  if (bound.kind === 'literal' && Number.isSafeInteger(bound.value) && (bound.value as number) >= 0)
    return bound.value as number
  throw new InvalidSqlError({
    problem: `${clause} needs a constant number of rows`,
    remedy: `Write ${clause} 10.`,
    at: e.span,
  })
}

const NO_TAIL: Tail = { orderBy: [], limit: undefined, offset: 0 }

function bindBody(context: BinderContext, body: QueryBody): PlanNode {
  switch (body.kind) {
    case 'select':
      return bindSelect(context, body, NO_TAIL)
    case 'query':
      return bindQuery(context, body)
    case 'values':
      return bindValues(context, body)
    default:
      return bindSetOperation(context, body)
  }
}

function sortRows(context: BinderContext, plan: PlanNode, tail: Tail): PlanNode {
  const { orderBy, limit, offset } = tail
  if (orderBy.length === 0 && limit === undefined && offset === 0) return plan
  const names = plan.schema.map(c => c.name)
  const keys = orderBy.map(item => sortKey(outputKey(context, plan, item, names), item))
  const at = orderBy[0]?.expression.span
  const sort = createSort(plan, keys, { offset, limit })
  return at ? located(sort, { text: context.text, at }) : sort
}

function outputKey(
  { environment }: BinderContext,
  plan: PlanNode,
  { expression: e }: OrderItem,
  names: readonly string[],
): Expression {
  if (e.kind !== 'literal' || e.type !== 'number' || !/^\d+$/.test(e.text))
    return bindExpression(
      { environment, scope: Scope.of(plan.schema, [], names), clause: 'ORDER BY' },
      e,
    )
  const position = Number(e.text) - 1
  if (position < 0 || position >= names.length)
    throw new InvalidSqlError({
      problem: `ORDER BY ${e.text} is beyond the ${names.length} selected columns`,
      remedy: 'Name a column, or give the number of one.',
      at: e.span,
    })
  return columnAt(plan, position)
}

function bindSetOperation(context: BinderContext, body: SetOperation): PlanNode {
  const { operator, all, span } = body
  const [left, right] = [bindBody(context, body.left), bindBody(context, body.right)]
  const what = `${operator}${all ? ' ALL' : ''}`
  if (left.schema.length !== right.schema.length)
    throw new InvalidSqlError({
      problem: `${what} combines ${left.schema.length} columns with ${right.schema.length}`,
      remedy: 'Select as many columns on both sides.',
      at: span,
    })
  return combineRows(context.environment, body, [left, right], i => {
    const types = [left, right].map(side => formatType((side.schema[i] as Column).type))
    throw new InvalidSqlError({
      problem: `Column ${i + 1} ("${left.schema[i]?.name}") of ${what} is ${types[0]} on the left, ${types[1]} on the right`,
      remedy: 'Cast one side to the type of the other.',
      at: span,
      code: 'MR_SQL_TYPE',
    })
  })
}
