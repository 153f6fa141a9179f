// Top-N, deduplication and ORDER BY.

import { compareValues, evaluateExpression, type PlanNode, type Row, type SortKey } from 'millrace'
import { EVALUATION } from './evaluation.ts'
import type { Evaluation, Relation } from './evaluate-plan.ts'
import { groupBy, keyOf } from './row-keys.ts'
import type { Stamped } from './timeline.ts'

type RankPlan = Extract<PlanNode, { kind: 'rank' }>

export function evaluateRank(evaluation: Evaluation, node: RankPlan): Relation {
  const input = evaluation.evaluate(node.input)
  const { watermark, window } = input
  const columns = node.partition.map(e => (e.kind === 'column' ? e.index : -1))
  const isWindowed =
    input.isAppend && window && columns.includes(window.start) && columns.includes(window.end)
  if (isWindowed) {
    const closing = ({ row }: Stamped) => (row[window.end] as number) - 1
    const taken = inTime(evaluation, input, closing)
    const rows = rank(node, taken).map(({ row }) => ({
      row,
      at: watermark.reached((row[window.end] as number) - 1),
    }))
    return { ...input, rows: rows.toSorted((a, b) => a.at - b.at) }
  }
  const first = firstByTime(node)
  if (first === undefined || !input.isAppend || evaluation.mode === 'batch')
    return { rows: rank(node, input.rows), isAppend: evaluation.mode === 'batch', watermark }
  return { rows: firstRows(evaluation, node, input, first), isAppend: true, watermark }
}

/** The time column when the node keeps the first row by event time: that one is known for good once the watermark has passed it. */
function firstByTime({ function: fn, from, to, order }: RankPlan): number | undefined {
  const [key] = order
  if (fn !== 'row_number' || from !== 1 || to !== 1 || order.length !== 1) return undefined
  return key && !key.descending ? timeColumn(key) : undefined
}

/** The column of a key that orders by event time. */
export function timeColumn({ expression }: SortKey): number | undefined {
  const { type } = expression
  const isTime =
    (type.kind === 'timestamp' || type.kind === 'timestamp_ltz') && type.attribute === 'rowtime'
  return isTime && expression.kind === 'column' ? expression.index : undefined
}

/** A row is late when it comes behind the watermark and its key has not had its first row yet. */
function firstRows(
  evaluation: Evaluation,
  node: RankPlan,
  { rows, watermark }: Relation,
  time: number,
): Stamped[] {
  const text = keyOf(node.partition.map(e => e.type))
  const key = ({ row }: Stamped) =>
    text(node.partition.map(e => evaluateExpression(e, row, EVALUATION)))
  const timeOf = ({ row }: Stamped) => row[time] as number
  return [...groupBy(rows, key).values()]
    .flatMap(members => {
      let first: Stamped | undefined
      for (const one of members) {
        if (first && watermark.reached(timeOf(first)) < one.at) break
        if (timeOf(one) <= watermark.before(one.at)) evaluation.addLate(1)
        else if (!first || timeOf(one) < timeOf(first)) first = one
      }
      if (!first) return []
      const row = node.withRank ? [...first.row, 1] : first.row
      return [{ row, at: watermark.reached(timeOf(first)) }]
    })
    .toSorted((a, b) => a.at - b.at)
}

/** Rows within the ranks kept; ties by arrival, except that of the last row by event time the newest counts. */
function rank(node: RankPlan, rows: readonly Stamped[]): Stamped[] {
  const text = keyOf(node.partition.map(e => e.type))
  const key = ({ row }: Stamped) =>
    text(node.partition.map(e => evaluateExpression(e, row, EVALUATION)))
  const [only] = node.order
  const isLast =
    node.function === 'row_number' &&
    node.from === 1 &&
    node.to === 1 &&
    node.order.length === 1 &&
    only?.descending &&
    timeColumn(only) !== undefined
  return [...groupBy(rows, key).values()].flatMap(members => {
    const sorted = sortRows(node.order, isLast ? members.toReversed() : members)
    return sorted.flatMap(({ row, at }, i) => {
      const number = rankOf(node, sorted, i)
      if (number < node.from || number > node.to) return []
      return [{ row: node.withRank ? [...row, number] : row, at }]
    })
  })
}

function rankOf(node: RankPlan, sorted: readonly Stamped[], i: number): number {
  if (node.function === 'row_number') return i + 1
  const { row } = sorted[i] as Stamped
  const before = sorted.filter(s => compareRows(node.order, s.row, row) < 0)
  if (node.function === 'rank') return before.length + 1
  const isNew = (s: Stamped, j: number) =>
    j === 0 || compareRows(node.order, (before[j - 1] as Stamped).row, s.row) !== 0
  return before.filter(isNew).length + 1
}

/** The whole result in order with its bounds; a stream ordered by event time drops late rows instead. */
export function evaluateSort(
  evaluation: Evaluation,
  node: Extract<PlanNode, { kind: 'sort' }>,
): Relation {
  const input = evaluation.evaluate(node.input)
  const [key] = node.order
  const time = key && !key.descending ? timeColumn(key) : undefined
  const isByTime =
    evaluation.mode === 'streaming' &&
    input.isAppend &&
    time !== undefined &&
    node.limit === undefined
  if (isByTime) {
    const timeOf = ({ row }: Stamped) => row[time] as number
    const rows = inTime(evaluation, input, timeOf)
    const sorted = sortRows(node.order, rows).map(one => ({
      row: one.row,
      at: input.watermark.reached(timeOf(one)),
    }))
    return { rows: sorted, isAppend: true, watermark: input.watermark }
  }
  const { offset, limit = Number.POSITIVE_INFINITY } = node
  const rows = sortRows(node.order, input.rows).slice(offset, offset + limit)
  return { rows, isAppend: evaluation.mode === 'batch', watermark: input.watermark }
}

/** Rows that come before the watermark has reached their due time; the others are counted. */
export function inTime(
  evaluation: Evaluation,
  { rows, watermark }: Relation,
  due: (one: Stamped) => number,
): Stamped[] {
  return rows.filter(one => {
    if (watermark.before(one.at) < due(one)) return true
    evaluation.addLate(1)
    return false
  })
}

/** Ties stay in their order. */
export const sortRows = (order: readonly SortKey[], rows: readonly Stamped[]): Stamped[] =>
  rows.toSorted((a, b) => compareRows(order, a.row, b.row))

export function compareRows(order: readonly SortKey[], a: Row, b: Row): number {
  for (const { expression, descending, nullsFirst } of order) {
    const x = evaluateExpression(expression, a, EVALUATION)
    const y = evaluateExpression(expression, b, EVALUATION)
    if (x === null && y === null) continue
    if (x === null || y === null) return (x === null) === nullsFirst ? -1 : 1
    const compared = compareValues(x, y, expression.type)
    if (compared !== 0) return descending ? -compared : compared
  }
  return 0
}
