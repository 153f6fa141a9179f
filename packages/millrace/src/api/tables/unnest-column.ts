// unnest(): the elements of an array or map column as rows.

import { columnAt, createUnnest } from '../../plan/create-node.ts'
import type { PlanNode } from '../../plan/node.ts'
import type { FieldExpr, TypeOfExpr } from '../columns/expr.ts'
import type { SqlType } from '../columns/sql-type.ts'

export interface UnnestOptions<A extends string = string> {
  /** Names of the appended columns: of an array of plain values one, of a map the key's and the value's; of rows their fields' names. */
  readonly as?: readonly A[]
  /** `left` keeps rows whose collection is empty or NULL, with NULLs. Default: `inner`. */
  readonly join?: 'inner' | 'left'
}

type FieldType<T> = TypeOfExpr<FieldExpr<T>>

/** The columns that unnest() appends for a column type. */
export type UnnestColumns<C, A extends string> =
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
  const { as, join = 'inner' } = options
  return createUnnest(plan, columnAt(plan, index), { join, ...(as ? { names: as } : {}) })
}
