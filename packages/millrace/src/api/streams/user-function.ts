// TypeScript functions as scalar functions of the plan: filters, computed keys, functions registered for SQL.

import { EvaluationError } from '../../functions/evaluation-error.ts'
import type { ScalarBinding, ScalarFunction } from '../../functions/function-definition.ts'
import type { CallExpression, Expression } from '../../plan/expression.ts'
import type { DataType } from '../../types/data-type.ts'
import type { Column, Schema } from '../../types/schema.ts'
import { fromUserValue, toUserRow, toUserValue } from '../../types/user-value.ts'
import type { Value } from '../../types/value.ts'
import { columnsReadBy } from './columns-read-by.ts'
import type { SqlType } from '../columns/sql-type.ts'

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

/** A function that SQL and `fn()` can call by name; it must be pure, and sees and gives user values. */
export function createUserFunction(
  name: string,
  parameters: readonly SqlType[],
  returns: SqlType,
  call: (...args: never[]) => unknown,
): ScalarFunction {
  const fromResult = fromUserValue(returns.dataType, name)
  const readers = parameters.map(p => toUserValue(p.dataType))
  return {
    kind: 'scalar',
    name: name.toUpperCase(),
    docs: { group: 'system', summary: `A function of the program: ${name}.` },
    resolve(args) {
      if (args.length !== parameters.length)
        return { problem: `needs ${parameters.length} arguments, not ${args.length}` }
      return {
        parameters: parameters.map(p => p.dataType),
        returns: returns.dataType,
        nulls: 'own',
        evaluate: (...values: Value[]) =>
          fromResult(
            attempt(name, () => call(...(values.map((v, i) => readers[i]?.(v)) as never[]))),
          ),
      }
    },
  }
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
