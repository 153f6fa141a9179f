// Windows over rows: sessions, and the rows that come too late for a window.

import type { LateRowsNode, PlanNode, WindowNode } from '../../plan/node.ts'
import { isProctime } from '../../types/data-type.ts'
import type { ExecNode } from '../exec-node.ts'
import type { LateRowsExec, ProcessingClockExec, SessionWindowExec } from '../nodes/window-exec.ts'
import { PlanError } from './plan-error.ts'
import { latenessMsOf } from './lateness.ts'
import type { Planner } from './planner.ts'

/** The rows that a window takes: those of a window of processing time have the clock's as theirs. */
export function planWindowInput(planner: Planner, node: PlanNode, timeColumn: number): ExecNode {
  const input = planner.plan(node)
  const column = node.schema[timeColumn]
  if (!column || !isProctime(column.type)) return input
  if (planner.mode === 'batch')
    throw new PlanError(
      'MR_SQL_UNSUPPORTED',
      'a window of processing time has no meaning in batch mode',
      'Use the rows’ event time, or run in streaming mode.',
    )
  if (input.output !== 'append')
    throw new PlanError(
      'MR_PLAN_CHANGELOG',
      'a window of processing time takes insert-only rows, but its input is updated or deleted from',
      'Apply it before the aggregation or join that updates its results, or use event time.',
    )
  const known = clocksOver.get(input)?.find(c => c.timeColumn === timeColumn)
  if (known) return known
  const clock: ProcessingClockExec = {
    kind: 'processing-clock',
    id: `processing-clock(${input.id})`,
    inputs: [input],
    schema: node.schema,
    output: 'append',
    keys: input.keys,
    timeColumn,
  }
  clocksOver.set(input, [...(clocksOver.get(input) ?? []), clock])
  return clock
}

/** Windows over the same rows share one clock. */
const clocksOver = new WeakMap<ExecNode, readonly ProcessingClockExec[]>()

export function planSession(
  planner: Planner,
  node: WindowNode | LateRowsNode,
  gives: SessionWindowExec['gives'],
): ExecNode {
  const { window } = node
  const input = planWindowInput(planner, node.input, node.timeColumn)
  if (window.kind !== 'session') throw new TypeError('not a session')
  const by = window.partition.map(i => node.input.schema[i]?.name).join(', ')
  const { gapMs, partition } = window
  return {
    kind: 'session-window',
    id: planner.ids.next('session-window', [input], [`${gives} ${gapMs} ms by ${by}`]),
    inputs: [input],
    schema: node.schema,
    output: input.output,
    keys: input.keys,
    timeColumn: node.timeColumn,
    gapMs,
    partition,
    gives,
  }
}

export function planLateRows(planner: Planner, node: LateRowsNode): ExecNode {
  if (node.window.kind === 'session') return planSession(planner, node, 'late')
  const input = planWindowInput(planner, node.input, node.timeColumn)
  return {
    kind: 'late-rows',
    id: planner.ids.next('late-rows', [input], [JSON.stringify(node.window)]),
    inputs: [input],
    schema: node.schema,
    output: input.output,
    keys: input.keys,
    timeColumn: node.timeColumn,
    window: node.window,
    latenessMs: latenessMsOf(planner),
  } satisfies LateRowsExec
}
