// Sub-queries as values: a single value, EXISTS, IN, comparisons with ANY and ALL. Each is a join, and an expression over its columns.

import {
  createAggregateCall,
  createCall,
  createCase,
  createLiteral,
  createLogical,
} from '../../../plan/create-expression.ts'
import { columnAt, createAggregate, createJoin } from '../../../plan/create-node.ts'
import type { Expression } from '../../../plan/expression.ts'
import type { PlanNode } from '../../../plan/node.ts'
import { notNull, types, withNullable } from '../../../types/data-type.ts'
import type { Expression as SqlExpression } from '../../ast/expression.ts'
import type { Query, SelectItem } from '../../ast/query.ts'
import { bindQuery } from '../bind-query.ts'
import { withoutOuter } from '../bind-where.ts'
import type { BinderContext } from '../binder-context.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder-errors.ts'
import { type CorrelatedSelect, selectWithKeys, takeCorrelations } from './correlated-query.ts'
import { projectColumns } from '../project-columns.ts'
import type { Scope } from '../scope.ts'
import { bindSingleValue, singleRowPerKey } from './single-value.ts'
import { orValueOfNone } from './value-of-none.ts'

/** Joins the rows of the query to those of a sub-query by equal values; returns the columns of the joined row. */
export type JoinSubquery = (
  join: 'left' | 'inner',
  right: PlanNode,
  /** Over the rows of the query. */
  keys: readonly Expression[],
) => readonly Expression[]

/** Where a sub-query stands. */
export interface SubqueryPlace {
  readonly context: BinderContext
  readonly scope: Scope
  /** The rows that are joined to. */
  readonly plan: PlanNode
  /** Binds an expression of the query around. */
  readonly bind: (e: SqlExpression) => Expression
  /** `keys` are compared with the last columns of `right`. */
  readonly join: JoinSubquery
}

export type Membership = Extract<SqlExpression, { kind: 'in-query' | 'exists' | 'quantified' }>

/** The value of `(SELECT …)`; NULL when it has no row. */
export function bindScalarSubquery(place: SubqueryPlace, query: Query): Expression {
  const { context, scope, bind, join } = place
  const correlated = takeCorrelations(context, place, query)
  if (!correlated) return first(join('left', bindSingleValue(context, scope, query), []))
  const { select, correlations, isGlobalAggregate } = correlated
  const [item, more] = select.items
  if (!item || more || item.expression.kind === 'star')
    throw new InvalidSqlError({
      problem: 'A sub-query that stands for a value selects other than one column',
      remedy: 'Select one.',
      at: query.span,
    })
  const plan = bindKeyed(place, correlated, [item])
  const single = isGlobalAggregate ? plan : singleRowPerKey(context, plan)
  const [value, key] = join(
    'left',
    single,
    correlations.map(c => bind(c.outer)),
  ) as [Expression, Expression]
  return isGlobalAggregate ? orValueOfNone(context, plan, value, key) : value
}

/** TRUE, FALSE or NULL for EXISTS, IN, ANY, SOME, ALL. */
export function bindMembership(place: SubqueryPlace, node: Membership): Expression {
  if (node.kind === 'exists') return bindExists(place, node.query)
  if (node.kind === 'in-query') {
    if (node.operand.kind === 'row')
      throw new UnsupportedSqlError({
        what: 'A row before IN, other than as a condition of WHERE joined by AND,',
        remedy: 'Use EXISTS with an equality for each column.',
        at: node.span,
      })
    return bindIn(place, node.operand, node.query, node.negated)
  }
  const { operator, quantifier, operand, query } = node
  const isAll = quantifier === 'ALL'
  if (operator === (isAll ? '<>' : '=')) return bindIn(place, operand, query, isAll)
  const some = bindSome(place, operand, isAll ? (OPPOSITE[operator] ?? operator) : operator, query)
  return isAll ? createCall(place.context.environment, 'NOT', [some], node.span) : some
}

const OPPOSITE: Readonly<Record<string, string>> = {
  '=': '<>',
  '<>': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}

function bindExists(place: SubqueryPlace, query: Query): Expression {
  const { context, scope, bind, join } = place
  const { environment } = context
  const correlated = takeCorrelations(context, place, query)
  if (correlated?.isGlobalAggregate) return TRUE
  const plan = correlated
    ? bindKeyed(place, correlated, [])
    : bindQuery(withoutOuter(context, scope), query)
  const keys = correlated?.correlations.map(c => bind(c.outer)) ?? []
  const mark = join('left', marked(plan, keys.length), keys)
  return createCall(environment, 'IS NOT NULL', [first(mark)])
}

/**
 * `x IN (SELECT y …)`: FALSE of no rows; TRUE when a y is equal; NULL when x or a y is; else FALSE. The numbers of rows and of
 * values that are not NULL are joined beside the distinct values, unless neither side can be NULL.
 */
function bindIn(
  place: SubqueryPlace,
  operand: SqlExpression,
  query: Query,
  negated: boolean,
): Expression {
  const { context, bind, join } = place
  const { environment } = context
  const { plan, outer } = bindColumn(place, query)
  const x = bind(operand)
  const y = columnAt(plan, 0)
  const keys = [...outer, x]
  // The value is the last key: what is compared stands last.
  const places = [...plan.schema.keys()].slice(1).concat(0)
  const values = projectColumns(
    plan,
    places.map(i => ({ name: `k${i}`, expression: columnAt(plan, i) })),
  )
  const isEqual = createCall(environment, 'IS NOT NULL', [
    first(join('left', marked(values, keys.length), keys)),
  ])
  const canBeNull = x.type.nullable || y.type.nullable
  const found = canBeNull
    ? withUnknown(place, x, isEqual, summary(place, plan, []), outer)
    : isEqual
  return negated ? createCall(environment, 'NOT', [found]) : found
}

