// Two filters, one over the other, become one AND: the inner conditions first, so that they still guard the outer ones.

import { createFilter } from '../plan/create-node.ts'
import type { PlanNode, SinkNode } from '../plan/node.ts'
import { transformPlan } from '../plan/transform.ts'
import { allOf } from './expression-facts.ts'

/** The statements without a filter directly over a filter. */
export function mergeFilters(roots: readonly SinkNode[]): readonly SinkNode[] {
  const done = new Map<PlanNode, PlanNode>()
  return roots.map(root => transformPlan(root, merge, done) as SinkNode)
}

function merge(node: PlanNode): PlanNode {
  if (node.kind !== 'filter' || node.input.kind !== 'filter') return node
  return createFilter(node.input.input, allOf([node.input.condition, node.condition]))
}
