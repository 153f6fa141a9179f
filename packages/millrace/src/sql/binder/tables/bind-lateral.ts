// LATERAL sub-queries of the form of a Top-N: its equalities with the outer row become the partition of a rank.

import { createCall, createLogical } from '../../../plan/create-expression.ts'
import { columnsRead } from '../../../plan/children.ts'
import { createJoin, createProject, createRank } from '../../../plan/create-node.ts'
import type { Expression } from '../../../plan/expression.ts'
import { replaceColumns } from '../../../plan/transform.ts'
import type { Expression as SqlExpression, Path } from '../../ast/expression.ts'
import type { Query, Select, TableRef } from '../../ast/query.ts'
import { applyFilter } from '../../../plan/compose/apply-filter.ts'
import type { BinderContext } from '../binder-context.ts'
import { UnsupportedSqlError } from '../binder-errors.ts'
import { bindExpression } from '../expressions/bind-expression.ts'
import { type BoundFrom, bindFrom, named } from './bind-from.ts'
import { conjunctsOf } from '../bind-where.ts'
import { containsAggregate } from '../expressions/contains-aggregate.ts'
import { DeferredColumns, isDeferred } from '../expressions/deferred-columns.ts'
import type { ExpressionContext } from '../expressions/expression-context.ts'
import { derivedName } from '../expressions/expression-context.ts'
import { bindSortKey } from '../over-binder.ts'
import { Scope } from '../scope.ts'

type Join = Extract<TableRef, { readonly kind: 'join' }>
type Derived = Extract<TableRef, { readonly kind: 'derived' }>

interface Correlation {
  readonly inner: Expression
  readonly outer: Expression
}

/** `left, LATERAL (SELECT … FROM t WHERE t.k = left.k ORDER BY … LIMIT n)`. */
export function bindLateral(
  context: BinderContext,
  left: BoundFrom,
  join: Join,
  ref: Derived,
): BoundFrom {
  const select = topOf(context, ref.query)
  const always = !join.on || (join.on.kind === 'literal' && join.on.type === 'true')
  if (
    !select?.from ||
    !always ||
    (join.type !== 'CROSS' && join.type !== 'LEFT' && join.type !== 'INNER')
  )
    return refuse(ref)
  const from = bindFrom(context, select.from)
  const outer = new DeferredColumns<Expression>()
  const expressions: ExpressionContext = {
    environment: context.environment,
    scope: from.scope,
    clause: 'a LATERAL sub-query',
    outer: (path: Path) => {
      const found = left.scope.find(path)
      return found && replaceColumns(found, c => outer.add(c.name, c.type, c))
    },
  }
  const own: Expression[] = []
  const correlated: Correlation[] = []
  for (const part of select.where ? conjunctsOf(select.where) : []) {
    const condition = bindExpression(expressions, part)
    if (!readsOuter(condition)) own.push(condition)
    else correlated.push(correlationOf(condition, outer) ?? refuse(ref))
  }
  const input = own.length > 0 ? applyFilter(from.plan, own) : from.plan
  const order = ref.query.orderBy.map(item => bindSortKey(expressions, item))
  const partition = correlated.map(c => c.inner)
  const limit = limitOf(ref.query) ?? refuse(ref)
  const ranked =
    ref.query.limit === undefined
      ? input
      : createRank({ input, function: 'row_number', partition, order, from: 1, to: limit })
  const items = select.items.map(({ expression: e, alias }, i) => ({
    name: alias?.name ?? derivedName(e) ?? `EXPR$${i}`,
    expression: bindItem(expressions, e, ref),
  }))
  const keys = partition.map((expression, i) => ({ name: `$key${i}`, expression }))
  const right = createProject(ranked, [...items, ...keys])
  const width = left.plan.schema.length
  const equalities = correlated.map((c, i) => {
    const key = { ...columnOf(right, items.length + i), index: width + items.length + i }
    return createCall(context.environment, '=', [c.outer, key], ref.span)
  })
  const kind = join.type === 'LEFT' ? 'left' : 'inner'
  const plan = createJoin(kind, left.plan, right, createLogical('and', equalities))
  const visible = named({ ...right, schema: right.schema.slice(0, items.length) }, ref.alias)
  const relations = [
    ...left.scope.relations,
    ...visible.scope.relations.map(r => ({ ...r, start: r.start + width })),
  ]
  return { plan, scope: new Scope(plan.schema, relations, left.scope.merged) }
}

function columnOf(plan: { readonly schema: BoundFrom['plan']['schema'] }, index: number) {
  const { name, type } = plan.schema[index] as BoundFrom['plan']['schema'][number]
  return { kind: 'column' as const, index, name, type }
}

function refuse(ref: Derived): never {
  throw new UnsupportedSqlError({
    what: 'A LATERAL sub-query other than a Top-N by equal keys',
    remedy: 'Write SELECT … FROM t WHERE t.k = outer.k ORDER BY … LIMIT n, or use a join.',
    at: ref.span,
  })
}

const readsOuter = (e: Expression): boolean => columnsRead(e).some(isDeferred)

function bindItem(context: ExpressionContext, e: SqlExpression, ref: Derived): Expression {
  if (e.kind === 'star') return refuse(ref)
  const bound = bindExpression(context, e)
  return readsOuter(bound) ? refuse(ref) : bound
}

/** `inner = outer`, either way round. */
function correlationOf(
  condition: Expression,
  outer: DeferredColumns<Expression>,
): Correlation | undefined {
  if (condition.kind !== 'call' || condition.name !== '=') return undefined
  const [a, b] = condition.args as readonly [Expression, Expression]
  const [inner, other] = readsOuter(a) ? [b, a] : [a, b]
  if (readsOuter(inner) || columnsRead(inner).length === 0) return undefined
  if (!columnsRead(other).every(isDeferred)) return undefined
  return { inner, outer: replaceColumns(other, c => outer.get(c.index)) }
}

function limitOf({ limit, offset }: Query): number | undefined {
  if (offset) return undefined
  if (!limit) return Number.POSITIVE_INFINITY
  return limit.kind === 'literal' && /^\d+$/.test(limit.text) ? Number(limit.text) : undefined
}

function topOf(context: BinderContext, query: Query): Select | undefined {
  const { body } = query
  const isPlain =
    body.kind === 'select' &&
    query.with.length === 0 &&
    !body.groupBy &&
    !body.having &&
    !body.qualify &&
    !body.distinct &&
    !body.items.some(i => containsAggregate(context.environment, i.expression))
  return isPlain && body.kind === 'select' ? body : undefined
}
