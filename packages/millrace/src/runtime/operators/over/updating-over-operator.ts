// OVER aggregates of a stream in an order other than that of time: a row that comes or goes changes the results of rows behind it.

import type { DataType } from '../../../types/data-type.ts'
import { createRowKey, type MapKey } from '../../../types/key-text.ts'
import { DELETE, INSERT, type Row, UPDATE_AFTER, UPDATE_BEFORE } from '../../../types/value.ts'
import { type DistanceOf, frameBounds } from './frame-bounds.ts'
import { aggregateRows, type FrameReach, type OverAggregates } from './over-frame.ts'
import {
  type PartitionRow,
  type SortedPartition,
  SortedPartitionsOperator,
  type SortedPartitionsSettings,
} from '../ranks/sorted-partitions-operator.ts'

export interface UpdatingOverSettings extends SortedPartitionsSettings {
  readonly frame: FrameReach
  readonly distanceOf: DistanceOf
  readonly aggregates: OverAggregates
  readonly resultTypes: readonly DataType[]
  readonly emitsUpdateBefore: boolean
}

/**
 * Keeps all rows. A change computes the partition anew, or the rows whose frame it is in, and gives out the rows whose results
 * are others than before.
 *
 * @see Flink's NonTimeRangeUnboundedPrecedingFunction and NonTimeRowsUnboundedPrecedingFunction; it has no other frames
 */
export class UpdatingOverOperator extends SortedPartitionsOperator {
  readonly #settings: UpdatingOverSettings
  readonly #textOf: (results: Row) => MapKey
  /** What was given out for each row: it follows from the rows, so no state need hold it. */
  readonly #given = new WeakMap<PartitionRow, Row>()

  constructor(settings: UpdatingOverSettings) {
    super(settings)
    this.#settings = settings
    this.#textOf = createRowKey(settings.resultTypes)
  }

  protected change(partition: SortedPartition, apply: () => void): void {
    const before = [...partition.entries]
    apply()
    for (const entry of before) {
      const results = this.#given.get(entry)
      if (!entry.live && results) this.give(DELETE, [...entry.row, ...results])
    }
    this.#answer(partition, changedRange(before, partition.entries), (entry, results) => {
      const old = this.#given.get(entry)
      this.#given.set(entry, results)
      if (!old) this.give(INSERT, [...entry.row, ...results])
      else if (this.#textOf(old) !== this.#textOf(results)) {
        if (this.#settings.emitsUpdateBefore) this.give(UPDATE_BEFORE, [...entry.row, ...old])
        this.give(UPDATE_AFTER, [...entry.row, ...results])
      }
    })
  }

  /** Tells the results of the rows that a change of the rows from `start` to before `end` concerns. */
  #answer(partition: SortedPartition, [start, end]: Range, tell: Tell): void {
    const { frame, aggregates } = this.#settings
    if (frame.from === Number.NEGATIVE_INFINITY && frame.to === 0) {
      this.#answerSoFar(partition, tell)
      return
    }
    const { entries } = partition
    const bounds = frameBounds(entries, this.#settings)
    const isRows = frame.unit === 'rows'
    // A row that is new is told, too, whether its own frame holds it or not.
    const first = isRows ? Math.max(0, start - Math.max(0, frame.to)) : 0
    const last = isRows ? Math.min(entries.length, end - Math.min(0, frame.from)) : entries.length
    for (let i = first; i < last; i++)
      tell(entries[i] as PartitionRow, aggregateRows(aggregates, entries, ...bounds(i)))
  }

  /** From the partition's first row to the current one; of a RANGE, to the last that is ordered level with it. */
  #answerSoFar(partition: SortedPartition, tell: Tell): void {
    const { aggregates, frame } = this.#settings
    const { entries } = partition
    const accumulator = aggregates.fresh()
    for (let start = 0; start < entries.length; ) {
      let end = start + 1
      if (frame.unit === 'range')
        while (end < entries.length && partition.hasSameOrder(start, end)) end++
      const peers = entries.slice(start, end)
      for (const { row } of peers) aggregates.accumulate(accumulator, row)
      const results = aggregates.results(accumulator)
      for (const entry of peers) tell(entry, results)
      start = end
    }
  }

  override restored(): void {
    super.restored()
    for (const partition of this.partitions.values())
      this.#answer(partition, [0, partition.entries.length], (entry, results) => {
        this.#given.set(entry, results)
      })
  }
}

type Tell = (entry: PartitionRow, results: Row) => void
type Range = readonly [start: number, end: number]

/** The positions in `after` between what both begin with and what both end with. */
function changedRange(before: readonly object[], after: readonly object[]): Range {
  const most = Math.min(before.length, after.length)
  let start = 0
  while (start < most && before[start] === after[start]) start++
  let same = 0
  while (same < most - start && before.at(-1 - same) === after.at(-1 - same)) same++
  return [start, after.length - same]
}
