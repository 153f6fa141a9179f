// INSERT INTO: the query's columns brought, by position, into the order and types of the table.

import { checkTableOptions } from '../../connector/check-options.ts'
import type { BindingEnvironment } from '../../plan/create-expression.ts'
import { coerce, createLiteral } from '../../plan/create-expression.ts'
import { columnAt, createSink } from '../../plan/create-node.ts'
import type { Expression, NamedExpression } from '../../plan/expression.ts'
import { UnknownColumnError } from '../../plan/expression-errors.ts'
import type { PlanNode, SinkNode } from '../../plan/node.ts'
import type { DataType } from '../../types/data-type.ts'
import { formatType, isBinary, isCharacter, isTimestamp, sameType } from '../../types/data-type.ts'
import type { Column } from '../../types/schema.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import { leastRestrictive } from '../../types/type-rules.ts'
import type { Insert } from '../ast/statement.ts'
import type { BinderContext } from './binder-context.ts'
import { InvalidSqlError, UnsupportedSqlError } from './binder-errors.ts'
import { bindQuery } from './bind-query.ts'
import { projectColumns } from './project-columns.ts'

/** @throws {MillraceError} with the place in the text, and the column that does not fit */
export function bindInsert(context: BinderContext, insert: Insert): SinkNode {
  if (insert.overwrite || insert.partition.length > 0)
    throw new UnsupportedSqlError({
      what: insert.overwrite ? 'INSERT OVERWRITE' : 'INSERT … PARTITION',
      remedy: 'Write INSERT INTO table SELECT ….',
      at: insert.span,
    })
  const object = context.catalog.get(insert.table)
  const name = insert.table.map(p => p.name).join('.')
  if (!object.sink)
    throw new InvalidSqlError({
      problem: `"${name}" is a view and cannot be written to`,
      remedy: 'Insert into a table.',
      at: insert.table[0]?.span,
    })
  const table = withHints(object.sink, insert)
  checkTableOptions(table, context.connectors, 'sink')
  const query = bindQuery(context, insert.query)
  return createSink(fitColumns(context.environment, query, table, insert), table)
}

function withHints(table: TableDescriptor, { hints }: Insert): TableDescriptor {
  const options = hints
    .filter(h => h.name === 'OPTIONS')
    .flatMap(h => h.options.map(o => [o.key, o.value] as const))
  return options.length > 0 ? { ...table, options: new Map([...table.options, ...options]) } : table
}

function fitColumns(
  environment: BindingEnvironment,
  query: PlanNode,
  table: TableDescriptor,
  insert: Insert,
): PlanNode {
  const targets = targetColumns(table, insert)
  if (targets.length !== query.schema.length)
    throw new InvalidSqlError({
      problem: `The query gives ${query.schema.length} columns, table "${table.name}" takes ${targets.length}: ${targets.map(t => t.name).join(', ')}`,
      remedy:
        'Select as many columns as the table has, in its order, or list the columns behind its name.',
      at: insert.query.span,
    })
  const given = new Map(targets.map((t, i) => [t.name, i]))
  const columns = table.schema.map((column): NamedExpression => {
    const position = given.get(column.name)
    const expression =
      position === undefined
        ? missing(column, table, insert)
        : fit(environment, columnAt(query, position), column, table, insert)
    return { name: column.name, expression }
  })
  const isKept =
    query.schema.length === columns.length &&
    columns.every(({ expression: e }, i) => e.kind === 'column' && e.index === i)
  return isKept ? query : projectColumns(query, columns)
}

function targetColumns(table: TableDescriptor, { columns }: Insert): readonly Column[] {
  if (columns.length === 0) return table.schema
  return columns.map(({ name, span }) => {
    const found = table.schema.find(c => c.name === name)
    if (found) return found
    throw new UnknownColumnError({
      column: name,
      table: table.name,
      available: table.schema.map(c => c.name),
      at: span,
    })
  })
}

function missing(column: Column, table: TableDescriptor, insert: Insert): Expression {
  if (column.type.nullable) return createLiteral(null, column.type)
  throw new InvalidSqlError({
    problem: `Column "${column.name}" of table "${table.name}" is NOT NULL and not given`,
    remedy: 'Add it to the list of columns.',
    at: insert.table[0]?.span,
  })
}

function fit(
  environment: BindingEnvironment,
  expression: Expression,
  column: Column,
  table: TableDescriptor,
  insert: Insert,
): Expression {
  const { type } = expression
  if (isImplicit(type, column.type))
    return coerce(environment, expression, column.type, insert.query.span)
  throw new InvalidSqlError({
    problem: `Column "${column.name}" of table "${table.name}" is ${formatType(column.type)}, but the query gives ${formatType(type)}`,
    remedy: `Cast it: CAST(… AS ${formatType({ ...column.type, nullable: true })}).`,
    at: insert.query.span,
    code: 'MR_SQL_TYPE',
  })
}

/** Whether INSERT converts by itself: into a type that holds all values, or one of another length or precision. */
function isImplicit(from: DataType, to: DataType): boolean {
  if (from.kind === 'null' || sameType(from, to)) return true
  if (isCharacter(from) && isCharacter(to)) return true
  if (isBinary(from) && isBinary(to)) return true
  if (isTimestamp(from) && isTimestamp(to)) return true
  if (from.kind === 'decimal' && to.kind === 'decimal') return true
  if (from.kind === 'row' && to.kind === 'row')
    return (
      from.fields.length === to.fields.length &&
      from.fields.every((f, i) => isImplicit(f.type, to.fields[i]?.type ?? f.type))
    )
  if (from.kind === 'array' && to.kind === 'array') return isImplicit(from.element, to.element)
  if (from.kind === 'map' && to.kind === 'map')
    return isImplicit(from.key, to.key) && isImplicit(from.value, to.value)
  const common = leastRestrictive([from, to])
  return common !== undefined && sameType(common, to)
}
