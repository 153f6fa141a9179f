// Hints of a SELECT: how long state is kept, and how tables are looked up.

import type { LookupHint } from '../../plan/lookup-hint.ts'
import type { Hint } from '../ast/query.ts'
import { NOWHERE as span } from './syntax.ts'

/** `STATE_TTL('name' = '5 ms')`; 0 keeps state for ever. */
export const ttlHint = (name: string, ttlMs: number): Hint =>
  hintOf('STATE_TTL', [[name, `${ttlMs} ms`]])

/** `LOOKUP('table' = 'name', 'async' = 'true', …)` */
export function lookupHint(name: string, { async, capacity, timeoutMs, retry }: LookupHint): Hint {
  return hintOf('LOOKUP', [
    ['table', name],
    ...(async === undefined ? [] : [['async', String(async)] as const]),
    ...(capacity === undefined ? [] : [['capacity', String(capacity)] as const]),
    ...(timeoutMs === undefined ? [] : [['timeout', `${timeoutMs} ms`] as const]),
    ...(retry
      ? ([
          ['retry-predicate', 'lookup_miss'],
          ['retry-strategy', 'fixed_delay'],
          ['fixed-delay', `${retry.delayMs} ms`],
          ['max-attempts', String(retry.maxAttempts)],
        ] as const)
      : []),
  ])
}

const hintOf = (name: string, options: readonly (readonly [string, string])[]): Hint => ({
  name,
  args: [],
  options: options.map(([key, value]) => ({ key, value, span })),
  span,
})
