// Table functions written in TypeScript: each call gives rows, which the plan unnests beside the row that it was called for.

import { type DataType, notNull, types } from '../../types/data-type.ts'
import { fromUserValue } from '../../types/user-value.ts'
import type { Value } from '../../types/value.ts'
import type { ScalarBinding, TableFunction } from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'
import { NotRowsError, userCodeError } from './call-user-code.ts'
import { argumentReader, fitArguments, missesArgument, signatureOf } from './parameters.ts'
import { onceForTypes } from './once-for-types.ts'
import type { UserFunctionFacts } from './scalar-user-function.ts'

export interface TableUserFacts extends UserFunctionFacts {
  /** Of a row: a ROW for several columns, else the only column's type. */
  readonly element: DataType
  readonly call: (...args: never[]) => Iterable<unknown>
}

/** A function that gives any number of rows for each row. NULL for a parameter that is NOT NULL gives none. */
export function tableUserFunction(facts: TableUserFacts): TableFunction {
  const { name, parameters, element, call } = facts
  const read = argumentReader(parameters, facts.isNamed)
  const misses = missesArgument(parameters)
  const fromRow = fromUserValue(element, name)
  const evaluate = (...values: Value[]): Value => {
    if (misses(values)) return []
    const rows: Value[] = []
    try {
      const given: Partial<Iterable<unknown>> | undefined = call(...(read(values) as never[]))
      if (typeof given?.[Symbol.iterator] !== 'function') throw new NotRowsError()
      for (const row of given as Iterable<unknown>) rows.push(fromRow(row))
    } catch (cause) {
      throw userCodeError(name, values, cause)
    }
    return rows
  }
  return {
    kind: 'table',
    name: name.toUpperCase(),
    docs: { group: 'system', summary: `A table function of the program: ${name}.` },
    parameters: signatureOf(parameters),
    resolve: onceForTypes(
      facts.isDeterministic,
      (args): ScalarBinding | { readonly problem: string } => {
        const fit = fitArguments(parameters, args)
        if (isProblem(fit)) return fit
        return {
          ...(facts.isDeterministic ? {} : { deterministic: false }),
          parameters: fit.types,
          returns: notNull(types.array(element)),
          nulls: 'own',
          evaluate,
        }
      },
    ),
  }
}
