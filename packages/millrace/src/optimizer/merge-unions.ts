// UNION ALL of UNION ALLs is one, unless others read the inner one too.

import { createUnion } from '../plan/create-node.ts'
import type { PlanNode, SinkNode } from '../plan/node.ts'
import { transformPlan } from '../plan/transform.ts'
import { countConsumers } from './count-consumers.ts'

/** The statements without a union directly below a union. */
export function mergeUnions(roots: readonly SinkNode[]): readonly SinkNode[] {
  const consumers = countConsumers(roots)
  const done = new Map<PlanNode, PlanNode>()
  const merge = (node: PlanNode): PlanNode => {
    if (node.kind !== 'union') return node
    const inputs = node.inputs.flatMap(input =>
      input.kind === 'union' && (consumers.get(input) ?? 1) === 1 ? input.inputs : [input],
    )
    return inputs.length === node.inputs.length
      ? node
      : { ...createUnion(inputs), schema: node.schema }
  }
  return roots.map(root => transformPlan(root, merge, done) as SinkNode)
}
