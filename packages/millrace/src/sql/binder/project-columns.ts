// Projections of queries: none where nothing changes, and no rank that nobody reads.

import { columnsRead } from '../../plan/children.ts'
import { createFilter, createProject, createRank } from '../../plan/create-node.ts'
import type { Expression, NamedExpression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import { replaceColumns } from '../../plan/transform.ts'

/** The columns over the input; the input itself when they are its own, in order. */
export function projectColumns(input: PlanNode, columns: readonly NamedExpression[]): PlanNode {
  const isSame =
    columns.length === input.schema.length &&
    columns.every(
      ({ name, expression: e }, i) =>
        e.kind === 'column' && e.index === i && input.schema[i]?.name === name,
    )
  if (isSame) return input
  const read = columnsRead(...columns.map(c => c.expression))
  const trimmed = withoutRank(input, new Set(read))
  if (!trimmed) return createProject(input, columns)
  return createProject(
    trimmed.node,
    columns.map(c => ({ ...c, expression: moveDown(c.expression, trimmed.column) })),
  )
}

interface Trimmed {
  readonly node: PlanNode
  /** The position that is gone; those behind it move down. */
  readonly column: number
}

const moveDown = (expression: Expression, gone: number): Expression =>
  replaceColumns(expression, c => (c.index > gone ? { ...c, index: c.index - 1 } : undefined))

/** The node without the column of a bounded rank, when nothing reads that. */
function withoutRank(node: PlanNode, read: ReadonlySet<number>): Trimmed | undefined {
  if (node.kind === 'rank' && node.withRank && Number.isFinite(node.to)) {
    const column = node.schema.length - 1
    if (read.has(column)) return undefined
    const { input, partition, order, from, to } = node
    const facts = { input, function: node.function, partition, order, from, to }
    return { node: createRank(facts), column }
  }
  if (node.kind === 'filter') {
    const below = withoutRank(node.input, new Set([...read, ...columnsRead(node.condition)]))
    if (!below) return undefined
    const condition = moveDown(node.condition, below.column)
    return { node: createFilter(below.node, condition), column: below.column }
  }
  if (node.kind !== 'project') return undefined
  const kept = node.columns.filter((_, i) => read.has(i))
  const below = withoutRank(node.input, new Set(columnsRead(...kept.map(c => c.expression))))
  // Only one column may go, so that positions stay simple; it is the one that passes the rank on.
  const unread = node.columns.flatMap((c, i) =>
    columnsRead(c.expression).includes(below?.column ?? -1) ? [i] : [],
  )
  const [column] = unread
  if (!below || column === undefined || unread.length > 1) return undefined
  const columns = node.columns
    .filter((_, i) => i !== column)
    .map(c => ({ ...c, expression: moveDown(c.expression, below.column) }))
  return { node: createProject(below.node, columns), column }
}
