// window(), lateRows(): finds the time column, which must be an event-time attribute, and appends the window's columns.

import { createLateRows, createWindow } from '../../plan/create-node.ts'
import type { PlanNode, WindowSpec } from '../../plan/node.ts'
import { formatType, isProctime, isRowtime } from '../../types/data-type.ts'
import { indexOfColumn } from './project-columns.ts'
import type { WindowDefinition } from './windows.ts'
import { InvalidWindowError } from './windows.ts'

/** @throws {InvalidWindowError} `MR_PLAN_WINDOW` when the column has no watermark */
export function assignWindows(plan: PlanNode, definition: WindowDefinition): PlanNode {
  return createWindow(plan, ...windowOf(plan, definition))
}

/** The rows that come too late for their windows. @throws {InvalidWindowError} as {@link assignWindows} */
export function lateRowsOf(plan: PlanNode, definition: WindowDefinition): PlanNode {
  return createLateRows(plan, ...windowOf(plan, definition))
}

function windowOf(
  plan: PlanNode,
  definition: WindowDefinition,
): readonly [timeColumn: number, window: WindowSpec] {
  const column = indexOfColumn(plan, definition.column)
  const type = plan.schema[column]?.type
  if (!type || !(isRowtime(type) || isProctime(type)))
    throw new InvalidWindowError({
      problem: `A window needs an event-time column; "${definition.column}" is ${type ? formatType(type) : 'none'}.`,
      remedy: `Declare watermark: { column: '${definition.column}', delay: '5s' } on the table it comes from.`,
    })
  const partition = definition.partition.map(name => indexOfColumn(plan, name))
  return [column, definition.spec(partition)]
}
