// ORDER BY of a stream by its event time: rows wait for the watermark and leave in order.

import type { DataType } from '../../../types/data-type.ts'
import { INSERT, MAX_WATERMARK, type Row, type RowKindCode } from '../../../types/value.ts'
import { type CompareOrder, type SortedRow, SortedRows } from './sorted-rows.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'

export interface TimeSortSettings {
  readonly place: OperatorPlace
  readonly rowTypes: readonly DataType[]
  readonly timeOf: (row: Row) => number
  /** Its first sort value is the time, ascending. */
  readonly orderOf: (row: Row) => Row
  readonly compare: CompareOrder
}

interface WaitingRow extends SortedRow, StateRecord {
  readonly time: number
}

/**
 * Rows of a time leave once the watermark reaches it, in order; ties in the order of arrival. Late rows are dropped and counted.
 *
 * @see Flink's RowTimeSortOperator
 */
export class TimeSortOperator extends StatefulRowOperator {
  readonly #settings: TimeSortSettings
  readonly #waiting: SortedRows<WaitingRow>
  readonly #table: StateTable<WaitingRow>

  constructor(settings: TimeSortSettings) {
    super(settings.place)
    this.#settings = settings
    this.#waiting = new SortedRows(settings.compare)
    this.#table = new StateTable<WaitingRow>({
      table: 0,
      groupTypes: [],
      memberTypes: [ID_TYPE],
      valueTypes: settings.rowTypes,
      keyOf: e => [e.id],
      valueOf: e => e.row,
    })
    this.tables = [this.#table]
  }

  process(_input: number, _kind: RowKindCode, row: Row): void {
    this.recordsIn++
    const time = this.#settings.timeOf(row)
    if (time <= this.place.clock.watermark) {
      this.late++
      return
    }
    const order = this.#settings.orderOf(row)
    const entry = { ...fresh(), id: this.nextId++, row, order, time }
    this.#waiting.insert(entry)
    this.#table.add(entry)
    this.expect(time)
  }

  override advance(watermark: number): void {
    const { entries } = this.#waiting
    let due = 0
    while (due < entries.length && (entries[due] as WaitingRow).time <= watermark) due++
    for (const entry of entries.splice(0, due)) {
      this.#table.remove(entry)
      this.give(INSERT, entry.row)
    }
    this.#setDeadline()
  }

  #setDeadline(): void {
    this.deadline = this.#waiting.entries[0]?.time ?? MAX_WATERMARK
  }

  protected put({ key, value: row }: StoredRow): void {
    const { orderOf, timeOf } = this.#settings
    const id = key[0] as number
    this.reserveId(id)
    const time = timeOf(row)
    this.#waiting.append({ ...fresh(), stored: true, id, row, order: orderOf(row), time })
    this.expect(time)
  }

  override restored(): void {
    this.#waiting.sort()
  }
}
