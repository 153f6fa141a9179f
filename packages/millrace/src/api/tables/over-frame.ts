// Which rows around a row over() looks at.

import type { FrameBound, OverFrame } from '../../plan/node.ts'
import { type Duration, durationMs } from '../../types/duration.ts'
import { MillraceError } from '../../types/errors.ts'
import type { Columns, NameOf } from '../columns/sql-type.ts'
import type { OrderBy } from './table.ts'

/** An edge of a frame: at the row, so many rows or so much time away, or beyond all rows. */
export type FrameEdge<T> =
  | 'current row'
  | 'unbounded'
  | { readonly preceding: T }
  | { readonly following: T }

/** A frame by both its edges: `{ from: { preceding: 5 }, to: { preceding: 1 } }`. */
export interface Frame<T> {
  /** Default: unbounded. */
  readonly from?: FrameEdge<T>
  /** Default: the current row. */
  readonly to?: FrameEdge<T>
}

/** Which rows count for a row: of those with equal `partitionBy`, in the order of `orderBy`. */
export interface OverOptions<C extends Columns> {
  readonly partitionBy?: readonly NameOf<C>[]
  /** Of unbounded input the event time. Absent, in batch mode: the whole partition counts for each of its rows. */
  readonly orderBy?: OrderBy<C> | readonly OrderBy<C>[]
  /** The row and so many before it, or a frame of rows. */
  readonly rows?: number | Frame<number>
  /** The rows of such a time before it, up to its own, or a frame by time. Neither: all rows up to its own order. */
  readonly range?: Duration | Frame<Duration>
}

/** A frame cannot be made so. */
export class InvalidFrameError extends MillraceError {
  constructor(facts: { readonly problem: string; readonly remedy: string }) {
    super('MR_PLAN_INVALID', `${facts.problem}.`, { remedy: facts.remedy })
  }
}

/** @throws {InvalidFrameError} `MR_PLAN_INVALID` when it ends before it begins, or reaches no whole number of rows */
export function frameOf(
  { rows, range }: Pick<OverOptions<Columns>, 'rows' | 'range'>,
  isOrdered: boolean,
): OverFrame {
  if (rows !== undefined) {
    const given = typeof rows === 'number' ? { from: { preceding: rows } } : rows
    return checked({ unit: 'rows', ...edgesOf(given, rowsOf) })
  }
  if (range !== undefined) {
    const given = typeof range === 'object' ? range : { from: { preceding: range } }
    return checked({ unit: 'range', ...edgesOf(given, d => durationMs(d, 'range')) })
  }
  const to = isOrdered ? ('current-row' as const) : ('unbounded-following' as const)
  return { unit: 'range', from: { kind: 'unbounded-preceding' }, to: { kind: to } }
}

function edgesOf<T>(
  { from = 'unbounded', to = 'current row' }: Frame<T>,
  offsetOf: (reach: T) => number,
): Pick<OverFrame, 'from' | 'to'> {
  const edge = (given: FrameEdge<T>, side: 'preceding' | 'following'): FrameBound => {
    if (given === 'current row') return { kind: 'current-row' }
    if (given === 'unbounded') return { kind: `unbounded-${side}` }
    return 'preceding' in given
      ? { kind: 'preceding', offset: offsetOf(given.preceding) }
      : { kind: 'following', offset: offsetOf(given.following) }
  }
  return { from: edge(from, 'preceding'), to: edge(to, 'following') }
}

function rowsOf(count: number): number {
  if (Number.isSafeInteger(count) && count >= 0) return count
  throw new InvalidFrameError({
    problem: `A frame cannot reach ${count} rows`,
    remedy: 'Give a whole number that is not negative.',
  })
}

/** The kinds of edges in the order of rows. */
const EDGES: readonly FrameBound['kind'][] = [
  'unbounded-preceding',
  'preceding',
  'current-row',
  'following',
  'unbounded-following',
]

function checked(frame: OverFrame): OverFrame {
  if (EDGES.indexOf(frame.from.kind) <= EDGES.indexOf(frame.to.kind)) return frame
  throw new InvalidFrameError({
    problem: 'The frame ends before it begins',
    remedy: "Give the earlier edge as `from`: { from: { preceding: 2 }, to: 'current row' }.",
  })
}
