// CREATE TABLE … LIKE: what the other table declares, feature by feature, and what this one adds.

import { UnknownSqlTableError, InvalidSqlError } from '../binder/binder-errors.ts'
import type { BinderContext } from '../binder/binder-context.ts'
import type { LikeAction, LikeClause } from '../ast/statement.ts'
import type { ColumnDefinition } from '../ast/statement.ts'
import type { SourceSpan } from '../../types/errors.ts'
import type { CatalogObject } from './catalog.ts'
import type { TableDeclaration } from './declarations.ts'

/** What happens to a feature of which nothing is said. */
const DEFAULTS: Readonly<Record<string, LikeAction>> = {
  CONSTRAINTS: 'INCLUDING',
  DISTRIBUTION: 'INCLUDING',
  GENERATED: 'INCLUDING',
  METADATA: 'INCLUDING',
  OPTIONS: 'OVERWRITING',
  PARTITIONS: 'INCLUDING',
  WATERMARKS: 'INCLUDING',
}

/**
 * The declaration with what `like` takes over from its table.
 *
 * @throws {InvalidSqlError} `MR_SQL_DUPLICATE` where both declare the same and neither EXCLUDING nor OVERWRITING says which counts
 */
export function mergeLike(
  { catalog }: BinderContext,
  like: LikeClause,
  own: TableDeclaration,
): TableDeclaration {
  const name = like.table.map(p => p.name).join('.')
  const object = catalog.find(like.table)
  if (!object)
    throw new UnknownSqlTableError({ name, known: catalog.names(), at: like.table[0]?.span })
  const base = declarationOf(object, name, like.table[0]?.span)
  const action = actionsOf(like)
  const takes = (feature: string) => action(feature) !== 'EXCLUDING'
  return {
    ...own,
    columns: mergeColumns(base, own, action),
    watermarks: mergeWatermarks(base, own, action('WATERMARKS')),
    primaryKey: mergeKey(base, own, takes('CONSTRAINTS')),
    partitionedBy:
      own.partitionedBy.length > 0 || !takes('PARTITIONS') ? own.partitionedBy : base.partitionedBy,
    distribution: own.distribution ?? (takes('DISTRIBUTION') ? base.distribution : undefined),
    options: mergeOptions(base, own, action('OPTIONS')),
    optionSpans: new Map(
      [...base.optionSpans.keys()]
        .map(key => [key, like.span] as const)
        .concat([...own.optionSpans]),
    ),
  }
}

/** How a table was declared. @throws {InvalidSqlError} for a view, and for a table of TypeScript */
export function declarationOf(
  object: CatalogObject,
  name: string,
  at: SourceSpan | undefined,
): TableDeclaration {
  if (object.declaration?.kind === 'table') return object.declaration
  throw new InvalidSqlError({
    problem: `"${name}" is ${object.kind === 'view' ? 'a view' : 'declared in TypeScript'}`,
    remedy: 'This needs a table that was created with CREATE TABLE.',
    at,
  })
}

function actionsOf(like: LikeClause): (feature: string) => LikeAction {
  const said = new Map<string, LikeAction>()
  for (const { action, what, span } of like.options) {
    if (said.has(what))
      throw new InvalidSqlError({
        problem: `LIKE says twice what becomes of ${what}`,
        remedy: 'Say it once.',
        at: span,
      })
    said.set(what, action)
  }
  const all = said.get('ALL')
  return feature => said.get(feature) ?? all ?? DEFAULTS[feature] ?? 'INCLUDING'
}

function mergeColumns(
  base: TableDeclaration,
  own: TableDeclaration,
  action: (feature: string) => LikeAction,
): readonly ColumnDefinition[] {
  const mine = new Map(own.columns.map(c => [c.name.name, c] as const))
  const kept = base.columns.filter(column => {
    const feature = featureOf(column)
    if (feature && action(feature) === 'EXCLUDING') return false
    const other = mine.get(column.name.name)
    if (!other) return true
    if (feature && other.kind === column.kind && action(feature) === 'OVERWRITING') return false
    throw clash(`A column "${column.name.name}"`, own, other.span, feature)
  })
  return [...kept, ...own.columns]
}

function featureOf(column: ColumnDefinition): 'GENERATED' | 'METADATA' | undefined {
  if (column.kind === 'computed') return 'GENERATED'
  return column.kind === 'metadata' ? 'METADATA' : undefined
}

function mergeWatermarks(base: TableDeclaration, own: TableDeclaration, action: LikeAction) {
  if (action === 'EXCLUDING' || base.watermarks.length === 0) return own.watermarks
  const [mine] = own.watermarks
  if (!mine) return base.watermarks
  if (action === 'OVERWRITING') return own.watermarks
  throw clash('A watermark', own, mine.span, 'WATERMARKS')
}

function mergeKey(base: TableDeclaration, own: TableDeclaration, takes: boolean) {
  if (!takes || base.primaryKey.length === 0) return own.primaryKey
  const [mine] = own.primaryKey
  if (!mine) return base.primaryKey
  throw new InvalidSqlError({
    problem: 'The other table has a primary key too',
    remedy: 'Write LIKE … (EXCLUDING CONSTRAINTS).',
    at: mine.span,
    code: 'MR_SQL_DUPLICATE',
  })
}

function mergeOptions(base: TableDeclaration, own: TableDeclaration, action: LikeAction) {
  if (action === 'EXCLUDING') return own.options
  if (action === 'INCLUDING')
    for (const key of own.options.keys())
      if (base.options.has(key))
        throw clash(`The option '${key}'`, own, own.optionSpans.get(key), 'OPTIONS')
  return new Map([...base.options, ...own.options])
}

function clash(
  what: string,
  own: TableDeclaration,
  at: SourceSpan | undefined,
  feature: string | undefined,
): InvalidSqlError {
  return new InvalidSqlError({
    problem: `${what} of "${own.name}" is in the other table too`,
    remedy: feature
      ? `Write LIKE … (OVERWRITING ${feature}), or EXCLUDING ${feature}.`
      : 'Give it another name, or leave it out here.',
    at,
    code: 'MR_SQL_DUPLICATE',
  })
}
