// WHERE: plain conditions as a filter; IN and EXISTS with sub-queries as semi and anti joins.

import { checkCondition, createCall, createLogical } from '../../plan/create-expression.ts'
import { columnAt, createJoin } from '../../plan/create-node.ts'
import { columnsRead } from '../../plan/children.ts'
import type { Expression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import { replaceColumns } from '../../plan/transform.ts'
import { createLiteral } from '../../plan/create-expression.ts'
import { notNull, types } from '../../types/data-type.ts'
import type { Expression as SqlExpression, Path } from '../ast/expression.ts'
import type { Query, QueryBody, Select } from '../ast/query.ts'
import { applyFilter } from '../../plan/compose/apply-filter.ts'
import type { BinderContext } from './binder-context.ts'
import { InvalidSqlError, UnsupportedSqlError } from './binder-errors.ts'
import { bindExpression } from './expressions/bind-expression.ts'
import { bindFrom } from './tables/bind-from.ts'
import { bindQuery } from './bind-query.ts'
import { containsAggregate } from './expressions/contains-aggregate.ts'
import { DeferredColumns, isDeferred } from './expressions/deferred-columns.ts'
import type { ExpressionContext } from './expressions/expression-context.ts'
import { takeCorrelations } from './subqueries/correlated-query.ts'
import type { Scope } from './scope.ts'

/** A query under construction: its rows so far, and what names mean in them. */
export interface Working {
  plan: PlanNode
  scope: Scope
}

/** Applies a WHERE clause; scalar sub-queries in it are joined to the rows first. */
export function bindWhere(
  context: BinderContext,
  working: Working,
  where: SqlExpression,
  expressions: ExpressionContext,
): void {
  const parts = conjunctsOf(where)
  // A correlated sub-query that aggregates is a value: it is joined by its keys.
  const joinOf = (part: SqlExpression): SemiJoin | undefined => {
    const join = semiJoinOf(part)
    if (!join || simpleSelect(context, join.query)?.from) return join
    return takeCorrelations(context, working, join.query) ? undefined : join
  }
  const plain: Expression[] = []
  for (const part of parts)
    if (!joinOf(part)) {
      const condition = bindExpression(expressions, part)
      plain.push(...flatten(checkCondition(condition, expressions.clause, part.span)))
    }
  if (plain.length > 0) working.plan = applyFilter(working.plan, plain)
  for (const part of parts) {
    const join = joinOf(part)
    if (join) working.plan = bindSemiJoin(context, working, join, expressions)
  }
}

/** The conditions of which an AND consists. */
export function conjunctsOf(e: SqlExpression): readonly SqlExpression[] {
  return e.kind === 'binary' && e.operator === 'AND'
    ? [...conjunctsOf(e.left), ...conjunctsOf(e.right)]
    : [e]
}

const flatten = (e: Expression): readonly Expression[] =>
  e.kind === 'logical' && e.op === 'and' ? e.args.flatMap(flatten) : [e]

interface SemiJoin {
  readonly query: Query
  /** The left side of IN, = ANY and <> ALL; absent for EXISTS. */
  readonly operand: SqlExpression | undefined
  readonly negated: boolean
  readonly node: SqlExpression
}

function semiJoinOf(e: SqlExpression): SemiJoin | undefined {
  if (e.kind === 'unary' && e.operator === 'NOT') {
    const inner = semiJoinOf(e.operand)
    return inner && { ...inner, negated: !inner.negated }
  }
  if (e.kind === 'exists') return { query: e.query, operand: undefined, negated: false, node: e }
  if (e.kind === 'quantified') {
    const { operator, quantifier, query, operand } = e
    if (operator !== (quantifier === 'ALL' ? '<>' : '=')) return undefined
    return { query, operand, negated: quantifier === 'ALL', node: e }
  }
  if (e.kind === 'in-query')
    return { query: e.query, operand: e.operand, negated: e.negated, node: e }
  return undefined
}

function bindSemiJoin(
  context: BinderContext,
  working: Working,
  join: SemiJoin,
  expressions: ExpressionContext,
): PlanNode {
  const { plan: left } = working
  const width = left.schema.length
  const inner = bindInner(context, working.scope, join.query)
  const toRight = (e: Expression): Expression =>
    replaceColumns(e, c => {
      const outer = inner.outer.get(c.index)
      return outer ?? { ...c, index: c.index + width }
    })
  const conditions = inner.correlated.map(toRight)
  if (join.operand)
    conditions.push(membership(context, expressions, join, inner.values.map(toRight)))
  const condition =
    conditions.length > 0
      ? createLogical('and', conditions)
      : createLiteral(true, notNull(types.boolean))
  return createJoin(join.negated ? 'anti' : 'semi', left, inner.plan, condition)
}

/** `x = y`; for NOT IN, which is not TRUE as soon as a NULL is compared, `(x = y) IS NOT FALSE`. */
function membership(
  { environment }: BinderContext,
  expressions: ExpressionContext,
  { operand, negated, node }: SemiJoin,
  values: readonly Expression[],
): Expression {
  const items = operand?.kind === 'row' ? operand.items : operand ? [operand] : []
  if (items.length !== values.length)
    throw new InvalidSqlError({
      problem: `IN compares ${items.length} ${items.length === 1 ? 'value' : 'values'} with a sub-query of ${values.length} columns`,
      remedy: 'Select as many columns as stand before IN.',
      at: node.span,
    })
  const equalities = items.map((item, i) =>
    createCall(
      environment,
      '=',
      [bindExpression(expressions, item), values[i] as Expression],
      node.span,
    ),
  )
  const all = createLogical('and', equalities, node.span)
  return negated && all.type.nullable ? createCall(environment, 'IS NOT FALSE', [all]) : all
}

interface Inner {
  readonly plan: PlanNode
  /** What the sub-query selects, over its plan. */
  readonly values: readonly Expression[]
  /** Conditions that read the query around: those columns are deferred ones of `outer`. */
  readonly correlated: readonly Expression[]
  readonly outer: DeferredColumns<Expression>
}

/** A sub-query whose correlated conditions are taken out; one that aggregates or limits may not be correlated. */
function bindInner(context: BinderContext, scope: Scope, query: Query): Inner {
  const outer = new DeferredColumns<Expression>()
  const select = simpleSelect(context, query)
  if (!select?.from) {
    const plan = bindQuery(withoutOuter(context, scope), query)
    return { plan, values: plan.schema.map((_, i) => columnAt(plan, i)), correlated: [], outer }
  }
  const resolve = (path: Path): Expression | undefined => {
    const found = scope.find(path)
    return found && replaceColumns(found, c => outer.add(c.name, c.type, c))
  }
  const from = bindFrom(withoutOuter(context, scope), select.from)
  const working: Working = { plan: from.plan, scope: from.scope }
  const correlated = select.where ? bindInnerWhere(context, working, select.where, resolve) : []
  const expressions: ExpressionContext = {
    environment: context.environment,
    scope: working.scope,
    clause: 'a sub-query',
    outer: resolve,
  }
  const values = select.items.flatMap(({ expression }) =>
    expression.kind === 'star'
      ? starColumns(working.scope)
      : [bindExpression(expressions, expression)],
  )
  return { plan: working.plan, values, correlated, outer }
}

const starColumns = (scope: Scope): readonly Expression[] =>
  scope.relations.flatMap(r => r.names.map((_, i) => scope.column(r.start + i)))

function bindInnerWhere(
  context: BinderContext,
  working: Working,
  where: SqlExpression,
  outer: (path: Path) => Expression | undefined,
): readonly Expression[] {
  const expressions: ExpressionContext = {
    environment: context.environment,
    scope: working.scope,
    clause: 'WHERE',
    outer,
  }
  const correlated: Expression[] = []
  const own: Expression[] = []
  for (const part of conjunctsOf(where)) {
    if (semiJoinOf(part)) continue
    const condition = checkCondition(bindExpression(expressions, part), 'WHERE', part.span)
    for (const e of flatten(condition)) (columnsRead(e).some(isDeferred) ? correlated : own).push(e)
  }
  if (own.length > 0) working.plan = applyFilter(working.plan, own)
  const { outer: _, ...inner } = expressions
  for (const part of conjunctsOf(where)) {
    const join = semiJoinOf(part)
    if (join) working.plan = bindSemiJoin(context, working, join, inner)
  }
  return correlated
}

/** The sub-query as a SELECT whose rows are those of FROM and WHERE; `undefined` when it is more than that. */
function simpleSelect(context: BinderContext, query: Query): Select | undefined {
  const { body } = query
  if (query.with.length > 0 || query.limit || query.offset) return undefined
  if (body.kind === 'query') return simpleSelect(context, body)
  return isSimple(context, body) ? body : undefined
}

function isSimple(context: BinderContext, body: QueryBody): body is Select {
  return (
    body.kind === 'select' &&
    !body.groupBy &&
    !body.having &&
    !body.qualify &&
    !body.items.some(item => containsAggregate(context.environment, item.expression))
  )
}

/** Refuses names of the query around, where they cannot be taken out. */
export function withoutOuter(context: BinderContext, scope: Scope): BinderContext {
  return {
    ...context,
    outer: path => {
      const found = scope.find(path) ?? context.outer?.(path)
      if (found)
        throw new UnsupportedSqlError({
          what: `Column "${path.map(p => p.name).join('.')}" of the query around, at this place of a sub-query,`,
          remedy: 'Use it in the WHERE clause of the sub-query, or write a join.',
          at: path[0]?.span,
        })
      return undefined
    },
  }
}
