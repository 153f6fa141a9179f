// app.sql with a row type: the columns as the compiler is to know them, held against the plan's schema.

import {
  type DataType,
  formatType,
  isCharacter,
  sameType,
  types,
  withoutAttribute,
} from '../../types/data-type.ts'
import { MillraceError } from '../../types/errors.ts'
import type { Schema } from '../../types/schema.ts'
import { typescriptType } from '../../types/typescript-type.ts'
import { listNames, proposal } from '../../types/unknown-name.ts'
import type { KindOfValue } from '../columns/expr.ts'
import type { Columns, SqlType } from '../columns/sql-type.ts'
import { schemaOf } from '../columns/sql-type.ts'
import type { DeclaredRow } from './declared-row.ts'
import {
  holds,
  printRowType,
  type ResolveName,
  type RowType,
  type RowTypeField,
} from './row-type.ts'

/** The columns of rows of type `R`: of a number it is not known which kind of number, of a text not whether it is a date. */
export type ColumnsOfRow<R> = {
  readonly [N in keyof R]: SqlType<R[N], KindOfValue<Exclude<R[N], null>>>
}

/** A query has other columns than the program declares. */
export class RowTypeError extends MillraceError {
  constructor(facts: { readonly problems: readonly string[] }) {
    super(
      'MR_SQL_ROW_TYPE',
      `The query's rows are not of the declared type: ${facts.problems.join('; ')}.`,
      { remedy: 'Correct the declared type, or CAST, rename or COALESCE the column in the query.' },
    )
  }
}

/** @throws {RowTypeError} `MR_SQL_ROW_TYPE` with every column that differs */
export function checkRowType(schema: Schema, { type, resolve }: DeclaredRow): void {
  const fields = fieldsOf(type, resolve)
  if (!fields) return
  const problems = fields.flatMap(({ name, optional, type: declared }) => {
    const column = schema.find(c => c.name === name)
    if (!column) return optional ? [] : [missing(name, schema)]
    if (holds(declared, column.type, resolve)) return []
    const sqlType = formatType(withoutAttribute(column.type))
    const found = `${typescriptType(column.type)} (${sqlType})`
    return [`column "${name}" is declared as ${printRowType(declared)}, but is ${found}`]
  })
  if (problems.length > 0) throw new RowTypeError({ problems })
}

/** The fields of an object type, by whatever name. */
function fieldsOf(
  type: RowType,
  resolve: ResolveName,
  depth = 8,
): readonly RowTypeField[] | undefined {
  if (type.kind === 'object') return type.fields
  const named = type.kind === 'named' && depth > 0 ? resolve(type.name) : undefined
  return named ? fieldsOf(named, resolve, depth - 1) : undefined
}

/**
 * Holds a declared schema against a query's: the same columns, of the same types up to NULL, by name.
 *
 * @throws {RowTypeError} `MR_SQL_ROW_TYPE` with every column that differs
 */
export function checkSchema(schema: Schema, columns: Columns): void {
  const declared = schemaOf(columns)
  const problems = declared.flatMap(({ name, type }) => {
    const column = schema.find(c => c.name === name)
    if (!column) return [missing(name, schema)]
    if (fits(column.type, type)) return []
    const found = formatType(withoutAttribute(column.type))
    return [`column "${name}" is declared as ${formatType(type)}, but is ${found}`]
  })
  for (const { name } of schema)
    if (!declared.some(c => c.name === name)) problems.push(`column "${name}" is not declared`)
  if (problems.length > 0) throw new RowTypeError({ problems })
}

/** A text constant is CHAR in SQL and a string to the program. */
const fits = (found: DataType, declared: DataType): boolean =>
  (declared.nullable || !found.nullable) &&
  (sameType(found, declared) || (isCharacter(found) && sameType(types.string, declared)))

const missing = (name: string, schema: Schema): string => {
  const names = schema.map(c => c.name)
  return `there is no column "${name}", but ${listNames(names)}${proposal(name, names)}`
}
