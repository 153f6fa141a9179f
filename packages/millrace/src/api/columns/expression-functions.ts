// Functions over column expressions, for what is not a method: constants, CASE, COALESCE and the common built-in functions.

import type { Big } from 'big.js'
import { createCase } from '../../plan/create-expression.ts'
import { checkReturns } from './check-returns.ts'
import type { AnyExpr, Expr, ExprOf, NullOf, NumericExpr, Operand, StringExpr } from './expr.ts'
import { buildOperands, builderOf, callOf, ExpressionBuilder } from './expression-builder.ts'
import type { Kind, KindValues, NumericKind, SqlType } from './sql-type.ts'

/** A constant that a program may write. */
export type Constant = boolean | number | bigint | string | Big | Date | Uint8Array

type KindOfConstant<V> = V extends boolean
  ? 'boolean'
  : V extends number
    ? `${V}` extends `${string}.${string}`
      ? 'double'
      : 'int'
    : V extends bigint
      ? 'bigint'
      : V extends string
        ? 'string'
        : V extends Date
          ? 'timestamp'
          : V extends Uint8Array
            ? 'bytes'
            : 'decimal'

/** The expression that a value or expression stands for. */
type AsExpr<V> =
  V extends AnyExpr<infer T, infer K>
    ? Expr<T, K>
    : V extends Constant
      ? Expr<KindValues[KindOfConstant<V>], KindOfConstant<V>>
      : never

type KindOf<V> = V extends AnyExpr<unknown, infer K> ? K : KindOfConstant<V>

const typed = <E>(builder: ExpressionBuilder): E => builder as unknown as E

/** A constant as an expression. Whole numbers are INT or BIGINT, fractions DOUBLE, text CHAR, a `Date` a TIMESTAMP(3). */
export function lit<const V extends Constant>(value: V): AsExpr<V> {
  return typed(builderOf(value))
}

/** NULL of a type. */
export function nullOf<C extends SqlType>(type: C): ExprOf<SqlType<null, C['kind']>> {
  return typed(builderOf(null).cast(type))
}

/**
 * Any built-in or registered function by its SQL name: `fn('REVERSE', t.string().nullable(), d.flight)`.
 *
 * @param returns the type of its result, checked when the plan is built
 * @throws {InvalidTypeError} `MR_SQL_TYPE` when the function gives another type, or NULLs that are not declared
 */
export function fn<C extends SqlType>(
  name: string,
  returns: C,
  ...args: readonly (AnyExpr | Constant)[]
): ExprOf<C> {
  const call = callOf(name, 'value', ...args)
  return typed(
    new ExpressionBuilder(context => {
      const built = call.build(context)
      checkReturns(name, built.type, returns)
      return built
    }),
  )
}

type Branch = readonly [when: AnyExpr<boolean | null, 'boolean'>, value: AnyExpr | Constant]

/** CASE: the value of the first branch whose condition is TRUE, else `otherwise`, else NULL. */
export function caseWhen<const B extends readonly Branch[], const O extends AnyExpr | Constant>(
  branches: B,
  otherwise: O,
): Expr<CaseValue<B[number][1] | O>, KindOf<B[number][1]>>
export function caseWhen<const B extends readonly Branch[]>(
  branches: B,
): Expr<CaseValue<B[number][1]> | null, KindOf<B[number][1]>>
export function caseWhen(branches: readonly Branch[], otherwise?: unknown): never {
  const builder = new ExpressionBuilder(context => {
    const results = buildOperands(context, 'value', [...branches.map(b => b[1]), otherwise])
    const cases = branches.map(([when], i) => ({
      when: builderOf(when).build(context),
      // biome-ignore lint/suspicious/noThenProperty: CASE's THEN; never awaited
      then: results[i] as (typeof results)[number],
    }))
    return createCase(context, cases, results.at(-1))
  })
  return builder as never
}

type CaseValue<V> =
  V extends AnyExpr<infer T> ? T : V extends Constant ? KindValues[KindOfConstant<V>] : never

/** The first value that is not NULL. */
export function coalesce<A extends AnyExpr, const R extends readonly (AnyExpr | Constant)[]>(
  first: A,
  ...rest: R
): Expr<
  | Exclude<CaseValue<A | R[number]>, null>
  | (R extends readonly [...unknown[], infer L] ? NullOf<L> : null),
  KindOf<A>
