// The rows of a live table as they stand, in memory and bounded; the one changed last stands last.

import type { Schema } from '../../../types/schema.ts'
import { createRowKey, type MapKey } from '../../../types/key-text.ts'
import {
  DELETE,
  type Row,
  type RowKindCode,
  UPDATE_BEFORE,
  type Value,
} from '../../../types/value.ts'

/**
 * How rows are told apart: `append` never (each is one more), `key` by some columns (a change replaces), `row` by all of them
 * (a retraction takes away one that is equal).
 */
export type LiveIdentity =
  | { readonly kind: 'append' }
  | { readonly kind: 'row' }
  | { readonly kind: 'key'; readonly columns: readonly number[] }

export class LiveRows {
  /** Beyond `maxRows`, those that were changed longest ago are no longer held: how often that happened. */
  dropped = 0
  readonly #maxRows: number
  readonly #keyOf: (row: Row) => MapKey
  readonly #isKeyed: boolean
  readonly #rows = new Map<MapKey, Row>()
  /** How many times a row is there, where it is more than once. */
  readonly #copies = new Map<MapKey, number>()
  #appended = 0
  #count = 0

  /** @param maxRows at least 1 */
  constructor(schema: Schema, identity: LiveIdentity, maxRows: number) {
    this.#maxRows = maxRows
    this.#isKeyed = identity.kind === 'key'
    if (identity.kind === 'append') {
      this.#keyOf = () => this.#appended++
      return
    }
    const columns = identity.kind === 'key' ? identity.columns : schema.map((_, i) => i)
    const rowKey = createRowKey(columns.map(i => (schema[i] as Schema[number]).type))
    this.#keyOf = row => rowKey(columns.map(i => row[i] as Value))
  }

  /** Rows that it holds. */
  get count(): number {
    return this.#count
  }

  apply(kind: RowKindCode, row: Row): void {
    if (kind === DELETE || (kind === UPDATE_BEFORE && !this.#isKeyed))
      this.#remove(this.#keyOf(row))
    else if (kind !== UPDATE_BEFORE) this.#put(this.#keyOf(row), row)
  }

  /** All rows, the one changed last at the end. */
  *all(): Generator<Row> {
    for (const [key, row] of this.#rows)
      for (let n = this.#copies.get(key) ?? 1; n > 0; n--) yield row
  }

  /** At most `limit` rows, the one changed last first. */
  newest(limit: number): readonly Row[] {
    return [...this.all()].slice(Math.max(0, this.#count - limit)).reverse()
  }

  clear(): void {
    this.#rows.clear()
    this.#copies.clear()
    this.#count = 0
  }

  #put(key: MapKey, row: Row): void {
    if (this.#rows.delete(key)) {
      if (!this.#isKeyed) {
        this.#copies.set(key, (this.#copies.get(key) ?? 1) + 1)
        this.#count++
      }
    } else this.#count++
    this.#rows.set(key, row)
    while (this.#count > this.#maxRows) {
      this.#remove(this.#rows.keys().next().value as MapKey)
      this.dropped++
    }
  }

  #remove(key: MapKey): void {
    const copies = this.#copies.get(key)
    if (copies === undefined) {
      if (this.#rows.delete(key)) this.#count--
      return
    }
    this.#count--
    if (copies > 2) this.#copies.set(key, copies - 1)
    else this.#copies.delete(key)
  }
}
