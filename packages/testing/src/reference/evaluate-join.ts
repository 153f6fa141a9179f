// Joins: every pair of rows against the condition. Window and interval joins of streams also say when a row is too late to meet.

import { evaluateExpression, type PlanNode, type Row } from 'millrace'
import { EVALUATION } from './evaluation.ts'
import type { Evaluation, Relation } from './evaluate-plan.ts'
import { equatesWindows, type TimeBounds, timeBoundsOf } from './join-bounds.ts'
import { History, type Stamped } from './timeline.ts'

type JoinPlan = Extract<PlanNode, { kind: 'join' }>

export function evaluateJoin(evaluation: Evaluation, node: JoinPlan): Relation {
  const left = evaluation.evaluate(node.left)
  const right = evaluation.evaluate(node.right)
  const watermark = History.minimum([left.watermark, right.watermark])
  const width = node.left.schema.length
  if (evaluation.mode === 'streaming' && left.isAppend && right.isAppend) {
    if (
      left.window &&
      right.window &&
      equatesWindows(node.condition, width, left.window, right.window)
    )
      return windowJoin(evaluation, node, left, right, watermark)
    const bounds = timeBoundsOf(node.condition, width)
    if (bounds && node.join !== 'semi' && node.join !== 'anti')
      return intervalJoin(evaluation, node, left, right, watermark, bounds)
  }
  const isGrowing = node.join === 'inner' || node.join === 'semi'
  const isAppend = left.isAppend && right.isAppend && isGrowing
  return { rows: joinRows(node, left.rows, right.rows, latest), isAppend, watermark }
}

/** Of a regular join a pair is there once both rows are. */
const latest = (l: Stamped | undefined, r: Stamped | undefined): number =>
  Math.max(l?.at ?? Number.NEGATIVE_INFINITY, r?.at ?? Number.NEGATIVE_INFINITY)

type TimeOf = (left: Stamped | undefined, right: Stamped | undefined) => number

/** What the kind of join makes of two sets of rows. */
function joinRows(
  node: JoinPlan,
  lefts: readonly Stamped[],
  rights: readonly Stamped[],
  timeOf: TimeOf,
  meets: (left: Stamped, right: Stamped) => boolean = () => true,
): Stamped[] {
  const matches = (l: Stamped, r: Stamped) =>
    evaluateExpression(node.condition, [...l.row, ...r.row], EVALUATION) === true && meets(l, r)
  const nulls = (side: PlanNode): Row => new Array<null>(side.schema.length).fill(null)
  const rows: Stamped[] = []
  for (const l of lefts) {
    const found = rights.filter(r => matches(l, r))
    if (node.join === 'semi' || node.join === 'anti') {
      if (found.length > 0 === (node.join === 'semi'))
        rows.push({ row: l.row, at: timeOf(l, found[0]) })
      continue
    }
    for (const r of found) rows.push({ row: [...l.row, ...r.row], at: timeOf(l, r) })
    if (found.length === 0 && (node.join === 'left' || node.join === 'full'))
      rows.push({ row: [...l.row, ...nulls(node.right)], at: timeOf(l, undefined) })
  }
  if (node.join === 'right' || node.join === 'full')
    for (const r of rights)
      if (!lefts.some(l => matches(l, r)))
        rows.push({ row: [...nulls(node.left), ...r.row], at: timeOf(undefined, r) })
  return rows.toSorted((a, b) => a.at - b.at)
}

/** Rows whose window has closed before they come are late; all else happens when the window closes. */
function windowJoin(
  evaluation: Evaluation,
  node: JoinPlan,
  left: Relation,
  right: Relation,
  watermark: History,
): Relation {
  const closing = (side: Relation, { row }: Stamped) =>
    (row[side.window?.end as number] as number) - 1
  const inTime = (side: Relation) =>
    side.rows.filter(one => {
      if (watermark.before(one.at) < closing(side, one)) return true
      evaluation.addLate(1)
      return false
    })
  const timeOf: TimeOf = (l, r) =>
    watermark.reached(l ? closing(left, l) : closing(right, r as Stamped))
  const rows = joinRows(node, inTime(left), inTime(right), timeOf)
  return { rows, isAppend: true, watermark, window: left.window }
}

/**
 * A left row waits until the watermark is past its time + upper, a right row until it is past its time - lower. A row meets the
 * rows of the other side that wait when it comes. One that comes too late to wait is late, unless it met a row or is padded.
 */
function intervalJoin(
  evaluation: Evaluation,
  node: JoinPlan,
  left: Relation,
  right: Relation,
  watermark: History,
  { leftTime, rightTime, lowerMs, upperMs }: TimeBounds,
): Relation {
  const lastOfLeft = ({ row }: Stamped) => (row[leftTime] as number) + upperMs
  const lastOfRight = ({ row }: Stamped) => (row[rightTime] as number) - lowerMs
  const isKept = (one: Stamped, last: number) => watermark.before(one.at) < last
  // What fires at the same watermark fires upstream first.
  const isWaitingAt = (one: Stamped, last: number, at: number) =>
    isKept(one, last) && watermark.reached(last + 1) >= at
  const meets = (l: Stamped, r: Stamped) =>
    l.at <= r.at ? isWaitingAt(l, lastOfLeft(l), r.at) : isWaitingAt(r, lastOfRight(r), l.at)
  const paddedAt = (one: Stamped, last: number) =>
    isKept(one, last) ? watermark.reached(last + 1) : one.at
  const timeOf: TimeOf = (l, r) => {
    if (l && r) return latest(l, r)
    return l ? paddedAt(l, lastOfLeft(l)) : paddedAt(r as Stamped, lastOfRight(r as Stamped))
  }
  const rows = joinRows(node, left.rows, right.rows, timeOf, meets)
  const holds = (l: Stamped, r: Stamped) =>
    evaluateExpression(node.condition, [...l.row, ...r.row], EVALUATION) === true && meets(l, r)
  // Only whom a row meets on coming saves it: whoever comes later cannot find it any more.
  if (node.join !== 'left' && node.join !== 'full')
    for (const l of left.rows)
      if (!isKept(l, lastOfLeft(l)) && !right.rows.some(r => holds(l, r))) evaluation.addLate(1)
  if (node.join !== 'right' && node.join !== 'full')
    for (const r of right.rows)
      if (!isKept(r, lastOfRight(r)) && !left.rows.some(l => holds(l, r))) evaluation.addLate(1)
  return { rows, isAppend: true, watermark: watermark.delayed(Math.max(0, upperMs, -lowerMs)) }
}
