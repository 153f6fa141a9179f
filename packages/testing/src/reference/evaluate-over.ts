// OVER: for each row, each call's meaning over the rows of its frame, found by looking at all rows of its partition.

import { evaluateExpression, InternalError, type PlanNode, type Row } from 'millrace'
import { aggregate } from './evaluate-aggregate.ts'
import type { Evaluation, Relation } from './evaluate-plan.ts'
import { compareRows, inTime, sortRows, timeColumn } from './evaluate-rank.ts'
import { EVALUATION } from './evaluation.ts'
import { groupBy, keyOf } from './row-keys.ts'
import type { Stamped } from './timeline.ts'

type OverPlan = Extract<PlanNode, { kind: 'over' }>

/** In a stream ordered by event time a row comes when the watermark reaches it; otherwise results change with later rows. */
export function evaluateOver(evaluation: Evaluation, node: OverPlan): Relation {
  if (node.positions.length > 0)
    throw new InternalError('the reference does not know functions over positions')
  const input = evaluation.evaluate(node.input)
  const [first] = node.order
  const time = first && !first.descending ? timeColumn(first) : undefined
  const isByTime = evaluation.mode === 'streaming' && input.isAppend && time !== undefined
  const timeOf = ({ row }: Stamped) => row[time as number] as number
  const taken = isByTime ? inTime(evaluation, input, timeOf) : input.rows
  const text = keyOf(node.partition.map(e => e.type))
  const key = ({ row }: Stamped) =>
    text(node.partition.map(e => evaluateExpression(e, row, EVALUATION)))
  const rows = [...groupBy(taken, key).values()].flatMap(members => {
    const sorted = sortRows(node.order, members)
    return sorted.map((one, i) => {
      const frame = sorted.filter((other, j) => isInFrame(node, one, other, j - i))
      const results: Row = node.calls.map(call => aggregate(call, frame))
      const at = isByTime ? input.watermark.reached(timeOf(one)) : one.at
      return { row: [...one.row, ...results], at }
    })
  })
  return {
    rows: rows.toSorted((a, b) => a.at - b.at),
    isAppend: isByTime || evaluation.mode === 'batch',
    watermark: input.watermark,
  }
}

/** @param distance how many rows `other` is behind `one`; negative: before it */
function isInFrame(
  { frame, order }: OverPlan,
  one: Stamped,
  other: Stamped,
  distance: number,
): boolean {
  const { from, to, unit } = frame
  const isRows = unit === 'rows'
  const compared = compareRows(order, other.row, one.row)
  const behind = isRows ? distance : compared
  const reach = (bound: typeof from): number => {
    if (bound.kind === 'preceding' || bound.kind === 'following') {
      if (!isRows) return rangeReach(order, one, other, bound)
      return distance + (bound.kind === 'preceding' ? bound.offset : -bound.offset)
    }
    if (bound.kind === 'current-row') return behind
    return bound.kind === 'unbounded-preceding'
      ? Number.POSITIVE_INFINITY
      : Number.NEGATIVE_INFINITY
  }
  return reach(from) >= 0 && reach(to) <= 0
}

/** How far `other` is behind the edge of a frame that is bounded by a distance of the value that orders; peers of a NULL are with it. */
function rangeReach(
  order: OverPlan['order'],
  one: Stamped,
  other: Stamped,
  bound: { readonly kind: 'preceding' | 'following'; readonly offset: number },
): number {
  const [key] = order
  if (!key) throw new InternalError('the reference has no order for a RANGE')
  const [x, y] = [one, other].map(r => evaluateExpression(key.expression, r.row, EVALUATION))
  if (x === null || y === null) return x === y ? 0 : compareRows(order, other.row, one.row)
  const distance = (Number(y) - Number(x)) * (key.descending ? -1 : 1)
  return distance + (bound.kind === 'preceding' ? bound.offset : -bound.offset)
}
