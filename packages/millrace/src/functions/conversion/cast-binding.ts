// CAST and TRY_CAST as bindings: what the plan's cast expressions and implicit coercions carry.

import type { DataType } from '../../types/data-type.ts'
import { formatType, types, withNullable } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import { EvaluationError } from '../evaluation-error.ts'
import type { ScalarBinding, SessionInfo, SignatureProblem } from '../function-definition.ts'
import { findConversion } from './find-conversion.ts'

/**
 * The binding that converts `from` into `to`, as Flink's CAST does.
 *
 * A value without counterpart (a text that is no number) raises an `EvaluationError`; with `safe` (TRY_CAST) it gives NULL.
 * A number that does not fit a DECIMAL gives NULL either way; integers wrap. The result is nullable when `from` or `safe` is.
 */
export function castBinding(
  from: DataType,
  to: DataType,
  session: SessionInfo,
  options: { readonly safe: boolean },
): ScalarBinding | SignatureProblem {
  const conversion = findConversion(from, to, session)
  if (conversion === undefined)
    return { problem: `cannot cast ${formatType(from)} to ${formatType(to)}` }
  const guarded = options.safe && conversion.mayFail === true
  const convert = conversion.convert as (value: Value) => Value
  return {
    parameters: [from],
    returns: withNullable(resultType(to), options.safe || from.nullable || from.kind === 'null'),
    nulls: 'strict',
    ...(conversion.mayReturnNull || guarded ? { mayReturnNull: true } : {}),
    evaluate: guarded ? orNull(convert) : convert,
    ...(conversion.emit && !guarded ? { emit: conversion.emit } : {}),
  }
}

/** Intervals are of two types only, whatever unit the text of the cast names. */
function resultType(to: DataType): DataType {
  if (to.kind === 'interval_day') return types.intervalDay()
  return to.kind === 'interval_year' ? types.intervalYear() : to
}

/** A constant converted at once; `undefined` when it has no counterpart. */
export function castConstant(
  value: Value,
  from: DataType,
  to: DataType,
  session: SessionInfo,
): Value | undefined {
  if (value === null) return null
  const conversion = findConversion(from, to, session)
  if (conversion === undefined) return undefined
  return orUndefined(conversion.convert as (value: Value) => Value)(value)
}

function orNull(convert: (value: Value) => Value): (value: Value) => Value {
  return value => orUndefined(convert)(value) ?? null
}

function orUndefined(convert: (value: Value) => Value): (value: Value) => Value | undefined {
  return value => {
    try {
      return convert(value)
    } catch (error) {
      if (error instanceof EvaluationError) return undefined
      throw error
    }
  }
}
