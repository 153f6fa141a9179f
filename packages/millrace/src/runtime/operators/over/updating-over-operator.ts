// OVER aggregates of a stream in an order other than that of time: a row that comes or goes changes the results of rows behind it.

import type { DataType } from '../../../types/data-type.ts'
import { createRowKey, type MapKey } from '../../../types/key-text.ts'
import { DELETE, INSERT, type Row, UPDATE_AFTER, UPDATE_BEFORE } from '../../../types/value.ts'
import type { OverAggregates } from './over-frame.ts'
import {
  type PartitionRow,
  type SortedPartition,
  SortedPartitionsOperator,
  type SortedPartitionsSettings,
} from '../ranks/sorted-partitions-operator.ts'

export interface UpdatingOverSettings extends SortedPartitionsSettings {
  /** From the partition's first row to the current one; of a RANGE, to the last that is ordered level with it. */
  readonly unit: 'rows' | 'range'
  readonly aggregates: OverAggregates
  readonly resultTypes: readonly DataType[]
}

/**
 * Keeps all rows. A change computes the partition anew and gives out the rows whose results are others than before.
 *
 * @see Flink's NonTimeRangeUnboundedPrecedingFunction and NonTimeRowsUnboundedPrecedingFunction
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
    this.#answer(partition, (entry, results, old) => {
      if (!old) this.give(INSERT, [...entry.row, ...results])
      else if (this.#textOf(old) !== this.#textOf(results)) {
        this.give(UPDATE_BEFORE, [...entry.row, ...old])
        this.give(UPDATE_AFTER, [...entry.row, ...results])
      }
    })
  }

  #answer(
    partition: SortedPartition,
    tell: (entry: PartitionRow, results: Row, old: Row | undefined) => void,
  ): void {
    const { aggregates, unit } = this.#settings
    const { entries } = partition
    const accumulator = aggregates.fresh()
    for (let start = 0; start < entries.length; ) {
      let end = start + 1
      if (unit === 'range') while (end < entries.length && partition.hasSameOrder(start, end)) end++
      const peers = entries.slice(start, end)
      for (const { row } of peers) aggregates.accumulate(accumulator, row)
      const results = aggregates.results(accumulator)
      for (const entry of peers) {
        const old = this.#given.get(entry)
        this.#given.set(entry, results)
        tell(entry, results, old)
      }
      start = end
    }
  }

  override restored(): void {
    super.restored()
    for (const partition of this.partitions.values()) this.#answer(partition, () => {})
  }
}
