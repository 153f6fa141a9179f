// tableFunction(): functions that give any number of rows for each row.

import type { TableFunction } from '../../functions/function-definition.ts'
import { tableUserFunction } from '../../functions/user/table-user-function.ts'
import { createCallOf } from '../../plan/create-expression.ts'
import { notNull, types } from '../../types/data-type.ts'
import { ExpressionBuilder } from '../columns/expression-builder.ts'
import type { Columns, RowOf } from '../columns/sql-type.ts'
import { schemaOf } from '../columns/sql-type.ts'
import type { DefaultsOf, GivenArguments, GivenValues, ParameterList } from './function-types.ts'
import {
  buildArguments,
  type CommonFunctionSpec,
  createUserFunction,
  factsOf,
  nameOfCode,
  type UserFunction,
} from './user-function.ts'

declare const rows: unique symbol

/** A call of a table function over columns, to be given to `joinLateral`. */
export interface TableCall<out C extends Columns = Columns> {
  readonly [rows]: C
}

export interface TableFunctionSpec<A extends ParameterList, C extends Columns, D extends object>
  extends CommonFunctionSpec<A> {
  /** The columns of the rows that it gives. */
  readonly returns: C
  /** Named arguments that may be left out, with their values. */
  readonly defaults?: DefaultsOf<A, D>
  /** A generator, or anything else that can be iterated. */
  readonly eval: (...args: GivenValues<A>) => Iterable<RowOf<C>>
}

/** A table function: called over columns for `joinLateral`; registered by `app.function` SQL calls it by name. */
export interface TableUserFunction<
  A extends ParameterList,
  C extends Columns,
  D extends PropertyKey = never,
> extends UserFunction {
  (...args: GivenArguments<A, D>): TableCall<C>
}

/** A function in TypeScript that gives rows for each row: `FROM t, LATERAL TABLE(f(t.x))`, `table.joinLateral(t => f(t.x))`. */
export function tableFunction<
  const A extends ParameterList,
  C extends Columns,
  const D extends object = Record<never, never>,
>(spec: TableFunctionSpec<A, C, D>): TableUserFunction<A, C, keyof D> {
  const element = notNull(types.row(schemaOf(spec.returns)))
  const define = (name: string): TableFunction =>
    tableUserFunction({ ...factsOf(name, spec), element, call: spec.eval as never })
  return createUserFunction(
    nameOfCode(spec, spec.eval),
    define,
    definitionIn =>
      (...args: readonly unknown[]) =>
        new ExpressionBuilder(context => {
          const definition = definitionIn(context.functions) as TableFunction
          return createCallOf(context, definition, buildArguments(definition, args, context))
        }),
  ) as unknown as TableUserFunction<A, C, keyof D>
}
