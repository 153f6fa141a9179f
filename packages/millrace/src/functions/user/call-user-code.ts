// Calls into functions of the program: what they throw, or give of another type than declared, concerns the record at hand.

import type { Value } from '../../types/value.ts'
import { MillraceError } from '../../types/errors.ts'
import { UserValueError } from '../../types/user-value.ts'
import { EvaluationError } from '../evaluation-error.ts'

/** What a function has given is not of its type. */
export class NotRowsError extends MillraceError {
  constructor() {
    super('MR_DATA_EVALUATION', 'a table function gives rows to iterate', {
      remedy: 'Return an array of rows, or write a generator.',
    })
  }
}

const REMEDY = 'Handle the case in the function, or filter such records out before it.'
const MAX_SHOWN = 60

/** The error of a function of the program, with its name and the arguments that it was called with. */
export function userCodeError(
  name: string,
  args: readonly Value[],
  cause: unknown,
): EvaluationError {
  const call = `${name}(${args.map(showValue).join(', ')})`
  if (cause instanceof UserValueError || cause instanceof NotRowsError)
    return new EvaluationError(
      `${call} gave what it may not: ${cause.message.replace(/\.$/, '')}`,
      cause.remedy ?? REMEDY,
      cause,
    )
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new EvaluationError(`${call} threw: ${reason}`, REMEDY, cause)
}

function showValue(value: Value): string {
  const text =
    value === null
      ? 'NULL'
      : typeof value === 'string'
        ? `'${value}'`
        : typeof value === 'object'
          ? '…'
          : String(value)
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}
