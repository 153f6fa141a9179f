// The template tag's text: constants become SQL literals, tables their names; nothing is pasted in as it is.

import { Big } from 'big.js'
import { quote } from '../plan/print-literal.ts'
import type { PlanNode } from '../plan/node.ts'
import { formatTimestamp } from '../types/temporal-text.ts'
import { MillraceError } from '../types/errors.ts'
import type { AppContext } from './app-context.ts'
import { Table } from './tables/table.ts'

/** What may stand in `${…}` of a query: a constant or a table. */
export type SqlParameter =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Big
  | { readonly plan: unknown }

/** Something in `${…}` is neither a constant nor a table. */
export class InvalidSqlParameterError extends MillraceError {
  constructor(facts: { readonly value: unknown }) {
    super('MR_SQL_INVALID', `${String(facts.value)} cannot stand in a query.`, {
      remedy: 'Pass a string, number, bigint, boolean, null, Date, Big or table.',
    })
  }
}

/** Joins the parts of a template with its parameters as SQL. A table without a name is given one. */
export function sqlText(
  app: AppContext,
  parts: readonly string[],
  parameters: readonly SqlParameter[],
): string {
  return parts
    .map((part, i) => (i < parameters.length ? part + parameterText(app, parameters[i]) : part))
    .join('')
}

function parameterText(app: AppContext, value: unknown): string {
  if (value === null) return 'NULL'
  if (value instanceof Table) return `\`${nameOf(app, value)}\``
  if (value instanceof Date) return `TIMESTAMP '${formatTimestamp(value.getTime(), 3)}'`
  if (value instanceof Big) return value.toFixed()
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'bigint':
    case 'boolean':
      return String(value)
    case 'number':
      if (Number.isSafeInteger(value)) return String(value)
      if (Number.isFinite(value)) return value.toExponential().replace('e+', 'E').replace('e', 'E')
      throw new InvalidSqlParameterError({ value })
    default:
      throw new InvalidSqlParameterError({ value })
  }
}

function nameOf(app: AppContext, table: { readonly plan: unknown }): string {
  const known = app.nameOf(table.plan as PlanNode)
  if (known !== undefined) return known
  const name = app.freeName('query')
  app.addTable({ name, plan: table.plan as never })
  return name
}
