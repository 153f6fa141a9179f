// The columns of a table as expressions: what lambdas such as `d => d.delayMin.gt(0)` are given.

import { createColumn } from '../../plan/create-expression.ts'
import type { Expression } from '../../plan/expression.ts'
import { UnknownColumnError } from '../../plan/expression-errors.ts'
import { MillraceError } from '../../types/errors.ts'
import type { Column, Schema } from '../../types/schema.ts'
import { type BuildContext, ExpressionBuilder } from './expression-builder.ts'

/** A column was used with a table that it does not belong to. */
export class ForeignColumnError extends MillraceError {
  constructor(facts: { readonly column: string }) {
    super('MR_PLAN_INVALID', `Column "${facts.column}" belongs to another table.`, {
      remedy: 'Use the columns that the callback is given, or join the tables.',
    })
  }
}

/** A column by its position in the schema as an expression. */
export type ReadColumn = (context: BuildContext, index: number) => Expression

/** Whose columns are meant; compared by identity. */
export class ColumnScope {
  readonly schema: Schema
  readonly #columns = new Map<string, ExpressionBuilder>()
  readonly #read: ReadColumn | undefined

  /** @param read how a column is read that is not simply one of the input's */
  constructor(schema: Schema, read?: ReadColumn) {
    this.schema = schema
    this.#read = read
    for (const [index, column] of schema.entries())
      if (!this.#columns.has(column.name)) this.#columns.set(column.name, this.#at(index, column))
  }

  #at(index: number, { name, type }: Column): ExpressionBuilder {
    const read = this.#read
    if (read) return new ExpressionBuilder(context => read(context, index))
    return new ExpressionBuilder(context => {
      const offset = context.offsets.get(this)
      if (offset === undefined) throw new ForeignColumnError({ column: name })
      return createColumn(offset + index, name, type)
    })
  }

  /** @throws {UnknownColumnError} `MR_SQL_UNKNOWN_COLUMN` with the nearest name */
  column(name: string): ExpressionBuilder {
    const found = this.#columns.get(name)
    if (found) return found
    throw new UnknownColumnError({ column: name, available: [...this.#columns.keys()] })
  }

  /** The position of a column. */
  indexOf(name: string): number {
    this.column(name)
    return this.schema.findIndex(c => c.name === name)
  }

  /** An object with an expression per column, to be read and spread; unknown names throw. */
  columns(): Readonly<Record<string, ExpressionBuilder>> {
    const target: Record<string, ExpressionBuilder> = Object.create(null)
    for (const [name, builder] of this.#columns)
      Object.defineProperty(target, name, { value: builder, enumerable: true, configurable: true })
    return new Proxy(target, {
      get: (object, name) =>
        typeof name === 'symbol' || name in object
          ? Reflect.get(object, name)
          : NOT_COLUMNS.has(name)
            ? undefined
            : this.column(name),
      set: () => false,
    })
  }
}

/** Names that the language itself asks objects for. */
const NOT_COLUMNS = new Set(['then', 'toJSON', 'constructor', 'valueOf', 'toString'])
