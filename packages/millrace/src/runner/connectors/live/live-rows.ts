// The rows of a live table as they stand, in memory and bounded; the one changed last stands last.

import type { Schema } from '../../../types/schema.ts'
import { createRowKey, type MapKey } from '../../../types/key-text.ts'
import {
  DELETE,
  INSERT,
  type Row,
  type RowKindCode,
  UPDATE_AFTER,
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
  /** Are told of each change that there is to the rows held; those that leave for want of room only where rows can be taken away. */
  readonly followers = new Set<(kind: RowKindCode, row: Row) => void>()
  readonly #maxRows: number
  readonly #keyOf: (row: Row) => MapKey
  readonly #isKeyed: boolean
  readonly #isAppended: boolean
  readonly #rows = new Map<MapKey, Row>()
  /** How many times a row is there, where it is more than once. */
  readonly #copies = new Map<MapKey, number>()
  #appended = 0
  #count = 0

  /** @param maxRows at least 1 */
  constructor(schema: Schema, identity: LiveIdentity, maxRows: number) {
    this.#maxRows = maxRows
    this.#isKeyed = identity.kind === 'key'
    this.#isAppended = identity.kind === 'append'
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
    const before = this.#rows.get(key)
    if (this.#rows.delete(key)) {
      if (!this.#isKeyed) {
        this.#copies.set(key, (this.#copies.get(key) ?? 1) + 1)
        this.#count++
      }
    } else this.#count++
    this.#rows.set(key, row)
    if (before && this.#isKeyed) {
      this.#tell(UPDATE_BEFORE, before)
      this.#tell(UPDATE_AFTER, row)
    } else this.#tell(INSERT, row)
    while (this.#count > this.#maxRows) {
      this.#remove(this.#rows.keys().next().value as MapKey)
      this.dropped++
    }
  }

  #remove(key: MapKey): void {
    const row = this.#rows.get(key)
    if (row === undefined) return
    this.#count--
    const copies = this.#copies.get(key)
    if (copies === undefined) this.#rows.delete(key)
    else if (copies > 2) this.#copies.set(key, copies - 1)
    else this.#copies.delete(key)
    if (!this.#isAppended) this.#tell(DELETE, row)
  }

  #tell(kind: RowKindCode, row: Row): void {
    for (const follower of this.followers) follower(kind, row)
  }
}
