// The hint STATE_TTL of a SELECT.

import type { Hint } from '../ast/query.ts'
import { NOWHERE as span } from './syntax.ts'

/** `STATE_TTL('name' = '5 ms')`; 0 keeps state for ever. */
export const ttlHint = (name: string, ttlMs: number): Hint => ({
  name: 'STATE_TTL',
  args: [],
  options: [{ key: name, value: `${ttlMs} ms`, span }],
  span,
})
