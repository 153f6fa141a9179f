// Calls into functions of the program: what they throw concerns the record at hand.

import type { Value } from '../../types/value.ts'
import { EvaluationError } from '../evaluation-error.ts'

const REMEDY = 'Handle the case in the function, or filter such records out before it.'
const MAX_SHOWN = 60

/** The error of a function of the program, with its name and the arguments that it was called with. */
export function userCodeError(
  name: string,
  args: readonly Value[],
  cause: unknown,
): EvaluationError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new EvaluationError(
    `${name}(${args.map(showValue).join(', ')}) threw: ${reason}`,
    REMEDY,
    cause,
  )
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
