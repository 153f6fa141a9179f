// What operators over rows in windows share: lateness, and firing each window once when the watermark passes its end.

import { MAX_WATERMARK, type Row } from '../../../types/value.ts'
import type { StoredRow } from '../state-table.ts'
import { type OperatorPlace, StatefulRowOperator } from '../stateful-row-operator.ts'
import type { WindowRow, WindowRows } from './window-rows.ts'

/** Where a row's window ends, on the window's own time line, and when that is. */
export interface WindowTime {
  readonly endOf: (row: Row) => number
  /** When a window closes: epoch ms of its last ms, on the time line of windows that follow a time zone too. */
  readonly timerMs: (end: number) => number
}

/** A window `[start, end)` fires when `watermark >= end - 1`; rows of a window that has fired are late. */
export abstract class WindowedRowOperator extends StatefulRowOperator {
  protected readonly inputs: readonly WindowRows[]
  readonly #timerMs: (end: number) => number
  /** Ends of windows that have not fired, ascending. */
  readonly #pending: number[] = []

  constructor(
    place: OperatorPlace,
    inputs: readonly WindowRows[],
    timerMs: (end: number) => number,
  ) {
    super(place)
    this.inputs = inputs
    this.tables = inputs.map(i => i.table)
    this.#timerMs = timerMs
  }

  /** Gives out the result of a window. */
  protected abstract fire(end: number): void

  /** Whether the window has fired; then the row is counted as late. */
  protected isLate(end: number): boolean {
    if (this.place.clock.watermark < this.#timerMs(end)) return false
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
    this.expect(this.#timerMs(end))
  }

  override advance(watermark: number): void {
    for (;;) {
      const end = this.#pending[0]
      if (end === undefined || watermark < this.#timerMs(end)) break
      this.#pending.shift()
      this.fire(end)
    }
    const next = this.#pending[0]
    this.deadline = next === undefined ? MAX_WATERMARK : this.#timerMs(next)
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
