// LATERAL sub-queries: what they read of the outer row becomes the condition of a join.

import { createLogical } from '../../../plan/create-expression.ts'
import { columnAt, createJoin } from '../../../plan/create-node.ts'
import type { Expression } from '../../../plan/expression.ts'
import type { PlanNode } from '../../../plan/node.ts'
import type { Query, Select, TableRef } from '../../ast/query.ts'
import type { BinderContext } from '../binder-context.ts'
import { UnsupportedSqlError } from '../binder-errors.ts'
import { containsAggregate } from '../expressions/contains-aggregate.ts'
import { projectColumns } from '../project-columns.ts'
import { Scope } from '../scope.ts'
import { orValueOfNone } from '../subqueries/value-of-none.ts'
import { type BoundFrom, bindOn, named } from './bind-from.ts'
import { bindLateralGroups } from './lateral-groups.ts'
import { bindLateralRows } from './lateral-rows.ts'

type Join = Extract<TableRef, { readonly kind: 'join' }>
export type Derived = Extract<TableRef, { readonly kind: 'derived' }>

/** The sub-query without what it reads of the outer row. */
export interface LateralQuery {
  /** What it selects, then columns for the conditions. */
  readonly right: PlanNode
  /** How many columns it selects. */
  readonly selected: number
  /** Over the left row and, behind it, one of `right`. */
  readonly conditions: readonly Expression[]
  /** Whether it selects a single value of all rows that meet the conditions. */
  readonly isValue?: boolean
}

/** `left, LATERAL (SELECT …)`: a Top-N, an aggregation, or rows with a condition on the outer row. */
export function bindLateral(
  context: BinderContext,
  left: BoundFrom,
  join: Join,
  ref: Derived,
): BoundFrom {
  if (join.type !== 'CROSS' && join.type !== 'LEFT' && join.type !== 'INNER') return refuse(ref)
  const select = plainSelect(context, ref.query)
  const { right, selected, conditions, isValue } = select
    ? bindLateralRows(context, left, select, ref)
    : bindLateralGroups(context, left, ref)
  const width = left.plan.schema.length
  const visible = named({ ...right, schema: right.schema.slice(0, selected) }, ref.alias)
  const relations = [
    ...left.scope.relations,
    ...visible.scope.relations.map(r => ({ ...r, start: r.start + width })),
  ]
  const schema = [...left.plan.schema, ...right.schema]
  const on = bindOn(context, new Scope(schema, relations, left.scope.merged), join)
  const kind = join.type === 'LEFT' ? 'left' : 'inner'
  const joined = createJoin(kind, left.plan, right, createLogical('and', [...conditions, on]))
  const plan = isValue && kind === 'left' && isTrue(on) ? orOfNone(context, joined, right) : joined
  return { plan, scope: new Scope(plan.schema, relations, left.scope.merged) }
}

/** The joined rows; those without a group of the right have its first column's value of no rows. */
function orOfNone(context: BinderContext, joined: PlanNode, right: PlanNode): PlanNode {
  const at = joined.schema.length - right.schema.length
  const columns = joined.schema.map(({ name }, i) => {
    const column = columnAt(joined, i)
    const expression =
      i === at ? orValueOfNone(context, right, column, columnAt(joined, at + 1)) : column
    return { name, expression }
  })
  return projectColumns(joined, columns)
}

const isTrue = (e: Expression): boolean => e.kind === 'literal' && e.value === true

/** @throws {UnsupportedSqlError} `MR_SQL_UNSUPPORTED` always */
export function refuse(ref: Derived): never {
  throw new UnsupportedSqlError({
    what: 'This form of a LATERAL sub-query',
    remedy:
      'Compare with the outer row in its WHERE clause: by = where it aggregates or has a LIMIT. Or write a join.',
    at: ref.span,
  })
}

/** The SELECT of a query that gives rows as they are. */
function plainSelect(context: BinderContext, query: Query): Select | undefined {
  const { body } = query
  const isPlain =
    body.kind === 'select' &&
    body.from !== undefined &&
    query.with.length === 0 &&
    !body.groupBy &&
    !body.having &&
    !body.qualify &&
    !body.distinct &&
    !body.items.some(
      i => i.expression.kind === 'star' || containsAggregate(context.environment, i.expression),
    )
  return isPlain ? body : undefined
}
