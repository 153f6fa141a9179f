// A projection that gives its input as it is goes away.
//
// Names must agree too: results, encoders and user functions know columns by name. So must types, with their time attributes.

import type { PlanNode, SinkNode } from '../plan/node.ts'
import { transformPlan } from '../plan/transform.ts'
import { formatSchema } from '../types/schema.ts'

/** The statements without projections that change nothing. */
export function removeIdentityProjects(roots: readonly SinkNode[]): readonly SinkNode[] {
  const done = new Map<PlanNode, PlanNode>()
  return roots.map(root => transformPlan(root, remove, done) as SinkNode)
}

function remove(node: PlanNode): PlanNode {
  if (node.kind !== 'project') return node
  const { input, columns } = node
  const inOrder = columns.every(({ expression: e }, i) => e.kind === 'column' && e.index === i)
  const same =
    inOrder &&
    columns.length === input.schema.length &&
    formatSchema(node.schema) === formatSchema(input.schema)
  return same ? input : node
}
