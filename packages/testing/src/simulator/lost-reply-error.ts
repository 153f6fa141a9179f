// What a request to a system outside ends with when its reply does not come.

import { MillraceError } from 'millrace'

/** It has happened, or not. */
export class LostReplyError extends MillraceError {
  constructor() {
    super('MR_IO_FAILED', 'the reply was lost', { domain: 'external', retry: 'backoff' })
  }
}
