// Column types of the API: a data type that knows which TypeScript type its values have.

import type { Big } from 'big.js'
import type { DataType } from '../../types/data-type.ts'
import { withNullable } from '../../types/data-type.ts'
import type { Schema } from '../../types/schema.ts'

/** The families that expressions tell apart. */
export type Kind =
  | 'boolean'
  | 'int'
  | 'bigint'
  | 'double'
  | 'decimal'
  | 'string'
  | 'bytes'
  | 'date'
  | 'time'
  | 'timestamp'
  | 'interval'
  | 'array'
  | 'map'
  | 'row'
  | 'raw'

declare const value: unique symbol

/** A column's type: values are of TypeScript type `T` (with `null` when nullable); `K` says which operations it has. */
export interface SqlType<out T = unknown, out K extends Kind = Kind> {
  readonly [value]?: T
  readonly kind: K
  readonly dataType: DataType
  /** The same type, NULL allowed. */
  nullable(): SqlType<T | null, K>
}

/** Columns by name, in order. */
export type Columns = Readonly<Record<string, SqlType>>

/** The TypeScript type of a column type's values. */
export type ValueOf<C> = C extends SqlType<infer T> ? T : never

/** The row object of columns. */
export type RowOf<C extends Columns> = { readonly [N in keyof C]: ValueOf<C[N]> }

/** The columns as they are on the side of an outer join that may be missing. */
export type NullableColumns<C extends Columns> = {
  readonly [N in keyof C]: C[N] extends SqlType<infer T, infer K> ? SqlType<T | null, K> : never
}

/** One level of a type, spelled out in messages and tooltips. */
export type Flat<T> = { readonly [N in keyof T]: T[N] }

/** The names of columns as strings. */
export type NameOf<C extends Columns> = Extract<keyof C, string>

/** The names of the columns of a kind. */
export type NameOfKind<C extends Columns, K extends Kind> = {
  [N in NameOf<C>]: C[N] extends SqlType<unknown, infer A> ? (A extends K ? N : never) : never
}[NameOf<C>]

/** The TypeScript type of the values of a scalar kind. */
export interface KindValues {
  boolean: boolean
  int: number
  bigint: bigint
  double: number
  decimal: Big
  string: string
  bytes: Uint8Array
  date: string
  time: string
  timestamp: number
  interval: number
}

export type NumericKind = 'int' | 'bigint' | 'double' | 'decimal'

/** Makes a column type of a data type. */
export function createSqlType<T, K extends Kind>(kind: K, dataType: DataType): SqlType<T, K> {
  return Object.freeze({
    kind,
    dataType,
    nullable: () => createSqlType<T | null, K>(kind, withNullable(dataType, true)),
  })
}

/** The engine's schema of columns, in the order of the object's properties. */
export function schemaOf(columns: Columns): Schema {
  return Object.entries(columns).map(([name, { dataType }]) => ({ name, type: dataType }))
}
