// Windows over rows: sessions, and the rows that come too late for a window.

import type { LateRowsNode, WindowNode } from '../../plan/node.ts'
import type { ExecNode } from '../exec-node.ts'
import type { LateRowsExec, SessionWindowExec } from '../nodes/window-exec.ts'
import { PlanError } from './plan-error.ts'
import type { PhysicalPlanner } from './physical-planner.ts'

export function planSession(
  planner: PhysicalPlanner,
  node: WindowNode | LateRowsNode,
  gives: SessionWindowExec['gives'],
): ExecNode {
  const { window } = node
  const input = planner.plan(node.input)
  if (window.kind !== 'session') throw new TypeError('not a session')
  if (input.output !== 'append')
    throw new PlanError(
      'MR_PLAN_CHANGELOG',
      'a SESSION window takes insert-only rows, but its input is updated or deleted from',
      'Apply it before the aggregation or join that updates its results.',
    )
  const by = window.partition.map(i => node.input.schema[i]?.name).join(', ')
  const { gapMs, partition } = window
  return {
    kind: 'session-window',
    id: planner.ids.next('session-window', [input], [`${gives} ${gapMs} ms by ${by}`]),
    inputs: [input],
    schema: node.schema,
    output: 'append',
    keys: input.keys,
    timeColumn: node.timeColumn,
    gapMs,
    partition,
    gives,
  }
}

export function planLateRows(planner: PhysicalPlanner, node: LateRowsNode): ExecNode {
  if (node.window.kind === 'session') return planSession(planner, node, 'late')
  const input = planner.plan(node.input)
  return {
    kind: 'late-rows',
    id: planner.ids.next('late-rows', [input], [JSON.stringify(node.window)]),
    inputs: [input],
    schema: node.schema,
    output: input.output,
    keys: input.keys,
    timeColumn: node.timeColumn,
    window: node.window,
    latenessMs: planner.latenessMs,
  } satisfies LateRowsExec
}
