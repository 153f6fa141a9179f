// ORDER BY and LIMIT: a sort by event time or of bounded input, or a rank that takes updates.

import type { PlanNodeOf } from '../../plan/node.ts'
import type { ExecNode } from '../exec-node.ts'
import { describeSortKey } from './operator-ids.ts'
import type { Planner } from './planner.ts'
import { PlanError } from './plan-error.ts'
import { rankChanges } from './plan-rank.ts'
import { timeOrder } from './time-order.ts'

/**
 * Sorted rows, or the first of them.
 *
 * @throws {PlanError} `MR_PLAN_UNBOUNDED` for a stream sorted by anything but its time, without LIMIT
 */
export function planSort(planner: Planner, node: PlanNodeOf<'sort'>): ExecNode {
  const rows = planner.plan(node.input)
  if (node.order.length === 0 && node.limit !== undefined && rows.output === 'append')
    return planLimit(planner, node, rows, node.limit)
  const input = planTop(planner, node, rows)
  const parts = [node.order.map(k => describeSortKey(k)).join(', '), `${node.offset}+${node.limit}`]
  const time = timeOrder(node.order)
  const byTime = time >= 0 && !node.order[0]?.descending && node.limit === undefined
  if (planner.mode === 'batch' || (byTime && input.output === 'append'))
    return {
      kind: 'sort',
      id: planner.ids.next('sort', [input], parts),
      inputs: [input],
      schema: node.schema,
      output: 'append',
      keys: input.keys,
      order: node.order,
      offset: node.offset,
      limit: node.limit,
      timeColumn: planner.mode === 'batch' ? -1 : time,
    }
  if (node.limit === undefined)
    throw new PlanError(
      'MR_PLAN_UNBOUNDED',
      'ORDER BY of a stream must be by its event time, ascending, or have a LIMIT',
      'Add LIMIT n, order by the event-time column, or run in batch mode.',
    )
  const { offset, limit } = node
  return firstRows(planner, node, input, { parts, from: offset + 1, to: offset + limit })
}

/** Without an order any rows will do: the first that come. */
function planLimit(
  planner: Planner,
  { offset, schema }: PlanNodeOf<'sort'>,
  input: ExecNode,
  limit: number,
): ExecNode {
  return {
    kind: 'limit',
    id: planner.ids.next('limit', [input], [`${offset}+${limit}`]),
    inputs: [input],
    schema,
    output: 'append',
    keys: input.keys,
    offset,
    limit,
  }
}

/** The rows of a result between two positions of its order, as a Top-N of one partition. */
function firstRows(
  planner: Planner,
  node: PlanNodeOf<'sort'>,
  input: ExecNode,
  { parts, from, to }: { parts: readonly string[]; from: number; to: number },
): ExecNode {
  return {
    kind: 'rank',
    id: planner.ids.next('rank', [input], parts),
    inputs: [input],
    schema: node.schema,
    output: rankChanges(planner),
    keys: input.keys,
    function: 'row_number',
    partition: [],
    order: node.order,
    from,
    to,
    withRank: false,
  }
}

/** Beyond it, keeping all rows and sorting once costs less than keeping the first ones in order. */
const MAX_TOP = 1000

/** Batch mode: of rows that are given once, no more are kept for the end than the result can have. */
function planTop(planner: Planner, node: PlanNodeOf<'sort'>, input: ExecNode): ExecNode {
  const to = node.offset + (node.limit ?? Infinity)
  if (planner.mode !== 'batch' || to > MAX_TOP || input.output !== 'append') return input
  const order = node.order.map(k => describeSortKey(k)).join(', ')
  return firstRows(planner, node, input, { parts: [order, `first ${to}`], from: 1, to })
}
