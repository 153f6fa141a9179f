// OVER: aggregates of each row and those around it.

import type { PlanNodeOf } from '../../plan/node.ts'
import type { ExecNode } from '../exec-node.ts'
import { describeExpressions, describeSortKey } from './operator-ids.ts'
import type { PhysicalPlanner } from './physical-planner.ts'
import { PlanError } from './plan-error.ts'
import { timeOrder } from './time-order.ts'

/** Each row with aggregates over the rows around it. */
export function planOver(planner: PhysicalPlanner, node: PlanNodeOf<'over'>): ExecNode {
  const input = planner.plan(node.input)
  if (input.output !== 'append')
    throw new PlanError(
      'MR_PLAN_CHANGELOG',
      'an OVER aggregate takes insert-only rows, but its input is updated or deleted from',
      'Apply it before the aggregation or join that updates its results, or run in batch mode.',
    )
  return {
    kind: 'over',
    id: planner.ids.next(
      'over',
      [input],
      [
        describeExpressions(node.partition),
        node.order.map(k => describeSortKey(k)).join(', '),
        JSON.stringify(node.frame),
      ],
    ),
    inputs: [input],
    schema: node.schema,
    output: 'append',
    keys: input.keys,
    partition: node.partition,
    order: node.order,
    timeColumn: timeOrder(node.order),
    frame: node.frame,
    calls: node.calls,
  }
}
