// ORDER BY of a whole result, given out once the input has ended; with OFFSET and LIMIT.

import { INSERT, MAX_WATERMARK, type Row, type RowKindCode } from '../../../types/value.ts'
import type { FinalizeSettings } from '../finalize-operator.ts'
import { RowBag } from '../row-bag.ts'
import type { CompareOrder } from './sorted-rows.ts'
import type { StoredRow } from '../state-table.ts'
import { StatefulRowOperator } from '../stateful-row-operator.ts'

export interface SortSettings extends FinalizeSettings {
  readonly orderOf: (row: Row) => Row
  readonly compare: CompareOrder
  readonly offset: number
  readonly limit: number | undefined
}

/** Rows that compare equal keep the order of their arrival. */
export class SortOperator extends StatefulRowOperator {
  readonly #settings: SortSettings
  readonly #bag: RowBag

  constructor(settings: SortSettings) {
    super(settings.place)
    this.#settings = settings
    this.#bag = new RowBag(settings.rowTypes, settings.identity)
    this.tables = [this.#bag.table]
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    this.#bag.change(kind, row, this.nextId++)
  }

  override advance(watermark: number): void {
    if (watermark < MAX_WATERMARK) return
    const { orderOf, compare, offset, limit } = this.#settings
    const sorted = this.#bag.drain().map(row => ({ row, order: orderOf(row) }))
    // The sort is stable, so ties stay in the order of arrival.
    sorted.sort((a, b) => compare(a.order, b.order))
    const end = limit === undefined ? sorted.length : offset + limit
    for (const { row } of sorted.slice(offset, end)) this.give(INSERT, row)
  }

  protected put(stored: StoredRow): void {
    this.reserveId(this.#bag.put(stored))
  }
}
