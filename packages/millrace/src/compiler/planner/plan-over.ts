// Plans OVER: by what a stream is ordered decides which operator answers, and whether results change later.

import type { OverNode, PlanNodeOf } from '../../plan/node.ts'
import type { OverExec } from '../nodes/order-exec.ts'
import type { ExecNode } from '../exec-node.ts'
import { describeExpressions, describeSortKey } from './operator-ids.ts'
import type { Planner } from './planner.ts'
import { PlanError } from './plan-error.ts'
import { isClockOrder, timeOrder } from './time-order.ts'

export function planOver(planner: Planner, node: PlanNodeOf<'over'>): OverExec {
  const input = planner.plan(node.input)
  const timeColumn = timeOrder(node.order)
  const by = orderOf(planner, node, input)
  if (by === 'values' && timeColumn < 0) checkValueOrder(node)
  if (by === 'processing-time' && input.output !== 'append')
    throw new PlanError(
      'MR_PLAN_CHANGELOG',
      'an OVER aggregate in the order of arrival takes insert-only rows, but its input is updated or deleted from',
      'Order by a column of the rows, apply it before the aggregation or join that updates its results, or run in batch mode.',
    )
  return {
    kind: 'over',
    by,
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
    output: by === 'values' ? 'retract' : 'append',
    keys: input.keys,
    partition: node.partition,
    order: node.order,
    timeColumn,
    frame: node.frame,
    calls: node.calls,
    positions: node.positions,
    ...(node.origin && { origin: node.origin }),
  }
}

/** Rows that are updated do not come in the order of their times: of those, time is a value like others. Flink refuses them. */
function orderOf(planner: Planner, { order }: OverNode, input: ExecNode): OverExec['by'] {
  if (planner.mode === 'batch') return 'whole-result'
  if (timeOrder(order) >= 0) return input.output === 'append' ? 'event-time' : 'values'
  return isClockOrder(order) ? 'processing-time' : 'values'
}

/** What Flink answers in a stream whose order is not that of time. */
function checkValueOrder({ order, frame }: OverNode): void {
  const refuse = (problem: string, remedy: string): never => {
    throw new PlanError('MR_SQL_UNSUPPORTED', problem, remedy)
  }
  if (order.length > 1)
    refuse(
      'an OVER aggregate of a stream is ordered by one column',
      'Order by the event-time column or by one other column, or run in batch mode.',
    )
  if (order[0]?.descending)
    refuse(
      'an OVER aggregate of a stream must be in ascending order',
      'Order by the column ascending, or by its negation, or run in batch mode.',
    )
  if (frame.from.kind !== 'unbounded-preceding' || frame.to.kind !== 'current-row')
    refuse(
      'an OVER frame of a stream that is not ordered by time must be UNBOUNDED PRECEDING AND CURRENT ROW',
      'Order by the event-time column, or run in batch mode.',
    )
}
