// The error of a file sink that cannot go on.

import { MillraceError } from '../../../types/errors.ts'

/** Output could not be written, or what was committed is gone. The sink is poisoned: nothing is retried. */
export class SinkFailedError extends MillraceError {
  constructor(facts: { table: string; place: string; reason: string; cause?: unknown }) {
    super('MR_SINK_FAILED', `sink "${facts.table}" failed in "${facts.place}": ${facts.reason}`, {
      domain: 'external',
      cause: facts.cause,
      remedy: 'Check the disk and start again: the program goes on from its last commit.',
    })
  }
}
