// Aggregate functions: what grouped tables select.

import type { AggregateCall } from '../../plan/expression.ts'
import { createAggregateCall } from '../../plan/create-expression.ts'
import type { AggregateFunction } from '../../functions/function-definition.ts'
import type { FunctionRegistry } from '../../functions/registry.ts'
import { buildArguments } from '../functions/user-function.ts'
import { checkReturns } from './check-returns.ts'
import type { ColumnScope } from './column-scope.ts'
import type { AnyExpr, TypeOfExpr } from './expr.ts'
import type { BuildContext } from './expression-builder.ts'
import { builderOf, type ExpressionBuilder } from './expression-builder.ts'
import type { Columns, Kind, NameOf, NumericKind, SqlType, ValueOf } from './sql-type.ts'
import type { TypeErrorMessage, UnknownColumnMessage } from './type-error-message.ts'

declare const aggregated: unique symbol

/** An aggregate of function `F` over `A`: a column's name, or an expression. Of a user's function `A` is its result's type. */
export interface Aggregate<F extends string = string, A = unknown> {
  readonly [aggregated]: readonly [F, A]
  /** Each different value once. */
  distinct(): Aggregate<F, A>
  /** Only rows for which the condition is TRUE: SQL's FILTER (WHERE …). */
  where(condition: AnyExpr<boolean | null, 'boolean'>): Aggregate<F, A>
}

/** What an aggregate is over: a column's name, or an expression. */
export type AggregateArg<K extends Kind = Kind> = string | AnyExpr<unknown, K>

/** The kinds that a function takes. */
interface ArgumentKinds {
  COUNT: Kind
  SUM: NumericKind
  AVG: NumericKind
  MIN: Exclude<Kind, 'array' | 'map' | 'row' | 'raw' | 'bytes'>
  MAX: Exclude<Kind, 'array' | 'map' | 'row' | 'raw' | 'bytes'>
  FIRST_VALUE: Kind
  LAST_VALUE: Kind
  LISTAGG: 'string'
  ARRAY_AGG: Kind
}

type ArgType<C extends Columns, A> = A extends keyof C ? C[A] : TypeOfExpr<A>

declare const grouped: unique symbol

/** Which keys a row of grouping sets is not grouped by. */
export interface Grouping {
  readonly [grouped]: true
}

/** The column type of an aggregate: SQL's, NULL over no rows. */
export type AggregateType<C extends Columns, G> = G extends Grouping
  ? SqlType<bigint, 'bigint'>
  : G extends Aggregate<infer F, infer A>
    ? F extends 'USER'
      ? A
      : F extends 'COUNT'
        ? SqlType<bigint, 'bigint'>
        : F extends 'ARRAY_AGG'
          ? SqlType<readonly ValueOf<ArgType<C, A>>[] | null, 'array'>
          : ArgType<C, A> extends SqlType<infer T, infer K>
            ? SqlType<T | null, K>
            : never
    : never

export type AggregateSelection = Readonly<Record<string, Aggregate | Grouping>>

/** The columns that a selection of aggregates makes. */
export type AggregateColumns<C extends Columns, P> = {
  readonly [N in keyof P]: AggregateType<C, P[N]>
}

/** The selection itself, or a message in place of each aggregate over a column that is not there or not of its kind. */
export type CheckedAggregates<C extends Columns, P> = {
  readonly [N in keyof P]: P[N] extends Aggregate<infer F, infer A>
    ? A extends string
      ? A extends NameOf<C>
        ? C[A] extends SqlType<unknown, infer K>
          ? K extends (F extends keyof ArgumentKinds ? ArgumentKinds[F] : Kind)
            ? P[N]
            : TypeErrorMessage<`${F} cannot take column "${A}" of kind ${K}`>
          : never
        : UnknownColumnMessage<A>
      : P[N]
    : P[N] extends Grouping
      ? P[N]
      : TypeErrorMessage<'an aggregate such as count() or avg("column") is needed'>
}

interface AggregateOptions {
  readonly distinct?: boolean
  readonly filter?: ExpressionBuilder | undefined
  /** What the program declares it to give, to be checked. */
  readonly returns?: SqlType | undefined
}

/** The object behind an {@link Aggregate}. */
export class AggregateBuilder {
  readonly #function: FunctionOf
  readonly #args: readonly unknown[]
  readonly #distinct: boolean
  readonly #filter: ExpressionBuilder | undefined
  readonly #returns: SqlType | undefined

  /**
   * @param of a built-in's name, or a user's function
   * @param args names of columns, and expressions
   */
  constructor(of: FunctionOf, args: readonly unknown[], options: AggregateOptions = {}) {
    this.#function = of
    this.#args = args
    this.#distinct = options.distinct ?? false
    this.#filter = options.filter
    this.#returns = options.returns
    Object.freeze(this)
  }

  distinct(): AggregateBuilder {
    return this.#with({ distinct: true })
  }

  where(condition: AnyExpr): AggregateBuilder {
    const added = builderOf(condition)
    return this.#with({ filter: this.#filter ? this.#filter.and(added) : added })
  }

