// The versions of a temporal join's right side in batch mode.

import type { PlanNode } from '../../plan/node.ts'
import { timeOrder } from './time-order.ts'

/**
 * The rows of which a view that keeps the last row of each key, by event time, has shown one after the other: each is a version from its
 * time on. In a stream they pass by; the final rows of a batch would have the last version alone. Other plans stay.
 */
export function versionsOf(node: PlanNode): PlanNode {
  if (node.kind === 'project') {
    const input = versionsOf(node.input)
    return input === node.input ? node : { ...node, input }
  }
  if (node.kind !== 'rank' || node.withRank) return node
  const { function: name, from, to, order, input } = node
  const isLast = name === 'row_number' && from === 1 && to === 1 && order[0]?.descending === true
  return isLast && timeOrder(order) >= 0 ? input : node
}
