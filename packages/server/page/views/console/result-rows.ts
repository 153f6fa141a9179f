// The rows of a result as its changes leave them, and the changes themselves: both bounded.

import type { ChangeKind, ChangeRow } from '../../api/console.ts'
import type { Cell } from '@millrace/server'

export interface ResultRow {
  readonly id: number
  /** Of a row of the changelog. */
  readonly kind: ChangeKind
  readonly cells: readonly Cell[]
  /** The batch of changes that brought it. */
  readonly version: number
}

/** Changes that are kept to be looked at; older ones go. */
const KEPT_CHANGES = 20_000

export class ResultRows {
  /** Grows with each batch of changes. */
  version = 0
  #changes: ResultRow[] = []
  #rows: (ResultRow | undefined)[] = []
  /** Where rows of the same content stand. */
  readonly #places = new Map<string, number[]>()
  #holes = 0
  #next = 0
  /** Where the last -U took a row from: its +U goes there. */
  #replaced: number | undefined

  add(batch: readonly ChangeRow[]): void {
    this.version++
    for (const [kind, ...cells] of batch) {
      const row = { id: this.#next++, kind, cells, version: this.version }
      this.#changes.push(row)
      this.#apply(row)
    }
    if (this.#changes.length > KEPT_CHANGES * 2) this.#changes = this.#changes.slice(-KEPT_CHANGES)
  }

  /** Every change, the newest last. */
  get changes(): readonly ResultRow[] {
    return this.#changes.slice(-KEPT_CHANGES)
  }

  /** The rows that there are, each in the place that its first version had. */
  get rows(): readonly ResultRow[] {
    if (this.#holes > this.#rows.length / 2 && this.#replaced === undefined) this.#compact()
    return this.#rows.filter(row => row !== undefined)
  }

  #apply(row: ResultRow): void {
    const key = JSON.stringify(row.cells)
    if (row.kind === '-U' || row.kind === '-D') {
      const places = this.#places.get(key)
      const place = places?.pop()
      if (places?.length === 0) this.#places.delete(key)
      if (place === undefined) return
      this.#rows[place] = undefined
      this.#holes++
      this.#replaced = row.kind === '-U' ? place : undefined
      return
    }
    const place = row.kind === '+U' ? (this.#replaced ?? this.#rows.length) : this.#rows.length
    if (place < this.#rows.length) this.#holes--
    this.#replaced = undefined
    this.#rows[place] = row
    this.#places.set(key, [...(this.#places.get(key) ?? []), place])
  }

  #compact(): void {
    this.#rows = this.#rows.filter(row => row !== undefined)
    this.#holes = 0
    this.#places.clear()
    this.#rows.forEach((row, place) => {
      const key = JSON.stringify((row as ResultRow).cells)
      const places = this.#places.get(key)
      if (places) places.push(place)
      else this.#places.set(key, [place])
    })
  }
}
