// Code of windows over rows: each row once per window that it is in, or only those rows that are too late for all of theirs.

import { slicingOf } from '../../runtime/operators/windows/window-slices.ts'
import { localToEpochMs, windowTimerMs } from '../../types/time-zone.ts'
import type { BlockScope } from '../code/code-module.ts'
import { EmittedColumn, type EmittedRow } from '../code/emitted-row.ts'
import type { LateRowsExec, WindowAssignExec } from '../nodes/window-exec.ts'
import type { TaskEmitter } from '../task-emitter.ts'
import { emitSliceEnd, windowInstant } from './emit-slice.ts'

/** Late rows too: it is for what keeps the rows of windows until they close to leave them out. */
export function emitWindowAssign(
  emitter: TaskEmitter,
  node: WindowAssignExec,
  _input: number,
  scope: BlockScope,
  row: EmittedRow,
): void {
  const slicing = slicingOf(node.window)
  const time = (row.columns[node.timeColumn] as EmittedColumn).value(scope)
  const slice = emitSliceEnd(emitter, node, scope, slicing, time)
  const known = row.columns.map(c => EmittedColumn.of(c.value(scope)))
  const windows = scope.constant(slicing, 'slicing')
  const timeOf = windowInstant(emitter, node, localToEpochMs)
  const windowTime = timeOf && scope.constant(timeOf, 'windowTime')
  const end = scope.local('end')
  scope.block(`for (const ${end} of ${windows}.windowEnds(${slice})) `, inner => {
    const start = inner.assign('start', `${windows}.windowStart(${end})`)
    const time = inner.assign('time', windowTime ? `${windowTime}(${end})` : `${end} - 1`)
    emitter.push(node, inner, {
      kind: row.kind,
      columns: [...known, ...[start, end, time].map(a => EmittedColumn.of(a))],
    })
  })
}

/** The rows whose last window has closed. */
export function emitLateRows(
  emitter: TaskEmitter,
  node: LateRowsExec,
  _input: number,
  scope: BlockScope,
  row: EmittedRow,
): void {
  const slicing = slicingOf(node.window)
  const time = (row.columns[node.timeColumn] as EmittedColumn).value(scope)
  const slice = emitSliceEnd(emitter, node, scope, slicing, time)
  const clock = scope.constant(emitter.clockOf(node), 'clock')
  const windows = scope.constant(slicing, 'slicing')
  const timerOf = windowInstant(emitter, node, windowTimerMs)
  const lastEnd = `${windows}.lastWindowEnd(${slice})`
  const lastMs = timerOf
    ? `${scope.constant(timerOf, 'windowTimer')}(${lastEnd})`
    : `${lastEnd} - 1`
  const closes = `${lastMs} + ${node.latenessMs}`
  scope.block(`if (${clock}.watermark >= ${closes}) `, inner => emitter.push(node, inner, row))
}
