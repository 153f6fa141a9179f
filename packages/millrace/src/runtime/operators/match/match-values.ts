// What conditions and measures read of a match: first and last rows of variables, aggregates over them.

import { assertNever } from '../../../types/errors.ts'
import type { Row, Value } from '../../../types/value.ts'
import type { OverAggregates } from '../over/over-frame.ts'
import type { PathNode, SearchedRow } from './match-search.ts'

export interface MatchRow extends SearchedRow {
  readonly row: Row
}

/** A {@link MatchPart}, compiled. */
export type MatchValue =
  | {
      readonly kind: 'first' | 'last'
      readonly variable: number | undefined
      readonly offset: number
      readonly valueOf: (row: Row) => Value
    }
  | {
      readonly kind: 'aggregate'
      readonly variable: number | undefined
      /** Of one call. */
      readonly aggregates: OverAggregates
    }
  | { readonly kind: 'rowtime' }

type Step = Pick<PathNode<MatchRow>, 'variable' | 'entry'>

/** The values over a path; with `current`, that row counts as its last. */
export function readMatch(
  values: readonly MatchValue[],
  last: PathNode<MatchRow> | undefined,
  current?: Step,
): Row {
  let inOrder: readonly Step[] | undefined
  const steps = (): readonly Step[] => {
    inOrder ??= stepsOf(last, current)
    return inOrder
  }
  const read = (value: MatchValue): Value => {
    switch (value.kind) {
      case 'rowtime':
        return ((current ?? last) as Step).entry.time
      case 'last':
        return lastOf(value, last, current)
      case 'first':
        return firstOf(value, steps())
      case 'aggregate':
        return aggregateOf(value, steps())
      default:
        return assertNever(value)
    }
  }
  return values.map(read)
}

const isOf = (variable: number | undefined, step: Step): boolean =>
  variable === undefined || step.variable === variable

function stepsOf(last: PathNode<MatchRow> | undefined, current: Step | undefined): Step[] {
  const steps: Step[] = current ? [current] : []
  for (let node = last; node; node = node.previous) steps.push(node)
  return steps.reverse()
}

type Navigation = Extract<MatchValue, { kind: 'first' | 'last' }>

function lastOf(
  { variable, offset, valueOf }: Navigation,
  last: PathNode<MatchRow> | undefined,
  current: Step | undefined,
): Value {
  let left = offset
  if (current && isOf(variable, current) && left-- === 0) return valueOf(current.entry.row)
  for (let node = last; node; node = node.previous)
    if (isOf(variable, node) && left-- === 0) return valueOf(node.entry.row)
  return null
}

function firstOf({ variable, offset, valueOf }: Navigation, steps: readonly Step[]): Value {
  let left = offset
  for (const step of steps) if (isOf(variable, step) && left-- === 0) return valueOf(step.entry.row)
  return null
}

function aggregateOf(
  { variable, aggregates }: Extract<MatchValue, { kind: 'aggregate' }>,
  steps: readonly Step[],
): Value {
  const accumulator = aggregates.fresh()
  for (const step of steps)
    if (isOf(variable, step)) aggregates.accumulate(accumulator, step.entry.row)
  return aggregates.results(accumulator)[0] ?? null
}
