// How many nodes read each node of a set of statements.

import { inputsOf, walkPlan } from '../plan/children.ts'
import type { PlanNode, SinkNode } from '../plan/node.ts'

/**
 * What is computed for several consumers: nodes that several read, or that only `repeatable` nodes read which are shared themselves.
 */
export function sharedNodes(
  roots: readonly SinkNode[],
  repeatable: ReadonlySet<PlanNode['kind']>,
): ReadonlySet<PlanNode> {
  const counts = countConsumers(roots)
  const shared = new Set([...counts].filter(([, count]) => count > 1).map(([node]) => node))
  for (const node of shared)
    if (repeatable.has(node.kind)) for (const input of inputsOf(node)) shared.add(input)
  return shared
}

/** By node; roots are absent. */
export function countConsumers(roots: readonly SinkNode[]): ReadonlyMap<PlanNode, number> {
  const counts = new Map<PlanNode, number>()
  const seen = new Set<PlanNode>()
  for (const root of roots)
    for (const node of walkPlan(root, seen))
      for (const input of inputsOf(node)) counts.set(input, (counts.get(input) ?? 0) + 1)
  return counts
}
