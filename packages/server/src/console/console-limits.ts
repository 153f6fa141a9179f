// How much a console may take of the process that it looks into.

import { getHeapStatistics } from 'node:v8'

export interface ConsoleLimits {
  /** Queries that run at once. */
  readonly maxQueries: number
  /** Changes that a query sends at most. */
  readonly maxRows: number
  /** Bytes of them, as JSON. */
  readonly maxBytes: number
  /** State of its operators. */
  readonly maxStateBytes: number
  /** How long it runs at most. */
  readonly maxMs: number
}

const MIB = 2 ** 20

export const CONSOLE_LIMITS: ConsoleLimits = {
  maxQueries: 3,
  maxRows: 100_000,
  maxBytes: 32 * MIB,
  // A process that was given little memory has little for queries.
  maxStateBytes: Math.min(48 * MIB, getHeapStatistics().heap_size_limit / 8),
  maxMs: 15 * 60_000,
}
