// Lambdas over rows as scalar functions of the plan: filters, computed keys.

import { EvaluationError } from '../../functions/evaluation-error.ts'
import type { ScalarBinding } from '../../functions/function-definition.ts'
import type { CallExpression, Expression } from '../../plan/expression.ts'
import type { DataType } from '../../types/data-type.ts'
import type { Column, Schema } from '../../types/schema.ts'
import { fromUserValue, toUserRow } from '../../types/user-value.ts'
import type { Value } from '../../types/value.ts'
import { columnsReadBy } from './columns-read-by.ts'

/** Positions of the columns that a lambda over rows can read; `undefined`: all. A name that is no column makes it all. */
export function positionsReadBy(
  lambda: (...args: never[]) => unknown,
  schema: Schema,
): readonly number[] | undefined {
  const { names } = columnsReadBy(lambda)
  const positions = names?.map(name => schema.findIndex(c => c.name === name))
  if (!positions || positions.includes(-1)) return undefined
  return positions.sort((a, b) => a - b)
}

/** A lambda over a row as a call with the columns that it reads. */
export function callOfLambda(
  name: string,
  lambda: (row: never) => unknown,
  schema: Schema,
  returns: DataType,
): CallExpression {
  const reads = positionsReadBy(lambda, schema) ?? schema.map((_, i) => i)
  const read = reads.map(i => schema[i] as Column)
  const toRow = toUserRow(read)
  const fromResult = fromUserValue(returns, name)
  const args: Expression[] = reads.map((index, i) => {
    const { name, type } = read[i] as Column
    return { kind: 'column', index, name, type }
  })
  const binding: ScalarBinding = {
    parameters: read.map(c => c.type),
    returns,
    nulls: 'own',
    evaluate: (...values: Value[]) =>
      fromResult(attempt(name, () => lambda(toRow(values) as never))),
  }
  return { kind: 'call', type: returns, name, args, binding }
}

/** What a function of the program throws concerns the record at hand. */
function attempt<T>(name: string, call: () => T): T {
  try {
    return call()
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const remedy = 'Handle the case in the function, or filter such records out before it.'
    throw new EvaluationError(`${name} threw: ${reason}`, remedy, cause)
  }
}
