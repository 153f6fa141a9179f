// The types of column expressions: what each kind of column offers.

import type { Big } from 'big.js'
import type { Kind, KindValues, NumericKind, SqlType } from './sql-type.ts'

declare const sqlType: unique symbol

/** Any expression; `T` is the TypeScript type of its values, `K` its kind. */
export interface AnyExpr<out T = unknown, out K extends Kind = Kind> {
  readonly [sqlType]: SqlType<T, K>
}

/** The column type of an expression. */
export type TypeOfExpr<E> = E extends AnyExpr<infer T, infer K> ? SqlType<T, K> : never

/** The expression of a column type. */
export type ExprOf<C> = C extends SqlType<infer T, infer K> ? Expr<T, K> : never

/** What may stand beside an expression of kind `K`: another expression of such a kind, or a constant. */
export type Operand<K extends Kind> = K extends NumericKind
  ? number | bigint | Big | AnyExpr<unknown, NumericKind>
  : K extends 'string'
    ? string | AnyExpr<unknown, 'string'>
    : K extends 'boolean'
      ? boolean | AnyExpr<unknown, 'boolean'>
      : K extends 'timestamp'
        ? number | Date | AnyExpr<unknown, 'timestamp'>
        : K extends 'date' | 'time'
          ? string | AnyExpr<unknown, K>
          : K extends 'bytes'
            ? Uint8Array | AnyExpr<unknown, 'bytes'>
            : K extends 'interval'
              ? AnyExpr<unknown, 'interval'>
              : AnyExpr<unknown, K>

/** `null` when an operand may be NULL. */
export type NullOf<T> = T extends AnyExpr<infer V> ? Extract<V, null> : never

type KindOfOperand<O> =
  O extends AnyExpr<unknown, infer K>
    ? K
    : O extends number
      ? 'int'
      : O extends bigint
        ? 'bigint'
        : 'decimal'

/** The kind of a sum, difference, product, quotient. */
export type ArithmeticKind<A extends Kind, B> = 'double' extends A | B
  ? 'double'
  : 'decimal' extends A | B
    ? 'decimal'
    : 'bigint' extends A | B
      ? 'bigint'
      : 'int'

/** An expression of the operands' common numeric kind, nullable when one of them is. */
type Arithmetic<T, K extends Kind, O> = Expr<
  KindValues[ArithmeticKind<K, KindOfOperand<O>>] | Extract<T, null> | NullOf<O>,
  ArithmeticKind<K, KindOfOperand<O>>
>

type Truth<T, O = never> = BooleanExpr<boolean | Extract<T, null> | NullOf<O>>

/** What every expression can do. */
export interface BaseExpr<T, K extends Kind> extends AnyExpr<T, K> {
  eq<O extends Operand<K>>(other: O): Truth<T, O>
  ne<O extends Operand<K>>(other: O): Truth<T, O>
  /** Equal, with NULL equal to NULL: never UNKNOWN. */
  isNotDistinctFrom(other: Operand<K>): BooleanExpr<boolean>
  isDistinctFrom(other: Operand<K>): BooleanExpr<boolean>
  isNull(): BooleanExpr<boolean>
  isNotNull(): BooleanExpr<boolean>
  in(list: readonly Operand<K>[]): Truth<T>
  notIn(list: readonly Operand<K>[]): Truth<T>
  /** This value, or `other` where it is NULL. */
  orElse<O extends Operand<K>>(other: O): Expr<Exclude<T, null> | NullOf<O>, K>
  /** CAST: an error of the record when the value has no counterpart. */
  cast<C extends SqlType>(to: C): ExprOf<WithNull<C, Extract<T, null>>>
  /** TRY_CAST: NULL when the value has no counterpart. */
  tryCast<C extends SqlType>(to: C): ExprOf<WithNull<C, null>>
}

type WithNull<C, N> = C extends SqlType<infer T, infer K> ? SqlType<Exclude<T, null> | N, K> : never

/** Expressions whose values have an order. */
export interface OrderedExpr<T, K extends Kind> extends BaseExpr<T, K> {
  gt<O extends Operand<K>>(other: O): Truth<T, O>
  ge<O extends Operand<K>>(other: O): Truth<T, O>
  lt<O extends Operand<K>>(other: O): Truth<T, O>
  le<O extends Operand<K>>(other: O): Truth<T, O>
  /** Within the bounds, both included. */
  between<A extends Operand<K>, B extends Operand<K>>(low: A, high: B): Truth<T, A | B>
  asc(): Ordering
  desc(): Ordering
}

export interface NumericExpr<T, K extends Kind> extends OrderedExpr<T, K> {
  add<O extends Operand<K>>(other: O): Arithmetic<T, K, O>
  sub<O extends Operand<K>>(other: O): Arithmetic<T, K, O>
  mul<O extends Operand<K>>(other: O): Arithmetic<T, K, O>
  /** Of two integers the integer part. */
  div<O extends Operand<K>>(other: O): Arithmetic<T, K, O>
  neg(): Expr<T, K>
}

