// Rows that wait for the end of their window: kept per window, written as one slice of state each, dropped as a whole.

import type { DataType } from '../../../types/data-type.ts'
import type { Row } from '../../../types/value.ts'
import type { JoinKey } from '../joins/join-key.ts'
import { ID_TYPE, type StateRecord, StateTable, type StoredRow } from '../state-table.ts'

/** A class, so that the many rows of a window are made in one shape. */
export class WindowRow implements StateRecord {
  dirty = false
  live = true
  stored: boolean
  readonly stamp = 0
  readonly id: number
  readonly end: number
  readonly keyValues: Row
  readonly row: Row

  constructor(id: number, end: number, keyValues: Row, row: Row, stored: boolean) {
    this.id = id
    this.end = end
    this.keyValues = keyValues
    this.row = row
    this.stored = stored
  }
}

/** The rows of one window; those that were removed stay in the list until they are half of it. */
interface OpenWindow {
  rows: WindowRow[]
  removed: number
}

/** One input of a windowed operator. */
export class WindowRows {
  readonly table: StateTable<WindowRow>
  readonly #windows = new Map<number, OpenWindow>()

  constructor(table: number, key: JoinKey, rowTypes: readonly DataType[]) {
    this.table = new StateTable<WindowRow>({
      table,
      groupTypes: key.types,
      memberTypes: [ID_TYPE],
      valueTypes: rowTypes,
      keyOf: e => [...e.keyValues, e.id],
      valueOf: e => e.row,
      sliceOf: e => e.end,
    })
  }

  add(id: number, end: number, keyValues: Row, row: Row): WindowRow {
    const entry = new WindowRow(id, end, keyValues, row, false)
    this.#insert(entry)
    this.table.add(entry)
    return entry
  }

  /** Takes the window's rows out, in the order of their arrival. */
  take(end: number): readonly WindowRow[] {
    const window = this.#windows.get(end)
    if (!window) return []
    this.#windows.delete(end)
    const rows = window.removed > 0 ? window.rows.filter(r => r.live) : window.rows
    this.table.removeSlice(end, rows)
    return isAscending(rows) ? rows : rows.sort((a, b) => a.id - b.id)
  }

  remove(entry: WindowRow): void {
    const window = this.#windows.get(entry.end)
    if (!window || !entry.live) return
    this.table.remove(entry)
    window.removed++
    if (window.removed * 2 <= window.rows.length) return
    window.rows = window.rows.filter(r => r.live)
    window.removed = 0
  }

  /** Puts a stored row back. */
  put({ key, value, slice }: StoredRow): WindowRow {
    const id = key.at(-1) as number
    const end = slice as number
    const entry = new WindowRow(id, end, key.slice(0, -1), value, true)
    this.#insert(entry)
    return entry
  }

  #insert(entry: WindowRow): void {
    const window = this.#windows.get(entry.end)
    if (window) window.rows.push(entry)
    else this.#windows.set(entry.end, { rows: [entry], removed: 0 })
  }
}

/** Rows arrive in this order; only those put back from the state may not. */
function isAscending(rows: readonly WindowRow[]): boolean {
  for (let i = 1; i < rows.length; i++)
    if ((rows[i - 1] as WindowRow).id > (rows[i] as WindowRow).id) return false
  return true
}
