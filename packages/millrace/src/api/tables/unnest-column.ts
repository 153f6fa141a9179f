// unnest(): the elements of an array or map column as rows.

import { columnAt, createUnnest } from '../../plan/create-node.ts'
import type { PlanNode } from '../../plan/node.ts'
import type { FieldExpr, TypeOfExpr } from '../columns/expr.ts'
import type { NullableColumns, SqlType } from '../columns/sql-type.ts'

export interface UnnestOptions<
  A extends string = string,
  O extends string = string,
  J extends 'inner' | 'left' = 'inner' | 'left',
> {
  /** Names of the appended columns: of an array of plain values one, of a map the key's and the value's; of rows their fields' names. */
  readonly as?: readonly A[]
  /** `left` keeps rows whose collection is empty or NULL, with NULLs. Default: `inner`. */
  readonly join?: J
  /** Appends the element's position, from 1, as a column of this name: SQL's WITH ORDINALITY. */
  readonly ordinality?: O
}

type FieldType<T> = TypeOfExpr<FieldExpr<T>>

/** The columns that unnest() appends for a column type: nullable where rows without an element are kept. */
export type UnnestColumns<C, A extends string, O extends string, J> = J extends 'left'
  ? NullableColumns<Appended<C, A, O>>
  : Appended<C, A, O>

type Appended<C, A extends string, O extends string> = CollectionColumns<C, A> & {
  readonly [N in O]: SqlType<number, 'int'>
}

type CollectionColumns<C, A extends string> =
  C extends SqlType<infer T>
    ? Exclude<T, null> extends readonly (infer E)[]
      ? ElementColumns<E, A>
      : { readonly [N in A]: SqlType }
    : never

type ElementColumns<E, A extends string> =
  FieldType<E> extends SqlType<unknown, 'row'>
    ? { readonly [N in keyof E]: FieldType<E[N]> }
    : { readonly [N in A]: FieldType<E> }

/** Appends the elements of the collection in the column at `index`. */
export function unnestColumn(plan: PlanNode, index: number, options: UnnestOptions): PlanNode {
  const { as = [], join = 'inner', ordinality } = options
  const collection = columnAt(plan, index)
  if (ordinality === undefined) return createUnnest(plan, collection, { join, names: as })
  const width = createUnnest(plan, collection).schema.length - plan.schema.length
  const names = Array.from({ length: width }, (_, i) => as[i])
  return createUnnest(plan, collection, {
    join,
    withOrdinality: true,
    names: [...names, ordinality],
  })
}