  #with(options: AggregateOptions): AggregateBuilder {
    return new AggregateBuilder(this.#function, this.#args, {
      distinct: this.#distinct,
      filter: this.#filter,
      returns: this.#returns,
      ...options,
    })
  }

  build(name: string, scope: ColumnScope, context: BuildContext): AggregateCall {
    const read = (value: unknown) => argument(value, scope)
    const of = this.#function
    const wanted = typeof of === 'string' ? of : of(context.functions)
    const args =
      typeof wanted !== 'string'
        ? buildArguments(wanted, this.#args, context, read)
        : this.#args.map(a => read(a).build(context))
    const call = createAggregateCall(context, {
      name,
      function: wanted,
      args,
      distinct: this.#distinct,
      filter: this.#filter?.build(context),
    })
    if (this.#returns) checkReturns(call.function, call.type, this.#returns)
    return call
  }
}

/** The object behind a {@link Grouping}. */
export class GroupingBuilder {
  readonly names: readonly string[]

  constructor(names: readonly string[]) {
    this.names = names
    Object.freeze(this)
  }
}

type FunctionOf = string | ((functions: FunctionRegistry) => AggregateFunction)

function argument(value: unknown, scope: ColumnScope): ExpressionBuilder {
  return typeof value === 'string' ? scope.column(value) : builderOf(value)
}

function aggregate<F extends string, A>(name: F, ...args: readonly unknown[]): Aggregate<F, A> {
  return new AggregateBuilder(name, args) as unknown as Aggregate<F, A>
}

/** The number of rows; with an argument, of those where it is not NULL. */
export function count(): Aggregate<'COUNT', null>
export function count<const A extends AggregateArg>(of: A): Aggregate<'COUNT', A>
export function count(...of: readonly unknown[]): Aggregate<'COUNT', null> {
  return aggregate('COUNT', ...of)
}

/** The number of different values that are not NULL. */
export function countDistinct<const A extends AggregateArg>(of: A): Aggregate<'COUNT', A> {
  return aggregate<'COUNT', A>('COUNT', of).distinct()
}

/** The sum, in the argument's type (DECIMAL: with 38 digits). */
export const sum = <const A extends AggregateArg<NumericKind>>(of: A): Aggregate<'SUM', A> =>
  aggregate('SUM', of)
/** The mean, in the argument's type: of integers an integer, as in Flink. */
export const avg = <const A extends AggregateArg<NumericKind>>(of: A): Aggregate<'AVG', A> =>
  aggregate('AVG', of)
/** The smallest value. */
export const min = <const A extends AggregateArg>(of: A): Aggregate<'MIN', A> =>
  aggregate('MIN', of)
/** The greatest value. */
export const max = <const A extends AggregateArg>(of: A): Aggregate<'MAX', A> =>
  aggregate('MAX', of)
/** The first value in order of arrival. */
export const firstValue = <const A extends AggregateArg>(of: A): Aggregate<'FIRST_VALUE', A> =>
  aggregate('FIRST_VALUE', of)
/** The last value in order of arrival. */
export const lastValue = <const A extends AggregateArg>(of: A): Aggregate<'LAST_VALUE', A> =>
  aggregate('LAST_VALUE', of)
/** All texts, joined by `separator`. */
export const listAgg = <const A extends AggregateArg<'string'>>(
  of: A,
  separator = ',',
): Aggregate<'LISTAGG', A> => aggregate('LISTAGG', of, builderOf(separator))
/** All values as an array. */
export const arrayAgg = <const A extends AggregateArg>(of: A): Aggregate<'ARRAY_AGG', A> =>
  aggregate('ARRAY_AGG', of)

type TextAggregate = Aggregate<'USER', SqlType<string, 'string'>>

const ofText = (name: string, ...args: readonly unknown[]): TextAggregate =>
  new AggregateBuilder(name, args) as unknown as TextAggregate

/** All values as a JSON array; NULLs are left out, or with `nulls: 'NULL'` kept. */
export const jsonArrayAgg = <const A extends AggregateArg>(
  of: A,
  { nulls = 'ABSENT' }: JsonNulls = {},
): TextAggregate => ofText('JSON_ARRAYAGG', builderOf(nulls), of)

/** A JSON object of keys and values; values that are NULL are kept, or with `nulls: 'ABSENT'` left out. */
export const jsonObjectAgg = <const A extends AggregateArg<'string'>, const B extends AggregateArg>(
  key: A,
  value: B,
  { nulls = 'NULL' }: JsonNulls = {},
): TextAggregate => ofText('JSON_OBJECTAGG', builderOf(nulls), key, value)

export interface JsonNulls {
  readonly nulls?: 'NULL' | 'ABSENT'
}

/**
 * Any built-in or registered aggregate by its SQL name: `agg('STDDEV_POP', t.double().nullable(), 'fare')`.
 *
 * @param returns the type of its result, checked when the plan is built
 * @param args names of columns, and expressions; constants stand in `lit(…)`
 */
export function agg<R extends SqlType>(
  name: string,
  returns: R,
  ...args: readonly AggregateArg[]
): Aggregate<'USER', R> {
  return new AggregateBuilder(name, args, { returns }) as unknown as Aggregate<'USER', R>
}

/** Of grouping sets: a bit for each of the keys, the first the highest, set where the row is not grouped by the key. */
export const groupingId = (...keys: readonly string[]): Grouping =>
  new GroupingBuilder(keys) as unknown as Grouping
