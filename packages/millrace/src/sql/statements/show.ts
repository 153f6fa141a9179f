// SHOW: what the catalog holds, and the statements that would create it.

import type { Show } from '../ast/statement.ts'
import type { Path } from '../ast/expression.ts'
import type { BinderContext } from '../binder/binder-context.ts'
import { InvalidSqlError, UnsupportedSqlError } from '../binder/binder-errors.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { DatabaseName } from '../catalog/namespaces.ts'
import { shownOptions } from '../../types/sensitive-options.ts'
import { printDdl } from '../printer/print-ddl.ts'
import { printName } from '../printer/print-name.ts'
import { showColumns } from './describe.ts'
import { matchesPattern } from './name-pattern.ts'
import { type StatementResult, textResult } from './statement-result.ts'

export function show(context: BinderContext, statement: Show): StatementResult {
  const { what, name, like, span } = statement
  const { catalog } = context
  const { namespaces } = catalog
  const list = (column: string, names: Iterable<string>) =>
    textResult(
      [column],
      [...names].filter(n => matchesPattern(n, like)).map(n => [n]),
    )
  switch (what) {
    case 'CATALOGS':
      return list('catalog name', namespaces.catalogs())
    case 'DATABASES': {
      const of = name ? name.map(p => p.name).join('.') : namespaces.current[0]
      return list('database name', namespaces.databases(of, name?.[0]?.span))
    }
    case 'TABLES':
      return list(
        'table name',
        objects(catalog, name).map(([n]) => n),
      )
    case 'VIEWS':
      return list(
        'view name',
        objects(catalog, name).flatMap(([n, o]) => (o.kind === 'view' ? [n] : [])),
      )
    case 'COLUMNS':
      return showColumns(context, name as Path, like)
    case 'FUNCTIONS':
      return list('function name', functionNames(context))
    case 'USER FUNCTIONS':
      return list('function name', [...catalog.functions.values()].map(f => f.name).sort())
    case 'MODULES':
      return list('module name', ['core'])
    case 'FULL MODULES':
      return textResult(['module name', 'used'], [['core', 'TRUE']])
    case 'CURRENT CATALOG':
      return textResult(['current catalog name'], [[namespaces.current[0]]])
    case 'CURRENT DATABASE':
      return textResult(['current database name'], [[namespaces.current[1]]])
    case 'PROCEDURES':
      return list('procedure name', [])
    case 'MODELS':
      return list('model name', [])
    case 'MATERIALIZED TABLES':
      return list('table name', [])
    case 'JARS':
      return list('jars', [])
    case 'JOBS':
      return textResult(['job id', 'job name', 'status', 'start time'], [])
    case 'CREATE TABLE':
    case 'CREATE VIEW':
      return textResult(['result'], [[createStatement(catalog, statement)]])
    case 'CREATE CATALOG':
      return textResult(['result'], [[createCatalog(catalog, name as Path)]])
    default:
      throw new UnsupportedSqlError({
        what: `SHOW ${what}`,
        remedy: 'SHOW TABLES, VIEWS, COLUMNS, DATABASES, CATALOGS, FUNCTIONS and CREATE TABLE are.',
        at: span,
      })
  }
}

function objects(catalog: Catalog, path: Path | undefined) {
  catalog.database(path)
  const name: DatabaseName = path
    ? catalog.namespaces.databaseName(path)
    : catalog.namespaces.current
  return catalog.list(name)
}

function functionNames({ environment, catalog }: BinderContext): readonly string[] {
  const user = new Set(catalog.functions.keys())
  const named = environment.functions.names().filter(n => /^[A-Z]/.test(n) && !user.has(n))
  return [
    ...named.map(n => n.toLowerCase()),
    ...[...catalog.functions.values()].map(f => f.name),
  ].sort()
}

function createStatement(catalog: Catalog, { what, name, span }: Show): string {
  const path = name as Path
  const { kind, declaration } = catalog.get(path)
  const wanted = what === 'CREATE TABLE' ? 'table' : 'view'
  if (kind !== wanted)
    throw new InvalidSqlError({
      problem: `"${path.map(p => p.name).join('.')}" is a ${kind}, not a ${wanted}`,
      remedy: `Write SHOW CREATE ${kind.toUpperCase()}.`,
      at: path[0]?.span,
    })
  if (!declaration)
    throw new InvalidSqlError({
      problem: `"${path.map(p => p.name).join('.')}" is declared in TypeScript`,
      remedy: 'DESCRIBE shows its columns.',
      at: path[0]?.span,
    })
  const full = catalog
    .fullName(path)
    .map(part => ({ kind: 'identifier' as const, name: part, span }))
  const flags = { replace: false, temporary: catalog.isTemporary(path), ifNotExists: false, span }
  if (declaration.kind === 'view')
    return printDdl({ ...declaration, ...flags, kind: 'create-view', name: full })
  const { columns, watermarks, primaryKey, partitionedBy, distribution, comment } = declaration
  return printDdl({
    ...flags,
    kind: 'create-table',
    name: full,
    columns,
    watermarks,
    primaryKey: primaryKey.length > 0 ? primaryKey : undefined,
    columnNames: [],
    comment,
    distribution,
    partitionedBy,
    options: [...shownOptions(declaration.options)].map(([key, value]) => ({ key, value, span })),
    like: undefined,
    as: undefined,
  })
}

function createCatalog(catalog: Catalog, path: Path): string {
  const { name, options } = catalog.namespaces.catalog(
    path.map(p => p.name).join('.'),
    path[0]?.span,
  )
  const list = [...shownOptions(options)].map(
    ([key, value]) => `  '${key}' = '${value.replaceAll("'", "''")}'`,
  )
  return `CREATE CATALOG ${printName(name)} WITH (\n${list.join(',\n')}\n)`
}
