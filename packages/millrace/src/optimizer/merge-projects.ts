// A projection over a projection becomes one, by putting the inner expressions in place of the columns.
//
// Only where no work is repeated: an inner expression that is more than a column, field or constant may be used once. That also
// keeps a random value from being drawn twice.

import { walkExpression } from '../plan/children.ts'
import { createProject } from '../plan/create-node.ts'
import type { NamedExpression } from '../plan/expression.ts'
import type { PlanNode, ProjectNode, SinkNode } from '../plan/node.ts'
import { replaceColumns, transformPlan } from '../plan/transform.ts'
import { isTrivial } from './expression-facts.ts'

/** The statements with projections merged. */
export function mergeProjects(roots: readonly SinkNode[]): readonly SinkNode[] {
  const done = new Map<PlanNode, PlanNode>()
  return roots.map(root => transformPlan(root, merge, done) as SinkNode)
}

function merge(node: PlanNode): PlanNode {
  if (node.kind !== 'project' || node.input.kind !== 'project') return node
  const inner = node.input
  if (repeatsWork(node, inner)) return node
  const columns = node.columns.map(({ name, expression }) => ({
    name,
    expression: replaceColumns(expression, c => inner.columns[c.index]?.expression),
  }))
  return createProject(inner.input, columns)
}

function repeatsWork(outer: ProjectNode, inner: ProjectNode): boolean {
  const uses = countUses(outer.columns)
  return inner.columns.some((c, i) => (uses.get(i) ?? 0) > 1 && !isTrivial(c.expression))
}

function countUses(columns: readonly NamedExpression[]): ReadonlyMap<number, number> {
  const uses = new Map<number, number>()
  for (const { expression } of columns)
    for (const part of walkExpression(expression))
      if (part.kind === 'column') uses.set(part.index, (uses.get(part.index) ?? 0) + 1)
  return uses
}
