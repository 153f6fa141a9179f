// The end of a SELECT: its output columns, DISTINCT, ORDER BY, LIMIT.

import { columnAt, createAggregate, createSort } from '../../plan/create-node.ts'
import type { Expression, NamedExpression, SortKey } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import { replaceColumns } from '../../plan/transform.ts'
import { located } from '../../plan/origin.ts'
import type { OrderItem } from '../ast/query.ts'
import type { BinderContext } from './binder-context.ts'
import { InvalidSqlError } from './binder-errors.ts'
import type { DeferredColumns } from './expressions/deferred-columns.ts'
import { replaceParts } from './expressions/replace-parts.ts'
import { structureOf } from '../../plan/structure-of.ts'
import type { Deferred } from './group-binder.ts'
import { sortKey } from './over-binder.ts'
import { projectColumns } from './project-columns.ts'

/** A key of ORDER BY, bound. */
export interface OrderKey {
  readonly item: OrderItem
  readonly expression: Expression
}

interface Deferring {
  readonly environment: BinderContext['environment']
  readonly text: string
  readonly deferred: DeferredColumns<Deferred>
}

interface Ordering {
  readonly order: readonly OrderKey[]
  readonly distinct: boolean
  readonly limit: number | undefined
  readonly offset: number
}

/**
 * The rows as selected, in order.
 *
 * @throws {InvalidSqlError} `MR_SQL_INVALID` when DISTINCT rows are ordered by what is not selected
 */
export function sortAndProject(
  { environment, deferred, text }: Deferring,
  input: PlanNode,
  columns: readonly NamedExpression[],
  { order, distinct, limit, offset }: Ordering,
): PlanNode {
  const isBounded = limit !== undefined || offset > 0
  const structures = columns.map(c => structureOf(c.expression))
  const hidden: NamedExpression[] = []
  const width = columns.length
  // Keys are over the output columns, with what is not among them appended for as long as it takes to sort.
  const keys = order.map(({ item, expression }): SortKey => {
    const key = replaceParts(environment, expression, part => {
      if (part.kind === 'column') {
        const output = deferred.get(part.index)
        if (output?.kind === 'output') return outputColumn(columns, output.position)
      }
      const same = structures.indexOf(structureOf(part))
      if (same >= 0 && part.kind !== 'literal') return outputColumn(columns, same)
      if (part.kind !== 'column') return undefined
      if (distinct)
        throw new InvalidSqlError({
          problem: `ORDER BY "${part.name}" is not among the columns of SELECT DISTINCT`,
          remedy: 'Select it, or order by a selected column.',
          at: item.expression.span,
        })
      const known = hidden.findIndex(h => structureOf(h.expression) === structureOf(part))
      const position = known >= 0 ? known : hidden.push({ name: part.name, expression: part }) - 1
      return { ...part, index: width + position }
    })
    return sortKey(key, item)
  })
  const sorted = (of: PlanNode, by: readonly SortKey[]): PlanNode => {
    const at = order[0]?.item.expression.span
    const sort = createSort(of, by, { offset, limit })
    return at ? located(sort, { text, at }) : sort
  }
  const all = [...columns, ...hidden]
  const before = hidden.length > 0 ? keysBefore(all, keys) : undefined
  if (before) return projectColumns(sorted(input, before), columns)
  let plan = projectColumns(input, all)
  if (distinct)
    plan = createAggregate(
      plan,
      plan.schema.map(({ name }, i) => ({ name, expression: columnAt(plan, i) })),
      [],
    )
  if (keys.length > 0 || isBounded) plan = sorted(plan, keys)
  if (hidden.length === 0) return plan
  return projectColumns(
    plan,
    columns.map(({ name }, i) => ({ name, expression: columnAt(plan, i) })),
  )
}

/** The keys over the input, which can be sorted before anything is computed; `undefined` when one is of what is computed. */
function keysBefore(
  columns: readonly NamedExpression[],
  keys: readonly SortKey[],
): readonly SortKey[] | undefined {
  let isComputed = false
  const moved = keys.map(key => ({
    ...key,
    expression: replaceColumns(key.expression, ({ index }) => {
      const of = columns[index]?.expression
      isComputed ||= of?.kind !== 'column'
      return of
    }),
  }))
  return isComputed ? undefined : moved
}

function outputColumn(columns: readonly NamedExpression[], index: number): Expression {
  const { name, expression } = columns[index] as NamedExpression
  return { kind: 'column', index, name, type: expression.type }
}
