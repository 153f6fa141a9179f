// Aggregate functions written in TypeScript: the accumulator is an object of the program, and a typed ROW of the state.

import { type DataType, type RowField, types } from '../../types/data-type.ts'
import { fromUserValue } from '../../types/user-value.ts'
import type { Value } from '../../types/value.ts'
import type {
  AggregateBinding,
  AggregateFunction,
  CodeScope,
  SignatureProblem,
} from '../function-definition.ts'
import { isProblem } from '../function-definition.ts'
import { createAccumulators } from './accumulator-row.ts'
import { userCodeError } from './call-user-code.ts'
import { argumentReader, fitArguments, missesArgument, signatureOf } from './parameters.ts'
import { onceForTypes } from './once-for-types.ts'
import type { UserFunctionFacts } from './scalar-user-function.ts'

type Change = (accumulator: never, ...args: never[]) => void

export interface AggregateUserFacts extends UserFunctionFacts {
  readonly accumulator: readonly RowField[]
  readonly returns: DataType
  readonly create: () => object
  readonly accumulate: Change
  /** Absent: it takes insert-only input. */
  readonly retract?: Change
  /** Absent: it cannot be used in windows that share slices. */
  readonly merge?: (accumulator: never, other: never) => void
  readonly result: (accumulator: never) => unknown
}

/** A function over the rows of a group. A row with NULL for a parameter that is NOT NULL is left out. */
export function aggregateUserFunction(facts: AggregateUserFacts): AggregateFunction {
  const { name, parameters } = facts
  const calls = accumulatorCalls(facts)
  const bindFor = (demands: { readonly retract: boolean }) =>
    onceForTypes(facts.isDeterministic, (args): AggregateBinding | SignatureProblem => {
      const fit = fitArguments(parameters, args)
      if (isProblem(fit)) return fit
      if (demands.retract && !facts.retract)
        return {
          problem: 'has no retract, but its input takes rows back',
          remedy: 'Give the function a retract, or aggregate input that is only added to.',
        }
      return {
        parameters: fit.types,
        returns: facts.returns,
        skipsNulls: false,
        callsUser: true,
        fields: [{ name: 'accumulator', type: types.row(facts.accumulator), initial: 'null' }],
        accumulate: emitCall(calls.accumulate, 'accumulate'),
        ...(facts.retract ? { retract: emitCall(calls.retract, 'retract') } : {}),
        ...(facts.merge ? { merge: emitMerge(calls.merge) } : {}),
        result: (scope, [field = '']) => `${scope.constant(calls.result, 'result')}(${field})`,
        evaluate: rows =>
          calls.result(rows.reduce<Value>((field, row) => calls.accumulate(field, ...row), null)),
      }
    })
  const bind = bindFor({ retract: false })
  const bindRetracting = bindFor({ retract: true })
  return {
    kind: 'aggregate',
    name: name.toUpperCase(),
    docs: { group: 'aggregate', summary: `An aggregate function of the program: ${name}.` },
    parameters: signatureOf(parameters),
    resolve: (args, { retract }) => (retract ? bindRetracting(args) : bind(args)),
  }
}

/** `field = call(field, …args)`: the ROW stays the same object while it is in memory. */
function emitCall(call: (field: Value, ...args: Value[]) => Value, hint: string) {
  return (scope: CodeScope, [field = '']: readonly string[], args: readonly string[]): void =>
    scope.statement(`${field} = ${scope.constant(call, hint)}(${[field, ...args].join(', ')})`)
}

const emitMerge =
  (merge: (field: Value, other: Value) => Value) =>
  (scope: CodeScope, [field = '']: readonly string[], [from = '']: readonly string[]): void =>
    scope.statement(`${field} = ${scope.constant(merge, 'merge')}(${field}, ${from})`)

function accumulatorCalls(facts: AggregateUserFacts) {
  const { name, parameters, create } = facts
  const { wrap, unwrap } = createAccumulators(facts.accumulator, name)
  const read = argumentReader(parameters, facts.isNamed)
  const misses = missesArgument(parameters)
  const fromResult = fromUserValue(facts.returns, name)
  const attempt = <T>(args: readonly Value[], call: () => T): T => {
    try {
      return call()
    } catch (cause) {
      throw userCodeError(name, args, cause)
    }
  }
  const changeWith =
    (change: Change) =>
    (field: Value, ...args: Value[]): Value => {
      if (misses(args)) return field
      return attempt(args, () => {
        const accumulator = field === null ? create() : unwrap(field)
        change(accumulator as never, ...(read(args) as never[]))
        return rowOf(field, accumulator)
      })
    }
  /** A ROW that wraps the object already goes on being used. */
  const rowOf = (field: Value, accumulator: object): Value =>
    field !== null && unwrap(field) === accumulator ? field : wrap(accumulator)
  return {
    accumulate: changeWith(facts.accumulate),
    retract: changeWith(facts.retract ?? (() => {})),
    merge: (field: Value, other: Value): Value => {
      if (other === null) return field
      return attempt([], () => {
        const accumulator = field === null ? create() : unwrap(field)
        facts.merge?.(accumulator as never, unwrap(other) as never)
        return rowOf(field, accumulator)
      })
    },
    result: (field: Value): Value =>
      fromResult(
        attempt([], () => facts.result((field === null ? create() : unwrap(field)) as never)),
      ),
  }
}
