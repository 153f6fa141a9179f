// ALTER TABLE: the declaration changed, and bound anew.

import { notNull } from '../../types/data-type.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { Identifier } from '../ast/expression.ts'
import type { AlterAction, AlterTable, ColumnDefinition, PlacedColumn } from '../ast/statement.ts'
import { bindTable } from '../binder/bind-create-table.ts'
import type { BinderContext } from '../binder/binder-context.ts'
import { InvalidSqlError } from '../binder/binder-errors.ts'
import { UnknownColumnError } from '../../plan/expression-errors.ts'
import type { TableDeclaration } from './declarations.ts'
import { declarationOf } from './like-clause.ts'

/** @throws {MillraceError} when there is no such table or column, or the table would not be valid any more */
export function alterTable(context: BinderContext, statement: AlterTable): void {
  const { catalog } = context
  const { name, action, ifExists, span } = statement
  if (!catalog.find(name) && ifExists) return
  const object = catalog.get(name)
  const table = declarationOf(object, name.map(p => p.name).join('.'), name[0]?.span)
  if (action.kind === 'rename') {
    catalog.rename(name, action.to)
    return
  }
  catalog.replace(name, bindTable(context, altered(table, action, span)))
}

function altered(
  table: TableDeclaration,
  action: Exclude<AlterAction, { readonly kind: 'rename' }>,
  at: SourceSpan,
): TableDeclaration {
  switch (action.kind) {
    case 'set': {
      const spans = action.options.map(o => [o.key, o.span] as const)
      return {
        ...table,
        options: new Map([...table.options, ...action.options.map(o => [o.key, o.value] as const)]),
        optionSpans: new Map([...table.optionSpans, ...spans]),
      }
    }
    case 'reset': {
      const options = new Map(table.options)
      for (const key of action.keys) options.delete(key)
      return { ...table, options }
    }
    case 'rename-column':
      return renameColumn(table, action.from, action.to)
    case 'add':
      return add(table, action)
    case 'modify':
      return modify(table, action)
    case 'drop-columns':
      return action.columns.reduce(dropColumn, table)
    case 'drop-part':
      return dropPart(table, action.part, at)
  }
}

type Change = Extract<AlterAction, { readonly kind: 'add' | 'modify' }>

function add(table: TableDeclaration, change: Change): TableDeclaration {
  for (const { name } of change.columns)
    if (table.columns.some(c => c.name.name === name.name))
      throw taken(table, `a column "${name.name}"`, name.span)
  const [key] = change.primaryKey ?? []
  if (key && table.primaryKey.length > 0) throw taken(table, 'a primary key', key.span)
  const [watermark] = change.watermarks
  if (watermark && table.watermarks.length > 0) throw taken(table, 'a watermark', watermark.span)
  return {
    ...table,
    columns: change.columns.reduce((all, c) => insert(table, all, c, all.length), table.columns),
    watermarks: [...table.watermarks, ...change.watermarks],
    primaryKey: change.primaryKey ?? table.primaryKey,
    distribution: change.distribution ?? table.distribution,
  }
}

function modify(table: TableDeclaration, change: Change): TableDeclaration {
  const columns = change.columns.reduce((all, column) => {
    const index = indexOf({ ...table, columns: all }, column.name)
    return insert(table, all.toSpliced(index, 1), column, index)
  }, table.columns)
  const [key] = change.primaryKey ?? []
  if (key && table.primaryKey.length === 0) throw lacks(table, 'primary key', key.span)
  const [watermark] = change.watermarks
  if (watermark && table.watermarks.length === 0) throw lacks(table, 'watermark', watermark.span)
  return {
    ...table,
    columns,
    watermarks: watermark ? change.watermarks : table.watermarks,
    primaryKey: change.primaryKey ?? table.primaryKey,
    distribution: change.distribution ?? table.distribution,
  }
}

