// A projection that only picks columns goes away below an aggregation, which picks them itself.
//
// Queries that say the same in other ways (with and without a sub-query for the columns) thus have one plan.

import { mapExpressions } from '../plan/map-children.ts'
import type { AggregateNode, PlanNode, ProjectNode, SinkNode } from '../plan/node.ts'
import { replaceColumns, transformPlan } from '../plan/transform.ts'

/** The statements without projections that aggregations can do without. */
export function absorbProjects(roots: readonly SinkNode[]): readonly SinkNode[] {
  const done = new Map<PlanNode, PlanNode>()
  return roots.map(root => transformPlan(root, absorb, done) as SinkNode)
}

function absorb(node: PlanNode): PlanNode {
  if (node.kind !== 'aggregate' || !isPick(node.input)) return node
  const { columns, input } = node.input
  const moved = mapExpressions(node, e => replaceColumns(e, c => columns[c.index]?.expression))
  return { ...(moved as AggregateNode), input }
}

const isPick = (node: PlanNode): node is ProjectNode =>
  node.kind === 'project' && node.columns.every(c => c.expression.kind === 'column')
