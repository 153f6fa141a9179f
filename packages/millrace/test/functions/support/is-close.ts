// Whether two answers are the same, by the conformance suite's own rule.

import { isDeepStrictEqual } from 'node:util'

/** Two doubles are equal up to 1e-9, two FLOATs when they are the same 32 bits; the members of maps have no order. */
export function isClose(isFloat: boolean, a: unknown, b: unknown): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return isDeepStrictEqual(a, b)
  if (isFloat && Math.fround(a) === Math.fround(b)) return true
  return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))
}
