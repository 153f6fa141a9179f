// Batch mode's Top-N: partitions are kept in order, and given out once the input has ended.

import type { MapKey } from '../../../types/key-text.ts'
import { INSERT, MAX_WATERMARK, type Row } from '../../../types/value.ts'
import { entriesInRange, type RankRange } from './ranking.ts'
import {
  type PartitionRow,
  type SortedPartition,
  SortedPartitionsOperator,
  type SortedPartitionsSettings,
} from './sorted-partitions-operator.ts'

export interface FinalRankSettings extends SortedPartitionsSettings {
  readonly range: RankRange
  readonly withRank: boolean
}

/**
 * Partitions leave in the order in which they began, their rows by rank; ties by arrival. Of each no more rows are kept than can
 * be given out, and as many again until they are counted (`bench`, batch Top-N).
 *
 * In: rows that are not taken back. Out: +I, at the end.
 */
export class FinalRankOperator extends SortedPartitionsOperator {
  readonly #settings: FinalRankSettings
  /** How many rows of a partition are kept before those that cannot be given out go. */
  readonly #most = new WeakMap<SortedPartition, number>()

  constructor(settings: FinalRankSettings) {
    super(settings)
    this.#settings = settings
  }

  /** A row behind all that can be given out is not. */
  protected override isNeeded(row: Row): boolean {
    const { range, key, orderOf } = this.#settings
    if (range.function !== 'row_number') return true
    const partition = this.partition(key.mapKeyOf(key.valuesOf(row)) as MapKey)
    return partition?.isBehind(orderOf(row), range.to - 1) !== true
  }

  protected change(partition: SortedPartition, apply: () => void): void {
    apply()
    const { range } = this.#settings
    const { entries } = partition
    if (entries.length <= (this.#most.get(partition) ?? 2 * range.to)) return
    const { end } = entriesInRange(partition, range)
    for (const entry of entries.splice(end)) this.table.remove(entry)
    this.#most.set(partition, 2 * end)
  }

  override advance(watermark: number): void {
    if (watermark < MAX_WATERMARK) return
    const { range, withRank } = this.#settings
    for (const partition of [...this.partitions.values()]) {
      for (const { entry, rank } of entriesInRange(partition, range).ranked)
        this.give(INSERT, withRank ? [...entry.row, rank] : [...entry.row])
      for (const entry of partition.entries) this.table.remove(entry)
      this.partitions.delete((partition.entries[0] as PartitionRow).mapKey)
    }
  }
}
