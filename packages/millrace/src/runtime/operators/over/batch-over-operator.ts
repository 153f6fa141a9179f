// OVER aggregates of a whole result: any order, frames before and after the row; answered at the end of the input.

import type { OrderedRows, PositionBinding } from '../../../functions/function-definition.ts'
import { createRowKey, type MapKey } from '../../../types/key-text.ts'
import { INSERT, type Row } from '../../../types/value.ts'
import type { JoinKey } from '../joins/join-key.ts'
import { type DistanceOf, frameBounds, type OrderedRow } from './frame-bounds.ts'
import { aggregateRows, type FrameReach, type OverAggregates } from './over-frame.ts'
import type { CompareOrder } from '../ranks/sorted-rows.ts'
import { WholeResultOperator, type WholeResultSettings } from '../whole-result-operator.ts'

export interface BatchOverSettings extends WholeResultSettings {
  readonly key: JoinKey
  readonly orderOf: (row: Row) => Row
  readonly compare: CompareOrder
  readonly distanceOf: DistanceOf
  readonly frame: FrameReach
  readonly aggregates: OverAggregates
  readonly positions: readonly PositionFunction[]
}

/** A function over positions, compiled. */
export interface PositionFunction {
  readonly argsOf: (row: Row) => Row
  readonly at: PositionBinding['at']
}

export class BatchOverOperator extends WholeResultOperator {
  readonly #settings: BatchOverSettings

  constructor(settings: BatchOverSettings) {
    super(settings)
    this.#settings = settings
  }

  protected giveResult(rows: readonly Row[]): void {
    const { key, orderOf, compare } = this.#settings
    const mapKeyOf = createRowKey(key.types)
    const partitions = new Map<MapKey, OrderedRow[]>()
    for (const row of rows) {
      const mapKey = mapKeyOf(key.valuesOf(row))
      const ordered = { row, order: orderOf(row) }
      const partition = partitions.get(mapKey)
      if (partition) partition.push(ordered)
      else partitions.set(mapKey, [ordered])
    }
    for (const partition of partitions.values())
      this.#answer(partition.sort((a, b) => compare(a.order, b.order)))
  }

  #answer(rows: readonly OrderedRow[]): void {
    const { frame, aggregates } = this.#settings
    const bounds = frameBounds(rows, this.#settings)
    const positionsAt = this.#positionsOver(rows)
    if (frame.from !== Number.NEGATIVE_INFINITY) {
      rows.forEach(({ row }, i) => {
        const [start, end] = bounds(i)
        const results = aggregateRows(aggregates, rows, start, end)
        this.give(INSERT, [...row, ...results, ...positionsAt(i)])
      })
      return
    }
    // Frames that start at the edge only grow: each row is taken in once.
    const accumulator = aggregates.fresh()
    let taken = 0
    rows.forEach(({ row }, i) => {
      for (const [, end] = bounds(i); taken < end; taken++)
        aggregates.accumulate(accumulator, (rows[taken] as OrderedRow).row)
      this.give(INSERT, [...row, ...aggregates.results(accumulator), ...positionsAt(i)])
    })
  }

  /** The values of the functions over positions, for each row. */
  #positionsOver(rows: readonly OrderedRow[]): (index: number) => Row {
    const { positions, compare } = this.#settings
    if (positions.length === 0) return () => []
    const isPeer = (a: number, b: number): boolean =>
      compare((rows[a] as OrderedRow).order, (rows[b] as OrderedRow).order) === 0
    let peers: readonly [number, number] = [0, 0]
    // Rows are asked for one after the other, so that the bounds of peers are found once for all of them.
    const peersOf = (index: number): readonly [number, number] => {
      if (index >= peers[0] && index < peers[1]) return peers
      let [start, end] = [index, index + 1]
      while (start > 0 && isPeer(start - 1, index)) start--
      while (end < rows.length && isPeer(end, index)) end++
      peers = [start, end]
      return peers
    }
    const views = positions.map(({ argsOf }) => {
      const args = rows.map(r => argsOf(r.row))
      return { size: rows.length, argsAt: (i: number) => args[i] as Row, peersOf }
    })
    return index => positions.map(({ at }, i) => at(views[i] as OrderedRows, index))
  }
}
