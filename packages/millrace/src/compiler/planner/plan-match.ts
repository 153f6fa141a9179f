// Plans MATCH_RECOGNIZE: over what it may run, and by which time.

import type { PlanNodeOf } from '../../plan/node.ts'
import { printNode } from '../../plan/print-plan.ts'
import { isProctime } from '../../types/data-type.ts'
import type { MatchExec } from '../nodes/order-exec.ts'
import type { Planner } from './planner.ts'
import { PlanError } from './plan-error.ts'

export function planMatch(planner: Planner, node: PlanNodeOf<'match'>): MatchExec {
  const input = planner.plan(node.input)
  if (input.output !== 'append')
    throw new PlanError(
      'MR_PLAN_CHANGELOG',
      'MATCH_RECOGNIZE takes insert-only rows, but its input is updated or deleted from',
      'Apply it before the aggregation or join that updates its results, or run in batch mode.',
    )
  const { partition, order, definition, measures } = node
  const time = order[0]?.expression.type
  const byClock = planner.mode === 'streaming' && time !== undefined && isProctime(time)
  return {
    kind: 'match',
    // Runs refer to states of the pattern and to rows as they are stored: any change of these is another operator.
    id: planner.ids.next('match', [input], [printNode(node)]),
    inputs: [input],
    schema: node.schema,
    output: 'append',
    keys: [],
    partition,
    order,
    time: byClock ? 'processing' : 'event',
    definition,
    measures,
  }
}