/** `x < ANY (SELECT y …)` is `x < MAX(y)`, unless nothing or NULLs are compared; others alike. */
function bindSome(
  place: SubqueryPlace,
  operand: SqlExpression,
  operator: string,
  query: Query,
): Expression {
  const { environment } = place.context
  const { plan, outer } = bindColumn(place, query)
  const x = place.bind(operand)
  return withUnknown(
    place,
    x,
    ([, , least, most]) => {
      const compare = (to: Expression | undefined) =>
        createCall(environment, operator, [x, to as Expression], operand.span)
      if (operator === '<>') return createLogical('or', [compare(least), compare(most)])
      return compare(operator.startsWith('<') ? most : least)
    },
    summary(place, plan, ['MIN', 'MAX']),
    outer,
  )
}

/** FALSE of no rows, TRUE where `holds`, NULL when a NULL was compared, else FALSE. */
function withUnknown(
  { context: { environment }, join }: SubqueryPlace,
  x: Expression,
  holds: Expression | ((summary: readonly Expression[]) => Expression),
  right: PlanNode,
  outer: readonly Expression[],
): Expression {
  // Without keys a streaming aggregation of no rows gives none, and as in Flink there is then no result either.
  const columns = join(outer.length > 0 ? 'left' : 'inner', right, outer)
  const [all, known] = columns as [Expression, Expression]
  const call = (name: string, ...args: Expression[]) => createCall(environment, name, args)
  const none = createLogical('or', [call('IS NULL', all), call('=', all, ZERO)])
  const unknown = createLogical('or', [call('IS NULL', x), call('<', known, all)])
  return createCase(
    environment,
    [
      branch(none, FALSE),
      branch(typeof holds === 'function' ? holds(columns) : holds, TRUE),
      branch(unknown, createLiteral(null, types.boolean)),
    ],
    FALSE,
  )
}

/** The number of rows and of values that are not NULL, more aggregates of the values, then the keys. */
function summary(
  { context: { environment } }: SubqueryPlace,
  plan: PlanNode,
  functions: readonly string[],
): PlanNode {
  const value = columnAt(plan, 0)
  const calls = [
    createAggregateCall(environment, { name: 'c', function: 'COUNT', args: [] }),
    ...['COUNT', ...functions].map((name, i) =>
      createAggregateCall(environment, { name: `v${i}`, function: name, args: [value] }),
    ),
  ]
  const keys = plan.schema.slice(1).map(({ name }, i) => ({
    name,
    expression: columnAt(plan, i + 1),
  }))
  const aggregate = createAggregate(plan, keys, calls)
  const order = [...calls.keys()].map(i => i + keys.length).concat([...keys.keys()])
  return projectColumns(
    aggregate,
    order.map(i => ({
      name: aggregate.schema[i]?.name ?? '',
      expression: columnAt(aggregate, i),
    })),
  )
}

interface Compared {
  /** The value, then the inner side of each correlation. */
  readonly plan: PlanNode
  readonly outer: readonly Expression[]
}

function bindColumn(place: SubqueryPlace, query: Query): Compared {
  const { context, scope, bind } = place
  const correlated = takeCorrelations(context, place, query)
  const plan = correlated
    ? bindKeyed(place, correlated, correlated.select.items)
    : bindQuery(withoutOuter(context, scope), query)
  const outer = correlated?.correlations.map(c => bind(c.outer)) ?? []
  if (plan.schema.length - outer.length === 1) return { plan, outer }
  throw new InvalidSqlError({
    problem: `One value is compared with a sub-query of ${plan.schema.length - outer.length} columns`,
    remedy: 'Select one.',
    at: query.span,
  })
}

const bindKeyed = (
  { scope }: SubqueryPlace,
  correlated: CorrelatedSelect,
  items: readonly SelectItem[],
): PlanNode => bindQuery(withoutOuter(correlated.context, scope), selectWithKeys(correlated, items))

/** The distinct keys (the last columns), behind a TRUE that tells a match. */
function marked(plan: PlanNode, keys: number): PlanNode {
  const places = [...plan.schema.keys()].slice(plan.schema.length - keys)
  const mark = projectColumns(plan, [
    { name: 'i', expression: TRUE },
    ...places.map((i, n) => ({ name: `k${n}`, expression: columnAt(plan, i) })),
  ])
  return createAggregate(
    mark,
    mark.schema.map(({ name }, i) => ({ name, expression: columnAt(mark, i) })),
    [],
  )
}

/** The join of a sub-query: the keys are equal to the last columns of its rows. */
export function joinByKeys(
  { environment }: BinderContext,
  join: 'left' | 'inner',
  left: PlanNode,
  right: PlanNode,
  keys: readonly Expression[],
): PlanNode {
  const width = left.schema.length
  const firstKey = right.schema.length - keys.length
  const equal = keys.map((key, i) => {
    const column = columnAt(right, firstKey + i) as Extract<Expression, { kind: 'column' }>
    return createCall(environment, '=', [key, { ...column, index: column.index + width }])
  })
  return createJoin(join, left, right, equal.length > 0 ? createLogical('and', equal) : TRUE)
}

/** The type of a column of `right`, once joined. */
export const joinedType = (join: 'left' | 'inner', right: PlanNode, index: number) => {
  const { type } = columnAt(right, index)
  return join === 'left' ? withNullable(type, true) : type
}

const branch = (when: Expression, then: Expression) => ({ when, then })
const TRUE = createLiteral(true, notNull(types.boolean))
const FALSE = createLiteral(false, notNull(types.boolean))
const ZERO = createLiteral(0, notNull(types.int))
const first = ([value]: readonly Expression[]): Expression => value as Expression
