// ROW_NUMBER, RANK and DENSE_RANK over rows in order, and which of them lie in a range of ranks.

import type { SortedRow, SortedRows } from './sorted-rows.ts'

export type RankFunction = 'row_number' | 'rank' | 'dense_rank'

/** The ranks that are given out, 1-based, both inclusive. */
export interface RankRange {
  readonly function: RankFunction
  readonly from: number
  readonly to: number
}

export interface RankedEntry<E> {
  readonly entry: E
  readonly rank: number
}

/** The entries in the range, in order; `end`: the position of the first entry beyond it. */
export function entriesInRange<E extends SortedRow>(
  sorted: SortedRows<E>,
  range: RankRange,
): { readonly ranked: RankedEntry<E>[]; readonly end: number } {
  const { entries } = sorted
  const ranked: RankedEntry<E>[] = []
  if (range.function === 'row_number') {
    const end = Math.min(entries.length, range.to)
    for (let i = range.from - 1; i < end; i++) ranked.push({ entry: entries[i] as E, rank: i + 1 })
    return { ranked, end }
  }
  let rank = 0
  for (let i = 0; i < entries.length; i++) {
    if (i === 0 || !sorted.hasSameOrder(i - 1, i))
      rank = range.function === 'rank' ? i + 1 : rank + 1
    if (rank > range.to) return { ranked, end: i }
    if (rank >= range.from) ranked.push({ entry: entries[i] as E, rank })
  }
  return { ranked, end: entries.length }
}