/** The columns with one more, where it asks to be. */
function insert(
  table: TableDeclaration,
  columns: readonly ColumnDefinition[],
  { place, ...column }: PlacedColumn,
  otherwise: number,
): readonly ColumnDefinition[] {
  const index =
    place === undefined
      ? otherwise
      : place.kind === 'first'
        ? 0
        : indexOf({ ...table, columns }, place.column) + 1
  return columns.toSpliced(index, 0, column as ColumnDefinition)
}

function renameColumn(table: TableDeclaration, from: Identifier, to: Identifier): TableDeclaration {
  const index = indexOf(table, from)
  if (table.columns.some(c => c.name.name === to.name))
    throw taken(table, `a column "${to.name}"`, to.span)
  const renamed = (name: Identifier) =>
    name.name === from.name ? { ...name, name: to.name } : name
  const column = table.columns[index] as ColumnDefinition
  return {
    ...table,
    columns: table.columns.with(index, { ...column, name: { ...column.name, name: to.name } }),
    primaryKey: table.primaryKey.map(renamed),
    partitionedBy: table.partitionedBy.map(renamed),
  }
}

function dropColumn(table: TableDeclaration, column: Identifier): TableDeclaration {
  const index = indexOf(table, column)
  const isIn = (names: readonly Identifier[]) => names.some(n => n.name === column.name)
  const use = isIn(table.primaryKey)
    ? 'the primary key'
    : isIn(table.partitionedBy)
      ? 'PARTITIONED BY'
      : table.watermarks.some(w => w.column[0]?.name === column.name)
        ? 'the watermark'
        : undefined
  if (use)
    throw new InvalidSqlError({
      problem: `Column "${column.name}" of table "${table.name}" is part of ${use}`,
      remedy: `Drop ${use} first.`,
      at: column.span,
    })
  return { ...table, columns: table.columns.toSpliced(index, 1) }
}

function dropPart(
  table: TableDeclaration,
  part: Extract<AlterAction, { readonly kind: 'drop-part' }>['part'],
  at: SourceSpan,
): TableDeclaration {
  switch (part) {
    case 'PRIMARY KEY':
    case 'CONSTRAINT':
      if (table.primaryKey.length === 0) throw lacks(table, 'primary key', at)
      return withoutKey(table)
    case 'WATERMARK':
      if (table.watermarks.length === 0) throw lacks(table, 'watermark', at)
      return { ...table, watermarks: [] }
    case 'DISTRIBUTION':
      if (!table.distribution) throw lacks(table, 'distribution', at)
      return { ...table, distribution: undefined }
  }
}

/** Its columns stay NOT NULL, as the key had made them. */
function withoutKey(table: TableDeclaration): TableDeclaration {
  const key = new Set(table.primaryKey.map(c => c.name))
  const columns = table.columns.map(c =>
    c.kind === 'physical' && key.has(c.name.name) ? { ...c, type: notNull(c.type) } : c,
  )
  return { ...table, columns, primaryKey: [] }
}

function indexOf(table: TableDeclaration, column: Identifier): number {
  const index = table.columns.findIndex(c => c.name.name === column.name)
  if (index >= 0) return index
  throw new UnknownColumnError({
    column: column.name,
    table: table.name,
    available: table.columns.map(c => c.name.name),
    at: column.span,
  })
}

function taken(table: TableDeclaration, what: string, at: SourceSpan): InvalidSqlError {
  return new InvalidSqlError({
    problem: `Table "${table.name}" has ${what} already`,
    remedy: 'Change it with MODIFY, or DROP it first.',
    at,
    code: 'MR_SQL_DUPLICATE',
  })
}

function lacks(table: TableDeclaration, what: string, at: SourceSpan): InvalidSqlError {
  return new InvalidSqlError({
    problem: `Table "${table.name}" has no ${what}`,
    remedy: 'Declare it with ALTER TABLE … ADD.',
    at,
  })
}
