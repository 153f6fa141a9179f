// The error of a look-up that failed however often it was tried: the job ends, since other rows would fare no better.

import { MillraceError } from '../types/errors.ts'
import type { Row } from '../types/value.ts'

export class LookupFailedError extends MillraceError {
  constructor(facts: { readonly table: string; readonly key: Row; readonly cause: unknown }) {
    const { table, key, cause } = facts
    const reason = cause instanceof Error ? cause.message : String(cause)
    super(
      'MR_IO_FAILED',
      `Looking up ${table} for (${key.map(String).join(', ')}) failed: ${reason}`,
      {
        domain: 'external',
        retry: 'backoff',
        remedy: 'See that the table can be reached; then start again: what is committed stays.',
        cause,
      },
    )
  }
}
