// Event-time temporal join: each left row meets the version of its key that was valid at its time.

import { evaluateExpression, InternalError, type PlanNode, type Row } from 'millrace'
import { EVALUATION } from './evaluation.ts'
import type { Evaluation, Relation } from './evaluate-plan.ts'
import { timeColumn } from './evaluate-rank.ts'
import { History, type Stamped } from './timeline.ts'

type TemporalJoinPlan = Extract<PlanNode, { kind: 'temporal-join' }>

/**
 * A left row is joined once the watermark has reached its time; a late one at once, with the versions that are still kept: the
 * newest one that the watermark had passed when a version of the key last came, and those after it. A look-up takes all rows.
 */
export function evaluateTemporalJoin(evaluation: Evaluation, node: TemporalJoinPlan): Relation {
  const left = evaluation.evaluate(node.left)
  const isBatch = evaluation.mode === 'batch' && node.rightTimeColumn >= 0
  const right = evaluation.evaluate(isBatch ? versionsOf(node.right) : node.right)
  const matches = (l: Row, r: Row) =>
    evaluateExpression(node.condition, [...l, ...r], EVALUATION) === true
  const nulls = new Array<null>(node.right.schema.length).fill(null)
  const join = (l: Stamped, found: readonly Row[], at: number): Stamped[] => {
    const matched = found.filter(r => matches(l.row, r))
    if (matched.length === 0) return node.join === 'left' ? [{ row: [...l.row, ...nulls], at }] : []
    return matched.map(r => ({ row: [...l.row, ...r], at }))
  }
  if (node.rightTimeColumn < 0) {
    const table = right.rows.map(r => r.row)
    return { ...left, rows: left.rows.flatMap(l => join(l, table, l.at)) }
  }
  if (!right.isAppend) throw new InternalError('the reference takes versions from insert-only rows')

  const watermark = History.minimum([left.watermark, right.watermark])
  const timeOf = (l: Stamped) => l.row[node.timeColumn] as number
  const versionTime = (r: Row) => r[node.rightTimeColumn] as number
  const rows = left.rows.flatMap(l => {
    const isLate = timeOf(l) <= watermark.before(l.at)
    const at = isLate ? l.at : watermark.reached(timeOf(l))
    const sameKey = (r: Row) => matches(l.row, r)
    const versions = versionsAt(
      right.rows.filter(r => sameKey(r.row)),
      versionTime,
      watermark,
      at,
    )
    const valid = versions.filter(r => versionTime(r) <= timeOf(l)).at(-1)
    return join(l, valid ? [valid] : [], at)
  })
  return { rows: rows.toSorted((a, b) => a.at - b.at), isAppend: true, watermark }
}

/** What is kept of one key's versions at a time, oldest first. */
function versionsAt(
  coming: readonly Stamped[],
  timeOf: (row: Row) => number,
  watermark: History,
  at: number,
): Row[] {
  let kept: Row[] = []
  for (const version of coming.filter(v => v.at < at)) {
    kept = kept.filter(r => timeOf(r) !== timeOf(version.row))
    kept.push(version.row)
    kept.sort((a, b) => timeOf(a) - timeOf(b))
    const current = kept.findLastIndex(r => timeOf(r) <= watermark.before(version.at))
    if (current > 0) kept = kept.slice(current)
  }
  return kept
}

/** What a view of the last row of each key has shown one after the other; in a batch it would be the last of them alone. */
function versionsOf(node: PlanNode): PlanNode {
  if (node.kind === 'project') return { ...node, input: versionsOf(node.input) }
  if (node.kind !== 'rank' || node.withRank || node.to !== 1) return node
  const [key] = node.order
  return key?.descending && timeColumn(key) !== undefined ? node.input : node
}
