// Errors of planning: what cannot be run, and why.

import type { ErrorCode } from '../../types/error-codes.ts'
import { MillraceError } from '../../types/errors.ts'

export class PlanError extends MillraceError {
  constructor(code: ErrorCode, message: string, remedy: string) {
    super(code, message, { remedy })
  }
}
