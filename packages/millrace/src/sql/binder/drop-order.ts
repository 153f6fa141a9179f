// The order of a sub-query's rows is not kept, as in Flink: only a LIMIT looks at it.

import { mapInputs } from '../../plan/map-children.ts'
import type { PlanNode } from '../../plan/node.ts'

/** The rows of a sub-query in FROM or WITH, without an ORDER BY that no LIMIT belongs to. */
export function dropOrder(plan: PlanNode): PlanNode {
  // A projection above takes away what was only there to sort by.
  if (plan.kind === 'project' && plan.input.kind === 'sort') return mapInputs(plan, dropOrder)
  return plan.kind === 'sort' && plan.limit === undefined && plan.offset === 0 ? plan.input : plan
}
