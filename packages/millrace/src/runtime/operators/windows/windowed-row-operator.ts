// What operators over rows in windows share: lateness, and firing each window once when the watermark passes its end.

import { MAX_WATERMARK, type Row } from '../../../types/value.ts'
import type { StoredRow } from '../state-table.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'
import type { WindowRow, WindowRows } from './window-rows.ts'

/** Where a row's window ends, on the window's own time line, and when that is. */
export interface WindowTime {
  readonly endOf: (row: Row) => number
  /** From the window's time line to epoch ms: identity unless windows follow a time zone. */
  readonly toEpochMs: (end: number) => number
}

/** A window `[start, end)` fires when `watermark >= end - 1`; rows of a window that has fired are late. */
export abstract class WindowedRowOperator extends StatefulRowOperator {
  protected readonly inputs: readonly WindowRows[]
  readonly #toEpochMs: (end: number) => number
  /** Ends of windows that have not fired, ascending. */
  readonly #pending: number[] = []

  constructor(
    place: OperatorPlace,
    inputs: readonly WindowRows[],
    toEpochMs: (end: number) => number,
  ) {
    super(place)
    this.inputs = inputs
    this.tables = inputs.map(i => i.table)
    this.#toEpochMs = toEpochMs
  }

  /** Gives out the result of a window. */
  protected abstract fire(end: number): void

  /** Whether the window has fired; then the row is counted as late. */
  protected isLate(end: number): boolean {
    if (this.place.clock.watermark < this.#toEpochMs(end) - 1) return false
    this.late++
    return true
  }

  protected keep(input: number, end: number, keyValues: Row, row: Row): WindowRow {
    const entry = (this.inputs[input] as WindowRows).add(this.nextId++, end, keyValues, row)
    this.#await(end)
    return entry
  }

  #await(end: number): void {
    let at = this.#pending.length
    while (at > 0 && (this.#pending[at - 1] as number) > end) at--
    if (this.#pending[at - 1] === end) return
    this.#pending.splice(at, 0, end)
    this.expect(this.#toEpochMs(end) - 1)
  }

  override advance(watermark: number): void {
    for (;;) {
      const end = this.#pending[0]
      if (end === undefined || watermark < this.#toEpochMs(end) - 1) break
      this.#pending.shift()
      this.fire(end)
    }
    const next = this.#pending[0]
    this.deadline = next === undefined ? MAX_WATERMARK : this.#toEpochMs(next) - 1
  }

  protected put(stored: StoredRow): void {
    const entry = (this.inputs[stored.table] as WindowRows).put(stored)
    this.reserveId(entry.id)
    this.#await(entry.end)
    this.restoredRow(entry)
  }

  /** Called for each row put back. */
  protected restoredRow(_row: WindowRow): void {}
}
