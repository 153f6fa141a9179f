// Code that finds the slice of a row: where it ends on the time line of its windows.

import { EvaluationError } from '../../functions/evaluation-error.ts'
import type { Slicing } from '../../runtime/operators/windows/window-slices.ts'
import { epochToLocalMs } from '../../types/time-zone.ts'
import type { BlockScope } from '../code/code-module.ts'
import type { ExecNode } from '../exec-node.ts'
import type { TaskEmitter } from '../task-emitter.ts'

type Windowed = ExecNode & { readonly timeColumn: number }

/** The end of the slice that holds the time `time`, an atom. Windows over a TIMESTAMP_LTZ are cut in local time. */
export function emitSliceEnd(
  emitter: TaskEmitter,
  node: Windowed,
  scope: BlockScope,
  { sliceMs, offsetMs }: Slicing,
  time: string,
): string {
  const type = node.inputs[0]?.schema[node.timeColumn]?.type
  if (type?.nullable) {
    const fail = scope.constant(noRowtime, 'noRowtime')
    scope.statement(`if (${time} === null) ${fail}()`)
  }
  const zone = emitter.services.timeZoneOf(type)
  const local = zone
    ? scope.assign(
        'local',
        `${scope.constant((t: number) => epochToLocalMs(t, zone), 'toLocal')}(${time})`,
      )
    : time
  const shifted = offsetMs === 0 ? local : `(${local} - ${offsetMs})`
  const back = offsetMs === 0 ? '' : ` + ${offsetMs}`
  return scope.assign('slice', `(Math.floor(${shifted} / ${sliceMs}) + 1) * ${sliceMs}${back}`)
}

/** From the end of a node's window, on its time line, to what `instantOf` says of the last ms before it, in epoch ms. */
export function windowInstant(
  { services }: TaskEmitter,
  node: Windowed,
  instantOf: (lastLocalMs: number, zone: string) => number,
): ((end: number) => number) | undefined {
  const zone = services.timeZoneOf(node.inputs[0]?.schema[node.timeColumn]?.type)
  return zone === undefined ? undefined : end => instantOf(end - 1, zone)
}

function noRowtime(): never {
  throw new EvaluationError(
    'the event-time column is NULL, so the row belongs to no window',
    'Filter such rows out (WHERE … IS NOT NULL) before the window, or fill the column.',
  )
}
