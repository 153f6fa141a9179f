// Set operations: the columns of both tables are matched by name.

import { combineRows, type SetOperator } from '../../plan/compose/set-operations.ts'
import type { PlanNode } from '../../plan/node.ts'
import { InvalidTypeError } from '../../plan/expression-errors.ts'
import { formatType } from '../../types/data-type.ts'
import type { Column } from '../../types/schema.ts'
import type { AppContext } from '../app-context.ts'
import type { Columns, SqlType } from '../columns/sql-type.ts'
import { reorderColumns } from './project-columns.ts'

/** The same names, each of the same kind: NULLs may differ. */
export type SameKinds<C extends Columns> = {
  readonly [N in keyof C]: C[N] extends SqlType<unknown, infer K> ? SqlType<unknown, K> : never
}

/** The columns of rows from either table: nullable where one of them is. */
export type Either<C extends Columns, D extends Columns> = {
  readonly [N in keyof C]: C[N] extends SqlType<infer T, infer K>
    ? SqlType<T | (D[N & keyof D] extends SqlType<infer U> ? Extract<U, null> : never), K>
    : never
}

/** @throws {InvalidTypeError} `MR_SQL_TYPE` when columns of one name have no common type */
export function combineTables(
  app: AppContext,
  operator: SetOperator,
  left: PlanNode,
  right: PlanNode,
): PlanNode {
  const sides = [left, reorderColumns(right, left.schema)] as const
  return combineRows(app.environment, operator, sides, i => {
    const [a, b] = sides.map(side => formatType((side.schema[i] as Column).type))
    throw new InvalidTypeError({
      problem: `column "${left.schema[i]?.name}" is ${a} in the one table, ${b} in the other`,
    })
  })
}
