// Rows in order: by sort values, then by arrival.

import type { Row } from '../../../types/value.ts'

/** A row in a {@link SortedRows}. */
export interface SortedRow {
  readonly id: number
  readonly row: Row
  /** The evaluated sort expressions. */
  readonly order: Row
}

/** Compares evaluated sort values. */
export type CompareOrder = (a: Row, b: Row) => number

export class SortedRows<E extends SortedRow> {
  entries: E[] = []
  readonly #compare: CompareOrder

  constructor(compare: CompareOrder) {
    this.#compare = compare
  }

  /** Puts an entry in its place, behind equal ones that came before; returns its position. */
  insert(entry: E): number {
    const at = this.#position(entry)
    if (at === this.entries.length) this.entries.push(entry)
    else this.entries.splice(at, 0, entry)
    return at
  }

  /** Whether a row that comes now would be behind the entry at `position`. */
  isBehind(order: Row, position: number): boolean {
    const entry = this.entries[position]
    return entry !== undefined && this.#compare(order, entry.order) >= 0
  }

  /** Where the first entry that equals the row is; -1: nowhere. */
  find(order: Row, isEqual: (entry: E) => boolean): number {
    let low = 0
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#compare((this.entries[middle] as E).order, order) < 0) low = middle + 1
      else high = middle
    }
    for (let i = low; i < this.entries.length; i++) {
      const entry = this.entries[i] as E
      if (this.#compare(entry.order, order) !== 0) return -1
      if (isEqual(entry)) return i
    }
    return -1
  }

  removeAt(position: number): E {
    return this.entries.splice(position, 1)[0] as E
  }

  /** Appends an entry without order; {@link sort} follows. */
  append(entry: E): void {
    this.entries.push(entry)
  }

  sort(): void {
    this.entries.sort((a, b) => this.#compare(a.order, b.order) || a.id - b.id)
  }

  hasSameOrder(a: number, b: number): boolean {
    return this.#compare((this.entries[a] as E).order, (this.entries[b] as E).order) === 0
  }

  #position(entry: E): number {
    let low = 0
    let high = this.entries.length
    while (low < high) {
      const middle = (low + high) >> 1
      const other = this.entries[middle] as E
      const c = this.#compare(other.order, entry.order) || other.id - entry.id
      if (c < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
