// How many nodes read each node of a set of statements.

import { inputsOf, walkPlan } from '../plan/children.ts'
import type { PlanNode, SinkNode } from '../plan/node.ts'

/** By node; roots are absent. */
export function countConsumers(roots: readonly SinkNode[]): ReadonlyMap<PlanNode, number> {
  const counts = new Map<PlanNode, number>()
  const seen = new Set<PlanNode>()
  for (const root of roots)
    for (const node of walkPlan(root, seen))
      for (const input of inputsOf(node)) counts.set(input, (counts.get(input) ?? 0) + 1)
  return counts
}
