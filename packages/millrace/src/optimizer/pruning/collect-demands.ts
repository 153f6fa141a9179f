// Gathers, for every node of a set of statements, what all its consumers together read of it.

import { inputsOf } from '../../plan/children.ts'
import type { PlanNode, SinkNode } from '../../plan/node.ts'
import { ColumnDemand } from './column-demand.ts'
import { inputDemands } from './input-demands.ts'

/** A node is asked only after all its consumers: a shared node thus knows the union of what they read. */
export function collectDemands(roots: readonly SinkNode[]): ReadonlyMap<PlanNode, ColumnDemand> {
  const demands = new Map<PlanNode, ColumnDemand>()
  for (const node of consumersFirst(roots)) {
    const own = demands.get(node) ?? new ColumnDemand()
    demands.set(node, own)
    const wanted = inputDemands(node, own)
    inputsOf(node).forEach((input, i) => {
      const known = demands.get(input) ?? new ColumnDemand()
      demands.set(input, known)
      known.merge(wanted[i] ?? new ColumnDemand())
    })
  }
  return demands
}

/** All nodes, each after all that read it. */
function consumersFirst(roots: readonly PlanNode[]): readonly PlanNode[] {
  const seen = new Set<PlanNode>()
  const inputsBefore: PlanNode[] = []
  const visit = (node: PlanNode): void => {
    if (seen.has(node)) return
    seen.add(node)
    inputsOf(node).forEach(visit)
    inputsBefore.push(node)
  }
  roots.forEach(visit)
  return inputsBefore.reverse()
}
