// The types of functions written in TypeScript: what they are given, and how they are called over columns.

import type { NullOf, Operand } from '../columns/expr.ts'
import type { Columns, RowOf, SqlType, ValueOf } from '../columns/sql-type.ts'

/** Parameters: by position, or named. */
export type ParameterList = readonly SqlType[] | Columns

/** Values `D` for parameters that may be left out; only of named ones. */
export type DefaultsOf<A extends ParameterList, D> = A extends readonly SqlType[]
  ? never
  : D & { readonly [N in keyof A]?: ValueOf<A[N]> } & {
      readonly [N in Exclude<keyof D, keyof A>]: never
    }

/** What the function is called with: its values by position, or one object of them. */
export type GivenValues<A extends ParameterList> = A extends readonly SqlType[]
  ? { readonly [I in keyof A]: ValueOf<A[I]> }
  : A extends Columns
    ? readonly [args: RowOf<A>]
    : never

type ArgumentOf<C> =
  C extends SqlType<infer T, infer K> ? Operand<K> | (null extends T ? null : never) : never

/** What a call over columns takes. `D` are the names that may be left out. */
export type GivenArguments<
  A extends ParameterList,
  D extends PropertyKey,
> = A extends readonly SqlType[]
  ? { readonly [I in keyof A]: ArgumentOf<A[I]> }
  : readonly [
      args: { readonly [N in Exclude<keyof A, D>]: ArgumentOf<A[N]> } & {
        readonly [N in Extract<keyof A, D>]?: ArgumentOf<A[N]>
      },
    ]

/** What a call of an aggregate takes: names of columns too. */
export type GivenColumns<
  A extends ParameterList,
  D extends PropertyKey,
> = A extends readonly SqlType[]
  ? { readonly [I in keyof A]: string | ArgumentOf<A[I]> }
  : readonly [
      args: { readonly [N in Exclude<keyof A, D>]: string | ArgumentOf<A[N]> } & {
        readonly [N in Extract<keyof A, D>]?: string | ArgumentOf<A[N]>
      },
    ]

type MissOf<P, G> = null extends ValueOf<P> ? never : NullOf<G>

/** `null` when a nullable argument stands for a parameter that is NOT NULL: the result is NULL then. */
export type MissingOf<
  A extends ParameterList,
  G extends readonly unknown[],
> = A extends readonly SqlType[]
  ? { [I in keyof A]: I extends keyof G ? MissOf<A[I], G[I]> : never }[number]
  : { [N in keyof A]: N extends keyof G[0] ? MissOf<A[N], G[0][N]> : never }[keyof A]