> {
  return typed(callOf('COALESCE', 'value', first, ...rest))
}

/** NULL when the two are equal, else the first. */
export function nullIf<T, K extends Kind>(a: AnyExpr<T, K>, b: Operand<K>): Expr<T | null, K> {
  return typed(callOf('NULLIF', 'comparison', a, b))
}

type Text = Operand<'string'>
type Number_ = AnyExpr<unknown, NumericKind>
type Nulls<A extends readonly unknown[]> = NullOf<A[number]>

const text =
  (name: string) =>
  <A extends readonly [Text, ...unknown[]]>(...args: A): StringExpr<string | Nulls<A>> =>
    typed(callOf(name, 'value', ...args))

/** Upper case. */
export const upper: <A extends Text>(x: A) => StringExpr<string | NullOf<A>> = text('UPPER')
/** Lower case. */
export const lower: <A extends Text>(x: A) => StringExpr<string | NullOf<A>> = text('LOWER')
/** Without spaces at both ends. */
export function trim<A extends Text>(x: A): StringExpr<string | NullOf<A>> {
  return typed(callOf('TRIM', 'value', 'BOTH', ' ', x))
}
/** The part from a position (from 1), of a length; NULL where a length is negative. */
export function substring(
  x: Text,
  from: Operand<'int'>,
  length?: Operand<'int'>,
): StringExpr<string | null> {
  return typed(callOf('SUBSTRING', 'value', x, from, ...(length === undefined ? [] : [length])))
}
/** All texts, one after the other; NULL when one is. */
export const concat: <A extends readonly [Text, ...Text[]]>(
  ...texts: A
) => StringExpr<string | Nulls<A>> = text('CONCAT')
/** The number of code points. */
export function charLength<A extends Text>(x: A): NumericExpr<number | NullOf<A>, 'int'> {
  return typed(callOf('CHAR_LENGTH', 'value', x))
}

/** Without its sign. */
export function abs<T, K extends NumericKind>(x: AnyExpr<T, K>): Expr<T, K> {
  return typed(callOf('ABS', 'arithmetic', x))
}
/** The greatest whole number that is not above. */
export function floor<T, K extends NumericKind>(x: AnyExpr<T, K>): Expr<T, K> {
  return typed(callOf('FLOOR', 'arithmetic', x))
}
/** The least whole number that is not below. */
export function ceil<T, K extends NumericKind>(x: AnyExpr<T, K>): Expr<T, K> {
  return typed(callOf('CEIL', 'arithmetic', x))
}
/** Rounded to `digits` decimals, half away from 0. */
export function round<T, K extends NumericKind>(x: AnyExpr<T, K>, digits = 0): Expr<T, K> {
  return typed(callOf('ROUND', 'value', x, digits))
}
/** `x` to the power of `y`. */
export function power<A extends Number_>(
  x: A,
  y: Operand<'double'>,
): NumericExpr<number | NullOf<A>, 'double'> {
  return typed(callOf('POWER', 'value', x, y))
}

export type DateUnit =
  | 'YEAR'
  | 'QUARTER'
  | 'MONTH'
  | 'WEEK'
  | 'DAY'
  | 'DOY'
  | 'DOW'
  | 'HOUR'
  | 'MINUTE'
  | 'SECOND'

type Point = AnyExpr<unknown, 'timestamp' | 'date' | 'time'>

/** A part of a point in time, such as its hour. */
export function extract<A extends Point>(
  unit: DateUnit,
  from: A,
): NumericExpr<bigint | NullOf<A>, 'bigint'> {
  return typed(callOf('EXTRACT', 'value', unit, from))
}
/** `from` to `to` in whole units. */
export function timestampDiff<A extends Point, B extends Point>(
  unit: DateUnit,
  from: A,
  to: B,
): NumericExpr<number | NullOf<A> | NullOf<B>, 'int'> {
  return typed(callOf('TIMESTAMPDIFF', 'value', unit, from, to))
}
/** A timestamp in a pattern such as `yyyy-MM-dd HH:mm`. */
export function dateFormat<A extends Point>(x: A, pattern: string): StringExpr<string | NullOf<A>> {
  return typed(callOf('DATE_FORMAT', 'value', x, pattern))
}
