// DDL: CREATE, DROP, ALTER and USE change the catalog.

import type { SinkNode } from '../../plan/node.ts'
import { createSink } from '../../plan/create-node.ts'
import { withoutAttribute } from '../../types/data-type.ts'
import { checkTableOptions } from '../../connector/check-options.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { AlterAction, CreateTable, Statement } from '../ast/statement.ts'
import { bindTable, type TableDeclaration } from '../binder/bind-create-table.ts'
import type { BinderContext } from '../binder/binder-context.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder/binder-errors.ts'
import { bindQuery, renameColumns } from '../binder/bind-query.ts'
import type { CatalogObject } from './catalog.ts'
import { createFunction } from './create-function.ts'

type Of<K extends Statement['kind']> = Extract<Statement, { readonly kind: K }>

/** Applies a DDL statement; CREATE TABLE … AS gives the statement that fills the table. */
export function changeCatalog(
  context: BinderContext,
  statement: Exclude<
    Statement,
    { readonly kind: 'query' | 'insert' | 'set' | 'reset' | 'explain' }
  >,
): SinkNode | undefined {
  const { catalog } = context
  switch (statement.kind) {
    case 'create-table':
      return createTable(context, statement)
    case 'create-view':
      createView(context, statement)
      return undefined
    case 'drop':
      if (statement.object === 'TABLE' || statement.object === 'VIEW') {
        const kind = statement.object === 'TABLE' ? 'table' : 'view'
        catalog.drop(statement.name, kind, statement.ifExists)
        return undefined
      }
      return unsupported(`DROP ${statement.object}`, 'Drop tables and views only.', statement.span)
    case 'alter-table':
      alterTable(context, statement)
      return undefined
    case 'create-namespace':
      if (statement.object === 'DATABASE') {
        catalog.createDatabase(statement.name, statement.ifNotExists)
        return undefined
      }
      return unsupported('CREATE CATALOG', 'Declare tables with CREATE TABLE.', statement.span)
    case 'use':
      if (statement.catalog)
        return unsupported('USE CATALOG', 'Write the catalog in front of names.', statement.span)
      catalog.use(statement.name)
      return undefined
    case 'create-function':
      createFunction(context, statement)
      return undefined
    case 'describe':
    case 'show':
      return unsupported(
        statement.kind === 'show' ? `SHOW ${statement.what}` : 'DESCRIBE',
        'Remove the statement.',
        statement.span,
      )
    default:
      return unsupported(
        'This statement here',
        'Write it at the top of the script.',
        statement.span,
      )
  }
}

function unsupported(what: string, remedy: string, at: SourceSpan): never {
  throw new UnsupportedSqlError({ what, remedy, at })
}

function createView(context: BinderContext, statement: Of<'create-view'>): void {
  const { name, columns, query, temporary, ifNotExists } = statement
  const short = context.catalog.shortName(context.catalog.fullName(name))
  const plan = renameColumns(bindQuery(context, query), columns, `View "${short}"`)
  context.catalog.add(name, { kind: 'view', plan: () => plan }, { temporary, ifNotExists })
}

function createTable(context: BinderContext, statement: CreateTable): SinkNode | undefined {
  const { catalog } = context
  const { temporary, ifNotExists } = statement
  if (statement.partitionedBy.length > 0)
    unsupported('PARTITIONED BY', 'Write to one table per partition.', statement.span)
  const declaration = withLike(context, statement, {
    name: catalog.shortName(catalog.fullName(statement.name)),
    columns: statement.columns,
    watermarks: statement.watermarks,
    primaryKey: statement.primaryKey ?? [],
    options: new Map(statement.options.map(o => [o.key, o.value])),
  })
  if (!statement.as) {
    catalog.add(statement.name, bindTable(context, declaration), { temporary, ifNotExists })
    return undefined
  }
  if (statement.columns.length > 0)
    unsupported(
      'CREATE TABLE … AS with columns',
      'Create the table, and INSERT INTO it.',
      statement.span,
    )
  const query = bindQuery(context, statement.as)
  const columns = query.schema.map(({ name, type }) => ({
    kind: 'physical' as const,
    name: { kind: 'identifier' as const, name, span: statement.span },
    type: withoutAttribute(type),
    comment: undefined,
    span: statement.span,
  }))
  const table = bindTable(context, { ...declaration, columns })
  catalog.add(statement.name, table, { temporary, ifNotExists })
  if (!table.sink) return undefined
  checkTableOptions(table.sink, context.connectors, 'sink')
  return createSink(query, table.sink)
}

/** LIKE: what the other table declares, then what this one adds; its options go over the other's. */
function withLike(
  context: BinderContext,
  { like }: CreateTable,
  own: TableDeclaration,
): TableDeclaration {
  if (!like) return own
  const other = declarationOf(context.catalog.get(like.table), like.span)
  const excluded = new Set(
    like.options.filter(o => o.action === 'EXCLUDING').map(o => o.what.toUpperCase()),
  )
  const takes = (what: string) => !excluded.has('ALL') && !excluded.has(what)
  const columns = other.columns.filter(
    c =>
      (c.kind !== 'computed' || takes('GENERATED')) && (c.kind !== 'metadata' || takes('METADATA')),
  )
  const added = new Set(own.columns.map(c => c.name.name))
  return {
    name: own.name,
    columns: [...columns.filter(c => !added.has(c.name.name)), ...own.columns],
    watermarks:
      own.watermarks.length > 0 || !takes('WATERMARKS') ? own.watermarks : other.watermarks,
    primaryKey:
      own.primaryKey.length > 0 || !takes('CONSTRAINTS') ? own.primaryKey : other.primaryKey,
    options: new Map([...(takes('OPTIONS') ? other.options : []), ...own.options]),
  }
}

function declarationOf(object: CatalogObject, at: SourceSpan): TableDeclaration {
  if (object.declaration) return object.declaration as TableDeclaration
  throw new InvalidSqlError({
    problem: 'This needs a table that was declared with CREATE TABLE',
    remedy: 'Name such a table.',
    at,
  })
}

function alterTable(context: BinderContext, statement: Of<'alter-table'>): void {
  const { catalog } = context
  const { name, action, ifExists, span } = statement
  if (!catalog.find(name) && ifExists) return
  const object = catalog.get(name)
  if (action.kind === 'rename') {
    catalog.rename(name, action.to)
    return
  }
  const declaration = altered(declarationOf(object, span), action, span)
  catalog.add(name, bindTable(context, declaration), { replace: true })
}

function altered(
  table: TableDeclaration,
  action: Exclude<AlterAction, { readonly kind: 'rename' }>,
  at: SourceSpan,
): TableDeclaration {
  switch (action.kind) {
    case 'set':
      return {
        ...table,
        options: new Map([...table.options, ...action.options.map(o => [o.key, o.value] as const)]),
      }
    case 'reset': {
      const options = new Map(table.options)
      for (const key of action.keys) options.delete(key)
      return { ...table, options }
    }
    case 'add':
      return {
        ...table,
        columns: [...table.columns, ...action.columns],
        watermarks: [...table.watermarks, ...action.watermarks],
        primaryKey: action.primaryKey ?? table.primaryKey,
      }
    case 'drop-columns': {
      const gone = new Set(action.columns.map(c => c.name))
      return { ...table, columns: table.columns.filter(c => !gone.has(c.name.name)) }
    }
    case 'drop-primary-key':
      return { ...table, primaryKey: [] }
    case 'drop-watermark':
      return { ...table, watermarks: [] }
    default:
      return unsupported(`ALTER TABLE … ${action.kind.toUpperCase()}`, 'Create the table anew.', at)
  }
}
