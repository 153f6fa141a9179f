// Top-N per partition, kept current under insertions, updates and deletions.

import type { MapKey } from '../../../types/key-text.ts'
import { DELETE, INSERT, type Row, UPDATE_AFTER, UPDATE_BEFORE } from '../../../types/value.ts'
import { entriesInRange, type RankedEntry, type RankRange } from './ranking.ts'
import {
  type PartitionRow,
  type SortedPartition,
  SortedPartitionsOperator,
  type SortedPartitionsSettings,
} from './sorted-partitions-operator.ts'

export interface RankSettings extends SortedPartitionsSettings {
  readonly range: RankRange
  readonly withRank: boolean
  readonly emitsUpdateBefore: boolean
}

/**
 * Keeps each partition's rows in order and gives out what a change changes among the ranks kept: with the rank as a column,
 * every row whose rank moves; without it, the rows that enter and leave. Ties are broken by arrival. Of input that only grows no
 * more rows are kept than can be given out; of other input all, because the next one may move up.
 *
 * @see Flink's AppendOnlyTopNFunction and RetractableTopNFunction
 */
export class RankOperator extends SortedPartitionsOperator {
  readonly #settings: RankSettings

  constructor(settings: RankSettings) {
    super(settings)
    this.#settings = settings
  }

  /** Of input that only grows, a row behind all that can be given out is not. */
  protected override isNeeded(row: Row): boolean {
    const { identity, range, key, orderOf } = this.#settings
    if (identity.kind !== 'append' || range.function !== 'row_number') return true
    const partition = this.partition(key.mapKeyOf(key.valuesOf(row)) as MapKey)
    if (partition?.isBehind(orderOf(row), range.to - 1) !== true) return true
    this.refresh(partition)
    return false
  }

  protected change(partition: SortedPartition, apply: () => void): void {
    const { range, identity } = this.#settings
    const before = entriesInRange(partition, range).ranked
    apply()
    const { ranked, end } = entriesInRange(partition, range)
    this.#giveDifference(before, ranked)
    if (identity.kind !== 'append') return
    while (partition.entries.length > end)
      this.table.remove(partition.entries.pop() as PartitionRow)
  }

  #giveDifference(
    before: readonly RankedEntry<PartitionRow>[],
    after: readonly RankedEntry<PartitionRow>[],
  ): void {
    if (!this.#settings.withRank) {
      const kept = new Set(after.map(a => a.entry))
      const had = new Set(before.map(b => b.entry))
      for (const { entry } of before) if (!kept.has(entry)) this.give(DELETE, [...entry.row])
      for (const { entry } of after) if (!had.has(entry)) this.give(INSERT, [...entry.row])
      return
    }
    const { emitsUpdateBefore } = this.#settings
    for (let i = 0; i < Math.max(before.length, after.length); i++) {
      const [old, now] = [before[i], after[i]]
      if (old && now) {
        if (old.entry === now.entry && old.rank === now.rank) continue
        if (emitsUpdateBefore) this.give(UPDATE_BEFORE, [...old.entry.row, old.rank])
        this.give(UPDATE_AFTER, [...now.entry.row, now.rank])
      } else if (old) this.give(DELETE, [...old.entry.row, old.rank])
      else if (now) this.give(INSERT, [...now.entry.row, now.rank])
    }
  }
}
