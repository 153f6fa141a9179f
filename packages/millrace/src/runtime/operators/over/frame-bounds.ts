// Where the frames of OVER begin and end among the ordered rows of a partition.

import type { Row } from '../../../types/value.ts'
import type { CompareOrder } from '../ranks/sorted-rows.ts'
import type { FrameReach } from './over-frame.ts'

/** A row with the values that order it. */
export interface OrderedRow {
  readonly row: Row
  readonly order: Row
}

/** The first sort value as a number that grows with the order; undefined where it is NULL. */
export type DistanceOf = (row: Row) => number | undefined

/** The frame of the row at a position: the positions of its first row and of the one behind its last. */
export type FrameBounds = (index: number) => readonly [number, number]

export function frameBounds(
  rows: readonly OrderedRow[],
  order: {
    readonly frame: FrameReach
    readonly compare: CompareOrder
    readonly distanceOf: DistanceOf
  },
): FrameBounds {
  return order.frame.unit === 'rows' ? rowBounds(rows, order.frame) : rangeBounds(rows, order)
}

function rowBounds(rows: readonly OrderedRow[], { from, to }: FrameReach): FrameBounds {
  const clamp = (position: number) => Math.min(Math.max(position, 0), rows.length)
  return i => [clamp(i + from), clamp(i + to + 1)]
}

/** Rows with equal sort values are one: a frame starts with the first and ends with the last of them. */
function rangeBounds(
  rows: readonly OrderedRow[],
  { frame, compare, distanceOf }: Parameters<typeof frameBounds>[1],
): FrameBounds {
  const distances = rows.map(r => distanceOf(r.row))
  const arePeers = (a: number, b: number) =>
    compare((rows[a] as OrderedRow).order, (rows[b] as OrderedRow).order) === 0
  const edge = (i: number, reach: number, isIn: (distance: number, limit: number) => boolean) => {
    const own = distances[i]
    if (reach === 0 || own === undefined) return (j: number) => arePeers(i, j)
    return (j: number) => distances[j] !== undefined && isIn(distances[j] as number, own + reach)
  }
  return i => {
    const { from, to } = frame
    const isAfterStart = edge(i, from, (d, limit) => d >= limit)
    const isBeforeEnd = edge(i, to, (d, limit) => d <= limit)
    const start = from === Number.NEGATIVE_INFINITY ? 0 : rows.findIndex((_, j) => isAfterStart(j))
    if (to === Number.POSITIVE_INFINITY) return [start < 0 ? rows.length : start, rows.length]
    const end = rows.findLastIndex((_, j) => isBeforeEnd(j)) + 1
    return [start < 0 ? end : start, end]
  }
}
