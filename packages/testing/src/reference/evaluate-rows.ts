// Filters and projections: row by row.

import { evaluateExpression, type PlanNode } from 'millrace'
import { EVALUATION } from './evaluation.ts'
import type { Relation, WindowPlace } from './evaluate-plan.ts'

type PlanOf<K extends PlanNode['kind']> = Extract<PlanNode, { kind: K }>

/** Keeps rows whose condition is TRUE. */
export function filterRows({ condition }: PlanOf<'filter'>, input: Relation): Relation {
  const rows = input.rows.filter(r => evaluateExpression(condition, r.row, EVALUATION) === true)
  return { ...input, rows }
}

export function projectRows({ columns }: PlanOf<'project'>, input: Relation): Relation {
  const rows = input.rows.map(({ row, at }) => ({
    row: columns.map(c => evaluateExpression(c.expression, row, EVALUATION)),
    at,
  }))
  return { ...input, rows, window: projectWindow(input.window, columns) }
}

/** Rows stay in windows while both bounds are among the columns. */
function projectWindow(
  window: WindowPlace | undefined,
  columns: PlanOf<'project'>['columns'],
): WindowPlace | undefined {
  if (!window) return undefined
  const find = (index: number) =>
    columns.findIndex(c => c.expression.kind === 'column' && c.expression.index === index)
  const found = { start: find(window.start), end: find(window.end), time: find(window.time) }
  return found.start < 0 || found.end < 0 ? undefined : found
}
