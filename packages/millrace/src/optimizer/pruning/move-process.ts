// A process function over an input whose columns have moved.

import type { ProcessFunction } from '../../plan/process-function.ts'
import type { ColumnPlaces } from './column-places.ts'
import { movedColumn } from './column-places.ts'

/**
 * The function with the new positions of the columns that it reads. One that does not say what it reads gets all columns in the
 * former order and stays as it is.
 *
 * @param known functions that were moved before: one that several nodes read stays one object
 */
export function moveProcess(
  process: ProcessFunction,
  places: ColumnPlaces,
  known: Map<ProcessFunction, ProcessFunction>,
): ProcessFunction {
  if (!process.reads) return process
  const reads = process.reads.map(i => movedColumn(i, places))
  if (reads.every((column, i) => column === process.reads?.[i])) return process
  const moved = known.get(process) ?? readingColumns(process, reads)
  known.set(process, moved)
  return moved
}

/** The same function over an input whose columns have moved. */
function readingColumns(process: ProcessFunction, reads: readonly number[]): ProcessFunction {
  const { name, state, sideOutputs, onTimer } = process
  return {
    name,
    reads,
    state,
    sideOutputs,
    onEvent: (value, context) => process.onEvent(value, context),
    ...(onTimer ? { onTimer: context => onTimer.call(process, context) } : {}),
  }
}
