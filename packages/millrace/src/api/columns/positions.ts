// Functions of where a row stands in its partition: what over() selects beside aggregates.

import type { AnyExpr, NullOf, TypeOfExpr } from './expr.ts'
import type { Columns, NameOf, SqlType } from './sql-type.ts'
import type { UnknownColumnMessage } from './type-error-message.ts'

declare const positioned: unique symbol

/** A function `F` of a row's position; LAG and LEAD are over `A`, with `D` where there is no such row. */
export interface Position<F extends string = string, A = unknown, D = unknown> {
  readonly [positioned]: readonly [F, A, D]
}

type ArgType<C extends Columns, A> = A extends keyof C ? C[A] : TypeOfExpr<A>

/** The column type of a function of positions. */
export type PositionType<C extends Columns, G> =
  G extends Position<infer F, infer A, infer D>
    ? F extends 'SHARE'
      ? SqlType<number, 'double'>
      : F extends 'NEIGHBOUR'
        ? ArgType<C, A> extends SqlType<infer T, infer K>
          ? SqlType<Exclude<T, null> | ([D] extends [undefined] ? null : NullOf<D>), K>
          : never
        : SqlType<bigint, 'bigint'>
    : never

/** The function itself, or a message when it is over a column that is not there. */
export type CheckedPosition<C extends Columns, G> =
  G extends Position<string, infer A>
    ? A extends string
      ? A extends NameOf<C>
        ? G
        : UnknownColumnMessage<A>
      : G
    : never

/** The object behind a {@link Position}: a function's SQL name and what it is over. */
export class PositionBuilder {
  readonly name: string
  /** A column's name or an expression, then constants. */
  readonly args: readonly unknown[]

  constructor(name: string, args: readonly unknown[] = []) {
    this.name = name
    this.args = args
    Object.freeze(this)
  }
}

function position<P>(name: string, ...args: readonly unknown[]): P {
  return new PositionBuilder(name, args) as unknown as P
}

/** The row's number in its partition, from 1. */
export const rowNumber = (): Position<'RANK'> => position('ROW_NUMBER')
/** The rank, from 1: rows that are level share it, and leave a gap behind. */
export const rank = (): Position<'RANK'> => position('RANK')
/** The rank, from 1, without gaps. */
export const denseRank = (): Position<'RANK'> => position('DENSE_RANK')
/** The number of the row's part, from 1, when the partition is cut into `parts` of equal size. */
export const ntile = (parts: number): Position<'RANK'> => position('NTILE', parts)
/** The share of rows that come before the row or are level with it. */
export const cumeDist = (): Position<'SHARE'> => position('CUME_DIST')
/** `(rank - 1) / (rows - 1)`. */
export const percentRank = (): Position<'SHARE'> => position('PERCENT_RANK')

type Constant = string | number | bigint | boolean

/** The value of the row `offset` rows before; without such a row `otherwise`, or NULL. */
export function lag<
  const A extends string | AnyExpr,
  const D extends Constant | AnyExpr | undefined = undefined,
>(of: A, offset = 1, otherwise?: D): Position<'NEIGHBOUR', A, D> {
  return neighbour('LAG', of, offset, otherwise)
}

/** The value of the row `offset` rows behind; without such a row `otherwise`, or NULL. Of bounded input, in batch mode. */
export function lead<
  const A extends string | AnyExpr,
  const D extends Constant | AnyExpr | undefined = undefined,
>(of: A, offset = 1, otherwise?: D): Position<'NEIGHBOUR', A, D> {
  return neighbour('LEAD', of, offset, otherwise)
}

const neighbour = <P>(name: string, of: unknown, offset: number, otherwise: unknown): P =>
  otherwise === undefined ? position(name, of, offset) : position(name, of, offset, otherwise)
