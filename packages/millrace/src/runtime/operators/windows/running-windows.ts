// Totals of overlapping windows, kept from one firing to the next: a slice is merged once, and taken back out when windows leave it.
//
//   hop(size 10, slide 2):  at 20 merged {12 14 16 18 20}
//                           at 22 unmerge 12, merge 22: two slices, in place of five
//
// Cumulating windows only add; so accumulators that cannot be unmerged do for them: what cannot be taken back out begins anew.

import type { TableEntry } from '../keyed-table.ts'

export interface RunningEntry extends TableEntry {
  /** Of totals: how many merged slices have the key. */
  slices: number
}

/** The generated parts. */
export interface RunningCode<E> {
  /** A new, empty entry with the key of another. */
  fresh(entry: E): E
  merge(into: E, from: E): void
  /** Undoes `merge` exactly; absent where the accumulators cannot. */
  readonly unmerge?: ((from: E, part: E) => void) | undefined
}

/**
 * The totals per key of the window that fired last. They are not state: after a restore the first firing makes them.
 *
 * Law: a slice whose totals are merged does not change. Who changes or drops one lets it `leave` first.
 */
export class RunningWindows<E extends RunningEntry> {
  readonly #code: RunningCode<E>
  readonly #totals = new Map<unknown, E>()
  /** The slices in them, by their ends. */
  readonly #merged = new Map<number, ReadonlyMap<unknown, E>>()

  constructor(code: RunningCode<E>) {
    this.#code = code
  }

  /** Takes a slice out of the totals, if it is merged. */
  leave(sliceEnd: number): void {
    const slice = this.#merged.get(sliceEnd)
    if (!slice) return
    const { unmerge } = this.#code
    if (!unmerge || this.#merged.size === 1) {
      this.#merged.clear()
      this.#totals.clear()
      return
    }
    this.#merged.delete(sliceEnd)
    for (const [key, entry] of slice) {
      const total = this.#totals.get(key) as E
      if (--total.slices === 0) this.#totals.delete(key)
      else unmerge(total, entry)
    }
  }

  /** The totals of the window `(start, end]`, one entry a key; good until the next call. */
  totalsOf(
    start: number,
    end: number,
    sliceMs: number,
    slices: ReadonlyMap<number, ReadonlyMap<unknown, E>>,
  ): Iterable<E> {
    for (const sliceEnd of this.#merged.keys()) if (sliceEnd <= start) this.leave(sliceEnd)
    for (let sliceEnd = start + sliceMs; sliceEnd <= end; sliceEnd += sliceMs) {
      const slice = slices.get(sliceEnd)
      if (slice && !this.#merged.has(sliceEnd)) this.#merge(sliceEnd, slice)
    }
    return this.#totals.values()
  }

  #merge(sliceEnd: number, slice: ReadonlyMap<unknown, E>): void {
    this.#merged.set(sliceEnd, slice)
    for (const [key, entry] of slice) {
      let total = this.#totals.get(key)
      if (total === undefined) {
        total = this.#code.fresh(entry)
        this.#totals.set(key, total)
      }
      total.slices++
      this.#code.merge(total, entry)
    }
  }
}
