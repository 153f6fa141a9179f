// LATERAL sub-queries that give rows as they are, or a Top-N of them: equalities with the outer row become the partition of a rank.

import { columnsRead } from '../../../plan/children.ts'
import { applyFilter } from '../../../plan/compose/apply-filter.ts'
import { checkCondition, createCall } from '../../../plan/create-expression.ts'
import { columnAt, createProject, createRank } from '../../../plan/create-node.ts'
import type { ColumnExpression, Expression } from '../../../plan/expression.ts'
import { replaceColumns, shiftColumns } from '../../../plan/transform.ts'
import type { Path } from '../../ast/expression.ts'
import type { Query, Select } from '../../ast/query.ts'
import type { BinderContext } from '../binder-context.ts'
import { conjunctsOf } from '../bind-where.ts'
import { bindExpression } from '../expressions/bind-expression.ts'
import { DeferredColumns, isDeferred } from '../expressions/deferred-columns.ts'
import { derivedName, type ExpressionContext } from '../expressions/expression-context.ts'
import { bindSortKey } from '../over-binder.ts'
import { type BoundFrom, bindFrom } from './bind-from.ts'
import { type Derived, type LateralQuery, refuse } from './bind-lateral.ts'

interface Correlation {
  readonly inner: Expression
  readonly outer: Expression
}

/** `SELECT … FROM t WHERE t.k = left.k [AND t.x < left.y] [ORDER BY … LIMIT n]`. */
export function bindLateralRows(
  context: BinderContext,
  left: BoundFrom,
  select: Select,
  ref: Derived,
): LateralQuery {
  const { environment } = context
  const from = bindFrom(context, select.from as NonNullable<Select['from']>)
  const outer = new DeferredColumns<Expression>()
  const expressions: ExpressionContext = {
    environment,
    scope: from.scope,
    clause: 'a LATERAL sub-query',
    outer: (path: Path) => {
      const found = left.scope.find(path)
      return found && replaceColumns(found, c => outer.add(c.name, c.type, c))
    },
  }
  const own: Expression[] = []
  const equal: Correlation[] = []
  const others: Expression[] = []
  for (const part of select.where ? conjunctsOf(select.where) : []) {
    const condition = checkCondition(bindExpression(expressions, part), 'WHERE', part.span)
    if (!readsOuter(condition)) own.push(condition)
    else {
      const correlation = correlationOf(condition, outer)
      if (correlation) equal.push(correlation)
      else others.push(condition)
    }
  }
  const { query } = ref
  const limit = limitOf(query) ?? refuse(ref)
  // Which rows are the first would hang on each outer row.
  if (query.limit !== undefined && others.length > 0) return refuse(ref)
  const input = own.length > 0 ? applyFilter(from.plan, own) : from.plan
  const order = query.orderBy.map(item => bindSortKey(expressions, item))
  const partition = equal.map(c => c.inner)
  const ranked =
    query.limit === undefined
      ? input
      : createRank({ input, function: 'row_number', partition, order, from: 1, to: limit })
  const items = select.items.map(({ expression: e, alias }, i) => {
    const expression = bindExpression(expressions, e)
    if (readsOuter(expression)) return refuse(ref)
    return { name: alias?.name ?? derivedName(e) ?? `EXPR$${i}`, expression }
  })
  const keys = partition.map((expression, i) => ({ name: `$key${i}`, expression }))
  const read = new Map<number, ColumnExpression>()
  for (const condition of others)
    replaceColumns(condition, c => {
      if (!isDeferred(c.index)) read.set(c.index, c)
      return undefined
    })
  const kept = [...read.values()].map((expression, i) => ({ name: `$read${i}`, expression }))
  const right = createProject(ranked, [...items, ...keys, ...kept])
  const rightColumn = (index: number): Expression =>
    shiftColumns(columnAt(right, index), left.plan.schema.length)
  const equalities = equal.map((c, i) =>
    createCall(environment, '=', [c.outer, rightColumn(items.length + i)], ref.span),
  )
  const places = new Map(kept.map(({ expression }, i) => [expression.index, i]))
  const conditions = others.map(condition =>
    replaceColumns(condition, c =>
      isDeferred(c.index)
        ? outer.get(c.index)
        : rightColumn(items.length + keys.length + (places.get(c.index) as number)),
    ),
  )
  return { right, selected: items.length, conditions: [...equalities, ...conditions] }
}

const readsOuter = (e: Expression): boolean => columnsRead(e).some(isDeferred)

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
