// The error of one record in one expression: a division by zero, a cast that cannot be done.

import { MillraceError } from '../types/errors.ts'

/** Concerns the record at hand, never the program: the source's bad-record policy decides what becomes of it. */
export class EvaluationError extends MillraceError {
  constructor(message: string, remedy?: string, cause?: unknown) {
    super('MR_DATA_EVALUATION', message, { remedy, cause })
  }
}
