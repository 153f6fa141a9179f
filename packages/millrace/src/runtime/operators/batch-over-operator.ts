// OVER aggregates of a whole result: any order, frames before and after the row; answered at the end of the input.

import { createRowKey, type MapKey } from '../../types/key-text.ts'
import { INSERT, MAX_WATERMARK, type Row, type RowKindCode } from '../../types/value.ts'
import type { FinalizeSettings } from './finalize-operator.ts'
import type { JoinKey } from './joins/join-key.ts'
import { aggregateRows, type FrameReach, type OverAggregates } from './over-frame.ts'
import { RowBag } from './row-bag.ts'
import type { CompareOrder } from './ranks/sorted-rows.ts'
import type { StoredRow } from './state-table.ts'
import { StatefulRowOperator } from './stateful-row-operator.ts'

export interface BatchOverSettings extends FinalizeSettings {
  readonly key: JoinKey
  readonly orderOf: (row: Row) => Row
  readonly compare: CompareOrder
  /** The first sort value as a number that grows with the order; undefined where it is NULL. */
  readonly distanceOf: (row: Row) => number | undefined
  readonly frame: FrameReach
  readonly aggregates: OverAggregates
}

interface Ordered {
  readonly row: Row
  readonly order: Row
}

export class BatchOverOperator extends StatefulRowOperator {
  readonly #settings: BatchOverSettings
  readonly #bag: RowBag

  constructor(settings: BatchOverSettings) {
    super(settings.place)
    this.#settings = settings
    this.#bag = new RowBag(settings.rowTypes, settings.identity)
    this.tables = [this.#bag.table]
  }

  process(_input: number, kind: RowKindCode, row: Row): void {
    this.recordsIn++
    this.#bag.change(kind, row, this.nextId++)
  }

  override advance(watermark: number): void {
    if (watermark < MAX_WATERMARK) return
    const { key, orderOf, compare } = this.#settings
    const mapKeyOf = createRowKey(key.types)
    const partitions = new Map<MapKey, Ordered[]>()
    for (const row of this.#bag.drain()) {
      const mapKey = mapKeyOf(key.valuesOf(row))
      const ordered = { row, order: orderOf(row) }
      const partition = partitions.get(mapKey)
      if (partition) partition.push(ordered)
      else partitions.set(mapKey, [ordered])
    }
    for (const rows of partitions.values())
      this.#answer(rows.sort((a, b) => compare(a.order, b.order)))
  }

  #answer(rows: readonly Ordered[]): void {
    const { frame, aggregates } = this.#settings
    const bounds = frame.unit === 'rows' ? this.#rowBounds(rows) : this.#rangeBounds(rows)
    if (frame.from !== Number.NEGATIVE_INFINITY) {
      rows.forEach(({ row }, i) => {
        const [start, end] = bounds(i)
        this.give(INSERT, [...row, ...aggregateRows(aggregates, rows, start, end)])
      })
      return
    }
    // Frames that start at the edge only grow: each row is taken in once.
    const accumulator = aggregates.fresh()
    let taken = 0
    rows.forEach(({ row }, i) => {
      for (const [, end] = bounds(i); taken < end; taken++)
        aggregates.accumulate(accumulator, (rows[taken] as Ordered).row)
      this.give(INSERT, [...row, ...aggregates.results(accumulator)])
    })
  }

  #rowBounds(rows: readonly Ordered[]): (i: number) => readonly [number, number] {
    const { from, to } = this.#settings.frame
    const clamp = (position: number) => Math.min(Math.max(position, 0), rows.length)
    return i => [clamp(i + from), clamp(i + to + 1)]
  }

  /** Rows with equal sort values are one: a frame starts with the first and ends with the last of them. */
  #rangeBounds(rows: readonly Ordered[]): (i: number) => readonly [number, number] {
    const { frame, compare, distanceOf } = this.#settings
    const distances = rows.map(r => distanceOf(r.row))
    const arePeers = (a: number, b: number) =>
      compare((rows[a] as Ordered).order, (rows[b] as Ordered).order) === 0
    const edge = (i: number, reach: number, isIn: (distance: number, limit: number) => boolean) => {
      const own = distances[i]
      if (reach === 0 || own === undefined) return (j: number) => arePeers(i, j)
      return (j: number) => distances[j] !== undefined && isIn(distances[j] as number, own + reach)
    }
    return i => {
      const { from, to } = frame
      const isAfterStart = edge(i, from, (d, limit) => d >= limit)
      const isBeforeEnd = edge(i, to, (d, limit) => d <= limit)
      const start =
        from === Number.NEGATIVE_INFINITY ? 0 : rows.findIndex((_, j) => isAfterStart(j))
      if (to === Number.POSITIVE_INFINITY) return [start < 0 ? rows.length : start, rows.length]
      const end = rows.findLastIndex((_, j) => isBeforeEnd(j)) + 1
      return [start < 0 ? end : start, end]
    }
  }

  protected put(stored: StoredRow): void {
    this.reserveId(this.#bag.put(stored))
  }
}
