// ROW_NUMBER, RANK and DENSE_RANK with a bound: a rank per window, a deduplication, or a rank that takes updates.

import type { PlanNodeOf } from '../../plan/node.ts'
import type { ExecNode } from '../exec-node.ts'
import { windowColumns } from './node-properties.ts'
import { describeExpressions, describeSortKey } from './operator-ids.ts'
import type { Planner } from './planner.ts'
import { isClockOrder, timeOrder } from './time-order.ts'

/** Batch mode gives ranks out once, at the end. */
export const rankChanges = ({ mode }: Planner): 'append' | 'retract' =>
  mode === 'batch' ? 'append' : 'retract'

/** The rows of each partition within places `from..to`. */
export function planRank(planner: Planner, node: PlanNodeOf<'rank'>): ExecNode {
  const input = planner.plan(node.input)
  const parts = [
    describeExpressions(node.partition),
    node.order.map(k => describeSortKey(k)).join(', '),
    `${node.function} ${node.from}..${node.to}`,
  ]
  const partitionColumns = node.partition.map(e => (e.kind === 'column' ? e.index : -1))
  const partitionKey = partitionColumns.includes(-1) ? [] : [partitionColumns]
  const common = { inputs: [input], schema: node.schema, withRank: node.withRank }
  const windows = windowColumns(input)
  const { partition, order, from, to } = node
  if (
    windows &&
    input.output === 'append' &&
    partitionColumns.includes(windows.start) &&
    partitionColumns.includes(windows.end)
  )
    return {
      ...common,
      kind: 'window-rank',
      id: planner.ids.next('window-rank', [input], parts),
      output: 'append',
      keys: input.keys,
      windowEnd: windows.end,
      partition,
      order,
      function: node.function,
      from,
      to,
    }
  const time = timeOrder(order)
  const byClock = planner.mode === 'streaming' && isClockOrder(order)
  const single = node.function === 'row_number' && from === 1 && to === 1
  if (single && order.length === 1 && (time >= 0 || byClock) && input.output === 'append')
    return {
      ...common,
      kind: 'deduplicate',
      id: planner.ids.next('deduplicate', [input], parts),
      // The first row by event time is known for good once the watermark has passed it; by processing time, at once.
      output: order[0]?.descending ? 'retract' : 'append',
      keys: partitionKey,
      partition,
      keep: order[0]?.descending ? 'last' : 'first',
      timeColumn: time,
    }
  const rank = node.schema.length - 1
  return {
    ...common,
    kind: 'rank',
    id: planner.ids.next('rank', [input], parts),
    output: rankChanges(planner),
    // Ties share a rank, so only row numbers tell the rows of a partition apart.
    keys:
      node.withRank && node.function === 'row_number'
        ? partitionKey.map(k => [...k, rank])
        : input.keys,
    function: node.function,
    partition,
    order,
    from,
    to,
  }
}
