// Projections and conditions over rows in an order, which SQL has in one SELECT only.

import { isRepeatable } from '../../functions/function-definition.ts'
import { walkExpression } from '../../plan/children.ts'
import type { Expression } from '../../plan/expression.ts'
import type { PlanNode } from '../../plan/node.ts'

/** Whether a node is nothing but projections and conditions over a sort, whose expressions may stand in others. */
export function isSelection(node: PlanNode): boolean {
  if (node.kind === 'filter') return isSelection(node.input)
  if (node.kind !== 'project') return node.kind === 'sort'
  return node.columns.every(c => isDetermined(c.expression)) && isSelection(node.input)
}

function isDetermined(expression: Expression): boolean {
  for (const part of walkExpression(expression))
    if ((part.kind === 'call' || part.kind === 'cast') && !isRepeatable(part.binding)) return false
  return true
}

/** Whether a projection computes twice what the projection below it computes once: the plan keeps them apart. */
export function repeatsWork(outer: PlanNode, inner: PlanNode): boolean {
  if (outer.kind !== 'project' || inner.kind !== 'project') return false
  const read = outer.columns.flatMap(c =>
    [...walkExpression(c.expression)].flatMap(e => (e.kind === 'column' ? [e.index] : [])),
  )
  return inner.columns.some(
    ({ expression }, i) => !isTrivial(expression) && read.filter(at => at === i).length > 1,
  )
}

const isTrivial = ({ kind }: Expression): boolean =>
  kind === 'column' || kind === 'literal' || kind === 'field'
