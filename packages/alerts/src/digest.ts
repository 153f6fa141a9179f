// Short names for long facts, the same at every start.

import { createHash } from 'node:crypto'

/** 32 hexadecimal digits of a SHA-256 over the facts. */
export const digest = (...facts: readonly (string | number)[]): string =>
  createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32)
