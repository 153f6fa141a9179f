// Rows that wait for the end of their window: kept per window, written as one slice of state each, dropped as a whole.

import type { DataType } from '../../types/data-type.ts'
import type { Row } from '../../types/value.ts'
import type { JoinKey } from './join-key.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from './state-table.ts'

export interface WindowRow extends StateRecord {
  readonly id: number
  readonly end: number
  readonly keyValues: Row
  readonly row: Row
}

/** One input of a windowed operator. */
export class WindowRows {
  readonly table: StateTable<WindowRow>
  readonly #windows = new Map<number, Set<WindowRow>>()

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
    const entry = { ...fresh(), id, end, keyValues, row }
    this.#insert(entry)
    this.table.add(entry)
    return entry
  }

  /** Takes the window's rows out, in the order of their arrival. */
  take(end: number): readonly WindowRow[] {
    const rows = this.#windows.get(end)
    if (!rows) return []
    this.#windows.delete(end)
    this.table.removeSlice(end, rows)
    return [...rows].sort((a, b) => a.id - b.id)
  }

  remove(entry: WindowRow): void {
    this.#windows.get(entry.end)?.delete(entry)
    this.table.remove(entry)
  }

  /** Puts a stored row back. */
  put({ key, value, slice }: StoredRow): WindowRow {
    const id = key.at(-1) as number
    const end = slice as number
    const entry = { ...fresh(), stored: true, id, end, keyValues: key.slice(0, -1), row: value }
    this.#insert(entry)
    return entry
  }

  #insert(entry: WindowRow): void {
    const rows = this.#windows.get(entry.end)
    if (rows) rows.add(entry)
    else this.#windows.set(entry.end, new Set([entry]))
  }
}
