// One conversion between two types: what the files of this folder give, one per family of target types.

import type { DataType } from '../../types/data-type.ts'
import { formatType } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { EmitExpression, SessionInfo } from '../function-definition.ts'

/** Converts non-NULL values. */
export interface Conversion {
  /** @throws {EvaluationError} when the value has no counterpart */
  readonly convert: (value: never) => Value
  /** Whether `convert` may give NULL (a decimal that does not fit). */
  readonly mayReturnNull?: boolean
  /** Whether `convert` may throw. */
  readonly mayFail?: boolean
  /** Code of the same; without it `convert` is called. */
  readonly emit?: EmitExpression
}

/** Finds a conversion; `undefined` when SQL has none. */
export type FindConversion = (
  from: DataType,
  to: DataType,
  session: SessionInfo,
) => Conversion | undefined

/** The conversion that changes nothing. */
export const identity: Conversion = {
  convert: (value: Value) => value,
  emit: (_, [value = '']) => value,
}

/** The error of a text that does not spell a value of the type. */
export function unreadable(text: string, to: DataType): EvaluationError {
  return new EvaluationError(
    `cannot cast '${text}' to ${formatType({ ...to, nullable: true })}`,
    'Use TRY_CAST to get NULL instead.',
  )
}
