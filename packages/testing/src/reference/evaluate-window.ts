// Window table functions: each row once per window that it is in, also those that have closed.

import { InternalError, type PlanNode, type Row } from 'millrace'
import type { Evaluation, Relation } from './evaluate-plan.ts'
import type { History, Stamped } from './timeline.ts'

type WindowPlan = Extract<PlanNode, { kind: 'window' }>
type LateRowsPlan = Extract<PlanNode, { kind: 'late-rows' }>

export interface Window {
  readonly start: number
  readonly end: number
}

export function evaluateWindow(evaluation: Evaluation, node: WindowPlan): Relation {
  const input = evaluation.evaluate(node.input)
  const rows: Stamped[] = []
  for (const one of input.rows)
    for (const window of windowsOf(node.window, one.row[node.timeColumn] as number))
      rows.push({ row: rowInWindow(one.row, window), at: one.at })
  return { ...input, rows, window: windowPlace(node) }
}

/** The rows that are in no open window. */
export function evaluateLateRows(evaluation: Evaluation, node: LateRowsPlan): Relation {
  const input = evaluation.evaluate(node.input)
  return {
    ...input,
    rows: input.rows.filter(one => openWindows(node, one, input.watermark).length === 0),
  }
}

export const rowInWindow = (row: Row, { start, end }: Window): Row => [...row, start, end, end - 1]

/** Where the window columns are in the rows of a window node. */
export function windowPlace({ schema }: WindowPlan) {
  const { length } = schema
  return { start: length - 3, end: length - 2, time: length - 1 }
}

/** A window `[start, end)` takes rows until the watermark before them has reached `end - 1`. */
export function openWindows(
  node: WindowPlan | LateRowsPlan,
  one: Stamped,
  watermark: History,
): Window[] {
  const time = one.row[node.timeColumn] as number
  return windowsOf(node.window, time).filter(w => watermark.before(one.at) < w.end - 1)
}

function windowsOf(window: WindowPlan['window'], time: number): Window[] {
  switch (window.kind) {
    case 'tumble': {
      const start = floorTo(time, window.sizeMs, window.offsetMs)
      return [{ start, end: start + window.sizeMs }]
    }
    case 'hop': {
      const found: Window[] = []
      const last = floorTo(time, window.slideMs, window.offsetMs)
      for (let start = last; start + window.sizeMs > time; start -= window.slideMs)
        found.unshift({ start, end: start + window.sizeMs })
      return found
    }
    case 'cumulate': {
      const start = floorTo(time, window.maxSizeMs, window.offsetMs)
      const found: Window[] = []
      for (let end = start + window.stepMs; end <= start + window.maxSizeMs; end += window.stepMs)
        if (time < end) found.push({ start, end })
      return found
    }
    default:
      throw new InternalError('the reference does not know session windows')
  }
}

const floorTo = (time: number, size: number, offset: number): number =>
  Math.floor((time - offset) / size) * size + offset
