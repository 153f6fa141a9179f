// Top-N of each window and partition, given out when the window closes.

import { createRowKey, type MapKey } from '../../../types/key-text.ts'
import { INSERT, type Row, type RowKindCode } from '../../../types/value.ts'
import type { RankSettings } from '../ranks/rank-operator.ts'
import { entriesInRange } from '../ranks/ranking.ts'
import { type SortedRow, SortedRows } from '../ranks/sorted-rows.ts'
import { type WindowRow, WindowRows } from './window-rows.ts'
import { type WindowTime, WindowedRowOperator } from './windowed-row-operator.ts'

export type WindowRankSettings = Omit<RankSettings, 'identity' | 'emitsUpdateBefore'> & WindowTime

interface RankedRow extends SortedRow {
  readonly stored: WindowRow
}

/**
 * Input and output only grow. A partition keeps no more rows than can be given out; they leave in order of rank, partitions in
 * the order of their first row that is kept.
 *
 * @see Flink's WindowRankOperator
 */
export class WindowRankOperator extends WindowedRowOperator {
  readonly #settings: WindowRankSettings
  readonly #mapKeyOf: (keyValues: Row) => MapKey
  /** By window end, then partition. */
  readonly #sorted = new Map<number, Map<MapKey, SortedRows<RankedRow>>>()

  constructor(settings: WindowRankSettings) {
    const { place, key, rowTypes, timerMs } = settings
    super(place, [new WindowRows(0, key, rowTypes)], timerMs)
    this.#settings = settings
    this.#mapKeyOf = createRowKey(key.types)
  }

  process(_input: number, _kind: RowKindCode, row: Row): void {
    this.recordsIn++
    const { key, endOf, orderOf, range } = this.#settings
    const end = endOf(row)
    if (this.isLate(end)) return
    const keyValues = key.valuesOf(row)
    const sorted = this.#partition(end, keyValues)
    const order = orderOf(row)
    if (range.function === 'row_number' && sorted.isBehind(order, range.to - 1)) return
    const stored = this.keep(0, end, keyValues, row)
    sorted.insert({ id: stored.id, row, order, stored })
    const keptEnd = entriesInRange(sorted, range).end
    while (sorted.entries.length > keptEnd) {
      const worst = sorted.entries.pop() as RankedRow
      this.inputs[0]?.remove(worst.stored)
    }
  }

  protected fire(end: number): void {
    this.inputs[0]?.take(end)
    const partitions = [...(this.#sorted.get(end)?.values() ?? [])]
    this.#sorted.delete(end)
    const firstId = (sorted: SortedRows<RankedRow>) => Math.min(...sorted.entries.map(e => e.id))
    const { range, withRank } = this.#settings
    for (const sorted of partitions.toSorted((a, b) => firstId(a) - firstId(b)))
      for (const { entry, rank } of entriesInRange(sorted, range).ranked)
        this.give(INSERT, withRank ? [...entry.row, rank] : entry.row)
  }

  #partition(end: number, keyValues: Row): SortedRows<RankedRow> {
    const window = this.#sorted.get(end) ?? new Map<MapKey, SortedRows<RankedRow>>()
    this.#sorted.set(end, window)
    const mapKey = this.#mapKeyOf(keyValues)
    const known = window.get(mapKey)
    if (known) return known
    const sorted = new SortedRows<RankedRow>(this.#settings.compare)
    window.set(mapKey, sorted)
    return sorted
  }

  protected override restoredRow(stored: WindowRow): void {
    const { id, end, keyValues, row } = stored
    this.#partition(end, keyValues).append({ id, row, order: this.#settings.orderOf(row), stored })
  }

  override restored(): void {
    for (const window of this.#sorted.values()) for (const sorted of window.values()) sorted.sort()
  }
}
