// CREATE TABLE in all its forms: with columns, LIKE another table, AS the result of a query.

import { createSink } from '../../plan/create-node.ts'
import { located } from '../../plan/origin.ts'
import type { PlanNode, SinkNode } from '../../plan/node.ts'
import { withoutAttribute } from '../../types/data-type.ts'
import type { Identifier } from '../ast/expression.ts'
import type { ColumnDefinition, CreateTable } from '../ast/statement.ts'
import { bindTable } from '../binder/bind-create-table.ts'
import type { BinderContext } from '../binder/binder-context.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder/binder-errors.ts'
import { fitColumns } from '../binder/bind-insert.ts'
import { bindQuery } from '../binder/bind-query.ts'
import { checkOptionsAt } from '../binder/check-options-at.ts'
import type { TableDeclaration } from './declarations.ts'
import { mergeLike } from './like-clause.ts'

/** Adds the table; of CREATE TABLE … AS, gives the statement that fills it. */
export function createTable(context: BinderContext, statement: CreateTable): SinkNode | undefined {
  const { catalog } = context
  const { temporary, ifNotExists, replace, name, like } = statement
  if (ifNotExists && catalog.has(name, { temporary })) return undefined
  const own = declarationOf(context, statement)
  if (statement.as) return createFilled(context, statement, own)
  const declaration = like ? mergeLike(context, like, own) : own
  if (declaration.columns.length === 0)
    throw new InvalidSqlError({
      problem: `Table "${declaration.name}" has no columns`,
      remedy: 'List them with their types behind the name.',
      at: name[0]?.span,
    })
  catalog.add(name, bindTable(context, declaration), { temporary, ifNotExists, replace })
  return undefined
}

function declarationOf({ catalog }: BinderContext, statement: CreateTable): TableDeclaration {
  const { options } = statement
  return {
    kind: 'table',
    name: catalog.shortName(catalog.fullName(statement.name)),
    columns: statement.columns,
    watermarks: statement.watermarks,
    primaryKey: statement.primaryKey ?? [],
    partitionedBy: statement.partitionedBy,
    distribution: statement.distribution,
    comment: statement.comment,
    options: new Map(options.map(o => [o.key, o.value])),
    span: statement.span,
    optionSpans: new Map(options.map(o => [o.key, o.span])),
  }
}

function createFilled(
  context: BinderContext,
  statement: CreateTable,
  own: TableDeclaration,
): SinkNode {
  const { catalog } = context
  const { as, name, temporary, ifNotExists, replace } = statement
  if (temporary)
    throw new UnsupportedSqlError({
      what: 'CREATE TEMPORARY TABLE … AS',
      remedy: 'Leave TEMPORARY out: all tables live as long as the program.',
      at: statement.span,
    })
  const query = bindQuery(context, as as NonNullable<typeof as>)
  const columns = filledColumns(query, statement, own)
  const table = bindTable(context, { ...own, columns })
  const sink = table.sink as NonNullable<typeof table.sink>
  checkOptionsAt(own, sink, context.connectors, 'sink')
  catalog.add(name, table, { temporary, ifNotExists, replace })
  const given = query.schema.map(c => nameAt(c.name, statement))
  const at = name[0]?.span ?? statement.span
  const rows = fitColumns(context.environment, query, sink, { columns: given, at: statement.span })
  return located(createSink(rows, sink), { text: context.text, at })
}

/** The columns that are declared, then those of the query; or the query's in the order of the names. */
function filledColumns(
  query: PlanNode,
  statement: CreateTable,
  own: TableDeclaration,
): readonly ColumnDefinition[] {
  const selected = query.schema.map(
    ({ name, type }): ColumnDefinition => ({
      kind: 'physical',
      name: nameAt(name, statement),
      type: withoutAttribute(type),
      comment: undefined,
      span: statement.span,
    }),
  )
  const { columnNames } = statement
  if (columnNames.length === 0) {
    const declared = new Set(own.columns.map(c => c.name.name))
    return [...own.columns, ...selected.filter(c => !declared.has(c.name.name))]
  }
  if (columnNames.length !== selected.length)
    throw new InvalidSqlError({
      problem: `The table names ${columnNames.length} columns, its query selects ${selected.length}`,
      remedy: 'Name all columns of the query, in the order they are to have.',
      at: columnNames[0]?.span,
    })
  return columnNames.map(wanted => {
    const found = selected.find(c => c.name.name === wanted.name)
    if (found) return found
    throw new InvalidSqlError({
      problem: `The query selects no column "${wanted.name}"`,
      remedy: `It selects ${selected.map(c => `"${c.name.name}"`).join(', ')}.`,
      at: wanted.span,
      code: 'MR_SQL_UNKNOWN_COLUMN',
    })
  })
}

function nameAt(name: string, { span }: CreateTable): Identifier {
  return { kind: 'identifier', name, span }
}
