// aggregateFunction(): functions over the rows of a group, their accumulators typed and part of the state.

import type { AggregateFunction } from '../../functions/function-definition.ts'
import { aggregateUserFunction } from '../../functions/user/aggregate-user-function.ts'
import { type Aggregate, AggregateBuilder } from '../columns/aggregates.ts'
import type { Columns, SqlType, ValueOf } from '../columns/sql-type.ts'
import { schemaOf } from '../columns/sql-type.ts'
import type { DefaultsOf, GivenColumns, GivenValues, ParameterList } from './function-types.ts'
import {
  type CommonFunctionSpec,
  createUserFunction,
  factsOf,
  nameOfCode,
  type UserFunction,
} from './user-function.ts'

/** An accumulator: an object of its declared fields, changed in place. */
export type AccumulatorOf<S extends Columns> = { -readonly [N in keyof S]: Writable<ValueOf<S[N]>> }

/** Arrays and maps that a program may change. */
type Writable<T> = T extends readonly (infer E)[]
  ? E[]
  : T extends ReadonlyMap<infer K, infer V>
    ? Map<K, V>
    : T

export interface AggregateFunctionSpec<
  A extends ParameterList,
  S extends Columns,
  R extends SqlType,
  D extends object,
> extends CommonFunctionSpec<A> {
  /** The fields of the accumulator, as the state keeps them. */
  readonly accumulator: S
  readonly returns: R
  /** Named arguments that may be left out, with their values. */
  readonly defaults?: DefaultsOf<A, D>
  /** A fresh accumulator, of no rows. */
  readonly create: () => AccumulatorOf<S>
  readonly accumulate: (accumulator: AccumulatorOf<S>, ...args: GivenValues<A>) => void
  /** Takes a row back out; needed over input that is updated or deleted from. */
  readonly retract?: (accumulator: AccumulatorOf<S>, ...args: GivenValues<A>) => void
  /** Takes in another accumulator; needed in hopping and cumulating windows. */
  readonly merge?: (accumulator: AccumulatorOf<S>, other: AccumulatorOf<S>) => void
  readonly result: (accumulator: AccumulatorOf<S>) => ValueOf<R>
}

/** An aggregate function: called over columns it is an aggregate to select; registered by `app.function` SQL calls it by name. */
export interface AggregateUserFunction<
  A extends ParameterList,
  R extends SqlType,
  D extends PropertyKey = never,
> extends UserFunction {
  (...args: GivenColumns<A, D>): Aggregate<'USER', R>
}

/**
 * An aggregate function in TypeScript for SQL and tables: in GROUP BY, windows and OVER.
 *
 * A row with NULL for a parameter that is NOT NULL is left out. What the functions throw concerns the record at hand; what
 * `accumulate` had changed until then stays.
 */
export function aggregateFunction<
  const A extends ParameterList,
  S extends Columns,
  R extends SqlType,
  const D extends object = Record<never, never>,
>(spec: AggregateFunctionSpec<A, S, R, D>): AggregateUserFunction<A, R, keyof D> {
  const define = (name: string): AggregateFunction =>
    aggregateUserFunction({
      ...factsOf(name, spec),
      accumulator: schemaOf(spec.accumulator),
      returns: spec.returns.dataType,
      create: spec.create,
      accumulate: spec.accumulate as never,
      ...(spec.retract ? { retract: spec.retract as never } : {}),
      ...(spec.merge ? { merge: spec.merge as never } : {}),
      result: spec.result as never,
    })
  return createUserFunction(
    nameOfCode(spec, spec.accumulate),
    define,
    definitionIn =>
      (...args: readonly unknown[]) =>
        new AggregateBuilder(functions => definitionIn(functions) as AggregateFunction, args),
  ) as unknown as AggregateUserFunction<A, R, keyof D>
}
