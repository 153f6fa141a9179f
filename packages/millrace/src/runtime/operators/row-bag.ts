// A bag of rows under changes, in the order of their insertion: what finalize and sort hold until they give rows out.

import type { DataType } from '../../types/data-type.ts'
import { createRowKey, type MapKey } from '../../types/key-text.ts'
import type { Row, RowKindCode } from '../../types/value.ts'
import type { SideIdentity } from './joins/join-side.ts'
import { fresh, ID_TYPE, type StateRecord, StateTable, type StoredRow } from './state-table.ts'

export interface BagRow extends StateRecord {
  readonly id: number
  readonly row: Row
}

/** Rows of an upsert input are found by their key, others by what they hold; equal ones go last in, first out. */
export class RowBag {
  readonly table: StateTable<BagRow>
  /** Unset while rows are only added. */
  readonly #index: Map<MapKey, BagRow[]> | undefined
  readonly #entries = new Set<BagRow>()
  readonly #keyOf: (row: Row) => MapKey
  readonly #isUpsert: boolean

  constructor(rowTypes: readonly DataType[], identity: SideIdentity) {
    this.#isUpsert = identity.kind === 'unique-key' && identity.upsert
    const columns =
      identity.kind === 'unique-key' && identity.upsert
        ? identity.columns
        : rowTypes.map((_, i) => i)
    const text = createRowKey(columns.map(i => rowTypes[i] as DataType))
    this.#keyOf = row => text(columns.map(i => row[i] as Row[number]))
    if (identity.kind !== 'append') this.#index = new Map()
    this.table = new StateTable<BagRow>({
      table: 0,
      groupTypes: [],
      memberTypes: [ID_TYPE],
      valueTypes: rowTypes,
      keyOf: e => [e.id],
      valueOf: e => e.row,
    })
  }

  /** Applies a change; a new row gets the given id. */
  change(kind: RowKindCode, row: Row, id: number): void {
    const isRetract = (kind & 1) === 1
    if (this.#index && (isRetract || this.#isUpsert)) this.#remove(this.#keyOf(row))
    if (!isRetract) {
      const entry = { ...fresh(), id, row }
      this.#insert(entry)
      this.table.add(entry)
    }
  }

  /** Puts a stored row back; returns its id. */
  put({ key, value }: StoredRow): number {
    const id = key[0] as number
    this.#insert({ ...fresh(), stored: true, id, row: value })
    return id
  }

  /** All rows in the order of their insertion; the bag is empty afterwards. */
  drain(): Row[] {
    const entries = [...this.#entries]
    for (const entry of entries) this.table.remove(entry)
    this.#entries.clear()
    this.#index?.clear()
    return entries.toSorted((a, b) => a.id - b.id).map(e => e.row)
  }

  #insert(entry: BagRow): void {
    this.#entries.add(entry)
    if (!this.#index) return
    const key = this.#keyOf(entry.row)
    const same = this.#index.get(key)
    if (same) same.push(entry)
    else this.#index.set(key, [entry])
  }

  #remove(key: MapKey): void {
    const same = this.#index?.get(key)
    const entry = same?.pop()
    if (!entry) return
    this.#entries.delete(entry)
    this.table.remove(entry)
    if (same?.length === 0) this.#index?.delete(key)
  }
}
