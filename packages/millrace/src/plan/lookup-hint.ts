// What the hint LOOKUP, or the API, says of one look-up join: how its table is asked.

import { formatDuration } from '../types/duration.ts'

/** Absent fields: as the table's options or the settings say. */
export interface LookupHint {
  /** Several keys are asked for at once; else one after the other. */
  readonly async?: boolean
  /** Keys that are asked for at once, at most. */
  readonly capacity?: number
  /** For one row, with all attempts. */
  readonly timeoutMs?: number
  /** A key that has no row is asked for again. */
  readonly retry?: LookupRetry
}

export interface LookupRetry {
  readonly delayMs: number
  /** In all, the first one included. */
  readonly maxAttempts: number
}

/** The hint as plans print it: ` async, 10 at once, within 5 s, retry of misses after 1 s, 3 attempts`; empty without one. */
export function printLookupHint(hint: LookupHint | undefined): string {
  if (!hint) return ''
  const { async, capacity, timeoutMs, retry } = hint
  const parts = [
    ...(async === undefined ? [] : [async ? 'async' : 'one by one']),
    ...(capacity === undefined ? [] : [`${capacity} at once`]),
    ...(timeoutMs === undefined ? [] : [`within ${formatDuration(timeoutMs)}`]),
    ...(retry
      ? [`misses again after ${formatDuration(retry.delayMs)}, ${retry.maxAttempts} attempts`]
      : []),
  ]
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`
}
