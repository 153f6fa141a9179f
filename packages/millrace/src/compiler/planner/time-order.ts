// Whether rows are ordered by a time of the stream.

import type { SortKey } from '../../plan/expression.ts'
import { isProctime, isRowtime } from '../../types/data-type.ts'

/** The event-time column that the rows are ordered by first; -1: none. */
export function timeOrder(order: readonly SortKey[]): number {
  const first = order[0]?.expression
  return first?.kind === 'column' && isRowtime(first.type) ? first.index : -1
}

/** Whether the rows are ordered by processing time first: in a stream, as they come. */
export function isClockOrder(order: readonly SortKey[]): boolean {
  const first = order[0]?.expression
  return first !== undefined && isProctime(first.type)
}
