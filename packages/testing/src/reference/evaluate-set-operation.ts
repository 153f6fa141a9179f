// INTERSECT ALL and EXCEPT ALL: the right rows are struck off the left ones, each once.

import type { PlanNode } from 'millrace'
import type { Evaluation, Relation } from './evaluate-plan.ts'
import { keyOf } from './row-keys.ts'
import { History } from './timeline.ts'

export function evaluateSetOperation(
  evaluation: Evaluation,
  node: Extract<PlanNode, { kind: 'set-operation' }>,
): Relation {
  const left = evaluation.evaluate(node.left)
  const right = evaluation.evaluate(node.right)
  const key = keyOf(node.schema.map(c => c.type))
  const others = right.rows.map(r => ({ key: key(r.row), at: r.at, isFree: true }))
  const kept = left.rows.flatMap(l => {
    const met = others.find(r => r.isFree && r.key === key(l.row))
    if (met) met.isFree = false
    if (node.operation === 'except') return met ? [] : [l]
    return met ? [{ row: l.row, at: Math.max(l.at, met.at) }] : []
  })
  return {
    rows: kept.toSorted((a, b) => a.at - b.at),
    isAppend: node.operation === 'intersect' && left.isAppend && right.isAppend,
    watermark: History.minimum([left.watermark, right.watermark]),
  }
}
