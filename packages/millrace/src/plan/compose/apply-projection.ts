// Projections where SQL has them: under an order that they leave to be seen.

import { columnsRead } from '../children.ts'
import { createProject, createSort } from '../create-node.ts'
import type { NamedExpression } from '../expression.ts'
import type { PlanNode, SortNode } from '../node.ts'
import { replaceColumns } from '../transform.ts'

/** The columns of each row. Of rows in an order, by columns that are kept, it is the order of the new rows: `SELECT … ORDER BY`. */
export function applyProjection(input: PlanNode, columns: readonly NamedExpression[]): PlanNode {
  const isWhole = input.kind === 'sort' && input.limit === undefined && input.offset === 0
  return (isWhole && orderOfProjected(input, columns)) || createProject(input, columns)
}

function orderOfProjected(
  { input, order }: SortNode,
  columns: readonly NamedExpression[],
): PlanNode | undefined {
  const places = new Map<number, number>()
  for (const [i, { expression: e }] of columns.entries())
    if (e.kind === 'column' && !places.has(e.index)) places.set(e.index, i)
  if (!order.every(k => columnsRead(k.expression).every(i => places.has(i)))) return undefined
  const moved = order.map(key => ({
    ...key,
    expression: replaceColumns(key.expression, c => {
      const index = places.get(c.index) as number
      return { ...c, index, name: columns[index]?.name ?? c.name }
    }),
  }))
  return createSort(createProject(input, columns), moved)
}
