// The event time that rows are ordered by.

import type { SortKey } from '../../plan/expression.ts'
import { isRowtime } from '../../types/data-type.ts'

/** The event-time column that the rows are ordered by first; -1: none. */
export function timeOrder(order: readonly SortKey[]): number {
  const first = order[0]?.expression
  return first?.kind === 'column' && isRowtime(first.type) ? first.index : -1
}
