// Frames of OVER aggregates: how far before and after a row they reach.

import type { DataType } from '../../../types/data-type.ts'
import type { Row } from '../../../types/value.ts'

/** Accumulators of all calls of an OVER, in generated code. */
export interface OverAggregates<A = object> {
  readonly fieldTypes: readonly DataType[]
  fresh(): A
  accumulate(accumulator: A, row: Row): void
  results(accumulator: A): Row
  /** The accumulator's fields, for state. */
  fieldsOf(accumulator: A): Row
  restore(fields: Row): A
}

/**
 * How far a frame reaches from the current row: a number of rows, or a distance of the value that orders; negative: backwards;
 * infinite: to the partition's edge.
 */
export interface FrameReach {
  readonly unit: 'rows' | 'range'
  readonly from: number
  readonly to: number
}

/** Results over `rows[start]` to `rows[end - 1]`. */
export function aggregateRows(
  aggregates: OverAggregates,
  rows: readonly { readonly row: Row }[],
  start: number,
  end: number,
): Row {
  const accumulator = aggregates.fresh()
  for (let i = start; i < end; i++)
    aggregates.accumulate(accumulator, (rows[i] as { row: Row }).row)
  return aggregates.results(accumulator)
}
