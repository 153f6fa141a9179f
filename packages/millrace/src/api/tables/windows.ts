// Windows over event time: tumbling, hopping, cumulating, session.

import type { WindowSpec } from '../../plan/node.ts'
import type { Duration } from '../../types/duration.ts'
import { durationMs } from '../../types/duration.ts'
import { MillraceError } from '../../types/errors.ts'
import type { SqlType } from '../columns/sql-type.ts'

/** A window cannot be made so. */
export class InvalidWindowError extends MillraceError {
  constructor(facts: { readonly problem: string; readonly remedy: string }) {
    super('MR_PLAN_WINDOW', facts.problem, { remedy: facts.remedy })
  }
}

/** How rows are assigned to windows by a time column; `C` names it, `P` the partition of a session. */
export interface WindowDefinition<C extends string = string, P extends string = string> {
  readonly column: C
  readonly partition: readonly P[]
  /** Partition columns are found by name when the table is known. */
  readonly spec: (partition: readonly number[]) => WindowSpec
}

export interface WindowOptions {
  /** Moves the window starts, which are multiples of the size since 1970-01-01. */
  readonly offset?: Duration
}

/** The columns that a window appends: the bounds and the event time of its rows, `window_end - 1 ms`. */
export type WindowColumns = {
  readonly window_start: SqlType<number, 'timestamp'>
  readonly window_end: SqlType<number, 'timestamp'>
  readonly window_time: SqlType<number, 'timestamp'>
}

/** The columns by which a windowed table is grouped, besides the user's. */
export type WindowKeys = Omit<WindowColumns, 'window_time'>

/**
 * Fixed, non-overlapping windows `[start, start + size)`.
 *
 * @throws {InvalidWindowError} `MR_PLAN_WINDOW` when `size` is not positive
 */
export function tumble<const C extends string>(
  column: C,
  size: Duration,
  options: WindowOptions = {},
): WindowDefinition<C, never> {
  const sizeMs = positiveMs(size, 'size')
  const offsetMs = durationMs(options.offset ?? 0, 'offset')
  return { column, partition: [], spec: () => ({ kind: 'tumble', sizeMs, offsetMs }) }
}

/**
 * Windows of `size` that start every `slide`: a row is in `size / slide` of them.
 *
 * @throws {InvalidWindowError} `MR_PLAN_WINDOW` when `size` is no multiple of `slide`
 */
export function hop<const C extends string>(
  column: C,
  slide: Duration,
  size: Duration,
  options: WindowOptions = {},
): WindowDefinition<C, never> {
  const slideMs = positiveMs(slide, 'slide')
  const sizeMs = multipleMs(size, 'size', slideMs, 'slide')
  const offsetMs = durationMs(options.offset ?? 0, 'offset')
  return { column, partition: [], spec: () => ({ kind: 'hop', sizeMs, slideMs, offsetMs }) }
}

/**
 * Windows that share their start and end a `step` later each, up to `maxSize`.
 *
 * @throws {InvalidWindowError} `MR_PLAN_WINDOW` when `maxSize` is no multiple of `step`
 */
export function cumulate<const C extends string>(
  column: C,
  step: Duration,
  maxSize: Duration,
  options: WindowOptions = {},
): WindowDefinition<C, never> {
  const stepMs = positiveMs(step, 'step')
  const maxSizeMs = multipleMs(maxSize, 'maxSize', stepMs, 'step')
  const offsetMs = durationMs(options.offset ?? 0, 'offset')
  return { column, partition: [], spec: () => ({ kind: 'cumulate', maxSizeMs, stepMs, offsetMs }) }
}

/** Windows that end when no row has come for `gap`, apart for each value of the `partitionBy` columns. */
export function session<const C extends string, const P extends string = never>(
  column: C,
  gap: Duration,
  options: { readonly partitionBy?: readonly P[] } = {},
): WindowDefinition<C, P> {
  const gapMs = positiveMs(gap, 'gap')
  return {
    column,
    partition: options.partitionBy ?? [],
    spec: partition => ({ kind: 'session', gapMs, partition }),
  }
}

function positiveMs(duration: Duration, name: string): number {
  const ms = durationMs(duration, name)
  if (ms > 0) return ms
  throw new InvalidWindowError({
    problem: `The window's ${name} is ${String(duration)}; it must be positive.`,
    remedy: "Give a duration such as '15m'.",
  })
}

function multipleMs(duration: Duration, name: string, unitMs: number, unit: string): number {
  const ms = positiveMs(duration, name)
  if (ms % unitMs === 0) return ms
  throw new InvalidWindowError({
    problem: `The window's ${name} of ${ms} ms is no multiple of its ${unit} of ${unitMs} ms.`,
    remedy: `Make the ${name} a multiple of the ${unit}.`,
  })
}
