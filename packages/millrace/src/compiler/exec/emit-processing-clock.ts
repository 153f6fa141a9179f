// Code that puts the clock's time into a row.

import { ProcessingClock } from '../../runtime/processing-clock.ts'
import type { BlockScope } from '../code/code-module.ts'
import { EmittedColumn, type EmittedRow } from '../code/emitted-row.ts'
import type { ProcessingClockExec } from '../nodes/window-exec.ts'
import type { TaskEmitter } from '../task-emitter.ts'

export function emitProcessingClock(
  emitter: TaskEmitter,
  node: ProcessingClockExec,
  _input: number,
  scope: BlockScope,
  row: EmittedRow,
): void {
  const time = scope.assign('time', `${operatorOf(emitter, node)}.take()`)
  const columns = row.columns.map((c, i) => (i === node.timeColumn ? EmittedColumn.of(time) : c))
  emitter.push(node, scope, { ...row, columns })
}

/** The name of the node's clock, which is made on the first call. */
function operatorOf(emitter: TaskEmitter, node: ProcessingClockExec): string {
  const { services } = emitter
  const known = emitter.operators.find(o => o.node === node)?.operator
  const operator =
    known ??
    new ProcessingClock({
      id: node.id,
      nowMs: services.contextOf(node).nowMs,
      clock: services.sourceClockOf(node),
      timeline: services.timeline,
    })
  return emitter.addOperator(node, operator)
}
