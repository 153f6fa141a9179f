// DESCRIBE and SHOW COLUMNS: names, types, keys and expressions of a table's columns, and what is known of catalogs and functions.

import { formatType } from '../../types/data-type.ts'
import { assertNever } from '../../types/errors.ts'
import { shownOptions } from '../../types/sensitive-options.ts'
import type { Describe, ShowPattern } from '../ast/statement.ts'
import type { Path } from '../ast/expression.ts'
import type { BinderContext } from '../binder/binder-context.ts'
import { UnknownFunctionError } from '../../plan/expression-errors.ts'
import type { TableDeclaration } from '../catalog/declarations.ts'
import { printExpression } from '../printer/print-expression.ts'
import { matchesPattern } from './name-pattern.ts'
import { flaggedResult, type StatementResult, textResult } from './statement-result.ts'

export function describe(context: BinderContext, statement: Describe): StatementResult {
  const { object, name, extended } = statement
  const { catalog } = context
  switch (object) {
    case 'TABLE':
      return describeTable(context, name)
    case 'CATALOG': {
      const entry = catalog.namespaces.catalog(name.map(p => p.name).join('.'), name[0]?.span)
      const facts = [
        ['name', entry.name],
        ['type', entry.options.get('type') ?? 'generic_in_memory'],
        ['comment', entry.comment ?? null],
      ] as const
      const options = [...shownOptions(entry.options)].map(([key, value]) => [
        `option:${key}`,
        value,
      ])
      return textResult(['info name', 'info value'], extended ? [...facts, ...options] : facts)
    }
    case 'DATABASE': {
      const entry = catalog.database(name)
      const [inCatalog] = catalog.namespaces.databaseName(name)
      const facts = [
        ['Catalog Name', inCatalog],
        ['Database Name', entry.name],
        ['Comment', entry.comment ?? null],
      ] as const
      const options = [...shownOptions(entry.options)]
      return textResult(['info name', 'info value'], extended ? [...facts, ...options] : facts)
    }
    case 'FUNCTION':
      return describeFunction(context, name)
    default:
      return assertNever(object)
  }
}

function describeFunction(context: BinderContext, path: Path): StatementResult {
  const name = path.map(p => p.name).join('.')
  const declared = context.catalog.functions.get((path.at(-1)?.name ?? '').toUpperCase())
  const found = context.environment.functions.find(path.at(-1)?.name ?? '')
  if (!found)
    throw new UnknownFunctionError({
      name,
      known: context.environment.functions.names(),
      at: path[0]?.span,
    })
  return textResult(
    ['info name', 'info value'],
    [
      ['is system function', String(!declared)],
      ['is temporary', String(declared?.temporary ?? false)],
      ['implementation', declared?.implementation ?? null],
      ['kind', found.kind.toUpperCase()],
    ],
  )
}

interface ColumnFacts {
  readonly name: string
  readonly type: string
  readonly isNullable: boolean
  readonly key: string | null
  readonly extras: string | null
  readonly watermark: string | null
  readonly comment: string | null
}

function describeTable(context: BinderContext, path: Path): StatementResult {
  const facts = columnFacts(context, path)
  const hasComments = facts.some(f => f.comment !== null)
  return flaggedResult(
    [
      ...['name', 'type', 'null', 'key', 'extras', 'watermark'],
      ...(hasComments ? ['comment'] : []),
    ],
    'null',
    facts.map(f => [...cells(f), ...(hasComments ? [f.comment] : [])]),
  )
}

/** SHOW COLUMNS FROM a table. */
export function showColumns(
  context: BinderContext,
  path: Path,
  like: ShowPattern | undefined,
): StatementResult {
  const facts = columnFacts(context, path).filter(f => matchesPattern(f.name, like))
  return flaggedResult(
    ['field', 'type', 'null', 'key', 'extras', 'watermark'],
    'null',
    facts.map(cells),
  )
}

const cells = (f: ColumnFacts) => [f.name, f.type, f.isNullable, f.key, f.extras, f.watermark]

function columnFacts({ catalog }: BinderContext, path: Path): readonly ColumnFacts[] {
  const object = catalog.get(path)
  const table = object.declaration?.kind === 'table' ? object.declaration : undefined
  const key = (table?.primaryKey ?? []).map(k => k.name)
  return object.schema().map(({ name, type }) => ({
    name,
    type: formatType({ ...type, nullable: true }),
    isNullable: type.nullable,
    key: key.includes(name) ? `PRI(${key.join(', ')})` : null,
    extras: table ? extrasOf(table, name) : null,
    watermark: table ? watermarkOf(table, name) : null,
    comment: table?.columns.find(c => c.name.name === name)?.comment ?? null,
  }))
}

function extrasOf(table: TableDeclaration, name: string): string | null {
  const column = table.columns.find(c => c.name.name === name)
  if (column?.kind === 'computed') return `AS ${printExpression(column.expression)}`
  if (column?.kind !== 'metadata') return null
  const from = column.from === undefined ? '' : ` FROM '${column.from}'`
  return `METADATA${from}${column.virtual ? ' VIRTUAL' : ''}`
}

function watermarkOf(table: TableDeclaration, name: string): string | null {
  const found = table.watermarks.find(w => w.column[0]?.name === name)
  return found ? printExpression(found.expression) : null
}
