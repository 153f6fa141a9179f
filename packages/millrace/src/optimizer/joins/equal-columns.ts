// The columns of two sides that a join's condition sets equal.

import type { Expression } from '../../plan/expression.ts'
import { conjunctsOf } from '../expression-facts.ts'

/** A column of the left and one of the right side, each by its position in its own side. */
export interface ColumnPair {
  readonly left: number
  readonly right: number
}

/** The pairs of columns that are equal in every pair of rows that meet. @param width of the left side */
export function equalColumns(condition: Expression, width: number): readonly ColumnPair[] {
  return conjunctsOf(condition).flatMap(part => {
    if (part.kind !== 'call' || part.name !== '=') return []
    const [a, b] = part.args
    if (a?.kind !== 'column' || b?.kind !== 'column') return []
    if (a.index < width === b.index < width) return []
    const [left, right] = a.index < width ? [a.index, b.index] : [b.index, a.index]
    return [{ left, right: right - width }]
  })
}
