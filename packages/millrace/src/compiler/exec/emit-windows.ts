// Code of windows over rows: each row once per window it is in, or only those rows that are too late for all of theirs.

import { slicingOf } from '../../runtime/operators/windows/window-slices.ts'
import type { BlockScope } from '../code/code-module.ts'
import { EmittedColumn, type EmittedRow } from '../code/emitted-row.ts'
import type { LateRowsExec, WindowAssignExec } from '../nodes/window-exec.ts'
import type { TaskEmitter } from '../task-emitter.ts'
import { emitSliceEnd, windowToEpochMs } from './emit-slice.ts'

/** Each window that a row is in closes at its own time; a row that is in no open one is late. */
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
  const late = scope.constant(emitter.services.lateRows(node), 'lateRows')
  const clock = scope.constant(emitter.clockOf(node), 'clock')
  const known = row.columns.map(c => EmittedColumn.of(c.value(scope)))
  const windows = scope.constant(slicing, 'slicing')
  const epochOf = windowToEpochMs(emitter, node)
  const toEpoch = epochOf ? scope.constant(epochOf, 'toEpoch') : ''
  const open = scope.local('open')
  const end = scope.local('end')
  const closes = scope.local('closes')
  const lateness = node.latenessMs === 0 ? '' : ` + ${node.latenessMs}`
  scope.statement(`let ${open} = false`)
  scope.block(`for (const ${end} of ${windows}.windowEnds(${slice})) `, inner => {
    inner.statement(`const ${closes} = ${toEpoch}(${end}) - 1`)
    inner.statement(`if (${clock}.watermark >= ${closes}${lateness}) continue`)
    inner.statement(`${open} = true`)
    const start = inner.assign('start', `${windows}.windowStart(${end})`)
    emitter.push(node, inner, {
      kind: row.kind,
      columns: [...known, ...[start, end, closes].map(a => EmittedColumn.of(a))],
    })
  })
  scope.statement(`if (!${open}) ${late}.late++`)
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
  const epochOf = windowToEpochMs(emitter, node)
  const toEpoch = epochOf ? scope.constant(epochOf, 'toEpoch') : ''
  const closes = `${toEpoch}(${windows}.lastWindowEnd(${slice})) - 1 + ${node.latenessMs}`
  scope.block(`if (${clock}.watermark >= ${closes}) `, inner => emitter.push(node, inner, row))
}