type ExactKind = 'int' | 'bigint' | 'decimal'
type ExactOperand = number | bigint | Big | AnyExpr<unknown, ExactKind>

/** Of two integers the divisor's kind. */
type RemainderKind<K extends Kind, O> = 'decimal' extends K ? 'decimal' : KindOfOperand<O>

export interface ExactExpr<T, K extends ExactKind> extends NumericExpr<T, K> {
  /** The remainder of a division; it has the sign of the dividend, and of two integers the divisor's type. */
  mod<O extends ExactOperand>(
    other: O,
  ): Expr<
    KindValues[RemainderKind<K, O> & ExactKind] | Extract<T, null> | NullOf<O>,
    RemainderKind<K, O>
  >
}

export interface StringExpr<T> extends OrderedExpr<T, 'string'> {
  /** SQL's LIKE: `%` any text, `_` any character. */
  like(pattern: Operand<'string'>, escape?: string): Truth<T>
  notLike(pattern: Operand<'string'>, escape?: string): Truth<T>
  concat<O extends Operand<'string'>>(other: O): StringExpr<string | Extract<T, null> | NullOf<O>>
}

export interface BooleanExpr<T = boolean | null> extends BaseExpr<T, 'boolean'> {
  and<O extends Operand<'boolean'>>(
    ...others: O[]
  ): BooleanExpr<boolean | Extract<T, null> | NullOf<O>>
  or<O extends Operand<'boolean'>>(
    ...others: O[]
  ): BooleanExpr<boolean | Extract<T, null> | NullOf<O>>
  not(): BooleanExpr<T>
}

export interface TimestampExpr<T> extends OrderedExpr<T, 'timestamp'> {
  /** Later by a duration: ms, or text such as `'15m'`. */
  plus(duration: number | string): TimestampExpr<T>
  /** Earlier by a duration: ms, or text such as `'15m'`. */
  minus(duration: number | string): TimestampExpr<T>
}

export interface RowExpr<T> extends BaseExpr<T, 'row'> {
  /** A field by name; NULL when the row is NULL. */
  field<N extends keyof Exclude<T, null> & string>(
    name: N,
  ): FieldExpr<Exclude<T, null>[N] | Extract<T, null>>
}

export interface ArrayExpr<T> extends BaseExpr<T, 'array'> {
  /** The element at a position from 1; NULL beyond the end. */
  at(position: Operand<'int'>): FieldExpr<ElementOf<T> | null>
}

export interface MapExpr<T> extends BaseExpr<T, 'map'> {
  /** The value of a key; NULL without it. */
  get(
    key: Exclude<T, null> extends ReadonlyMap<infer A, unknown> ? A : never,
  ): FieldExpr<(Exclude<T, null> extends ReadonlyMap<unknown, infer V> ? V : never) | null>
}

type ElementOf<T> = Exclude<T, null> extends readonly (infer E)[] ? E : never

/** An expression known by its TypeScript type only: of a number, which kind of number is not known. */
export type FieldExpr<T> = Expr<T, KindOfValue<Exclude<T, null>>>

/** The kind of columns whose values are of a TypeScript type. */
export type KindOfValue<V> = [V] extends [boolean]
  ? 'boolean'
  : [V] extends [number]
    ? 'double'
    : [V] extends [bigint]
      ? 'bigint'
      : [V] extends [string]
        ? 'string'
        : [V] extends [Big]
          ? 'decimal'
          : [V] extends [Uint8Array]
            ? 'bytes'
            : [V] extends [readonly unknown[]]
              ? 'array'
              : [V] extends [ReadonlyMap<unknown, unknown>]
                ? 'map'
                : 'row'

interface ExprKinds<T> {
  boolean: BooleanExpr<T>
  int: ExactExpr<T, 'int'>
  bigint: ExactExpr<T, 'bigint'>
  double: NumericExpr<T, 'double'>
  decimal: ExactExpr<T, 'decimal'>
  string: StringExpr<T>
  bytes: BaseExpr<T, 'bytes'>
  date: OrderedExpr<T, 'date'>
  time: OrderedExpr<T, 'time'>
  timestamp: TimestampExpr<T>
  interval: OrderedExpr<T, 'interval'>
  array: ArrayExpr<T>
  map: MapExpr<T>
  row: RowExpr<T>
  raw: BaseExpr<T, 'raw'>
}

/** A column expression with the operations of its kind. */
export type Expr<T, K extends Kind> = ExprKinds<T>[K]

/** The columns of a table as expressions. */
export type ExprsOf<C extends Readonly<Record<string, SqlType>>> = {
  readonly [N in keyof C]: ExprOf<C[N]>
}

/** What to order by: a column or expression with its direction. */
export interface Ordering {
  nullsFirst(): Ordering
  nullsLast(): Ordering
}

/** Named expressions, as select() takes them. */
export type Projection = Readonly<Record<string, AnyExpr>>

/** The columns that a projection makes. */
export type ColumnsOf<P> = { readonly [N in keyof P]: TypeOfExpr<P[N]> }
