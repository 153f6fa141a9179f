// ORDER BY of a whole result, given out once the input has ended; with OFFSET and LIMIT.

import { INSERT, type Row } from '../../../types/value.ts'
import { WholeResultOperator, type WholeResultSettings } from '../whole-result-operator.ts'
import type { CompareOrder } from './sorted-rows.ts'

export interface SortSettings extends WholeResultSettings {
  readonly orderOf: (row: Row) => Row
  readonly compare: CompareOrder
  readonly offset: number
  readonly limit: number | undefined
}

/** Rows that compare equal keep the order of their arrival. */
export class SortOperator extends WholeResultOperator {
  readonly #settings: SortSettings

  constructor(settings: SortSettings) {
    super(settings)
    this.#settings = settings
  }

  protected giveResult(rows: readonly Row[]): void {
    const { orderOf, compare, offset, limit } = this.#settings
    const sorted = rows.map(row => ({ row, order: orderOf(row) }))
    // The sort is stable, so ties stay in the order of arrival.
    sorted.sort((a, b) => compare(a.order, b.order))
    const end = limit === undefined ? sorted.length : offset + limit
    for (const { row } of sorted.slice(offset, end)) this.give(INSERT, row)
  }
}
