// An error thrown by a user's function: it concerns the record or timer at hand.

import { MillraceError } from '../types/errors.ts'

/** Keeps what the function threw as its cause. */
export class UserFunctionError extends MillraceError {
  constructor(facts: {
    readonly name: string
    readonly callback: string
    readonly cause: unknown
  }) {
    const { name, callback, cause } = facts
    const reason = cause instanceof Error ? cause.message : String(cause)
    super('MR_DATA_EVALUATION', `${callback} of ${name} threw: ${reason}`, {
      cause,
      remedy: 'Handle the case in the function, or filter such records out before it.',
    })
  }
}
