// CREATE VIEW and ALTER VIEW: a query under a name, bound again when what it reads has changed.

import type { PlanNode } from '../../plan/node.ts'
import type { Path } from '../ast/expression.ts'
import type { AlterView, CreateView } from '../ast/statement.ts'
import type { BinderContext } from '../binder/binder-context.ts'
import { InvalidSqlError } from '../binder/binder-errors.ts'
import { bindQuery, renameColumns } from '../binder/bind-query.ts'
import type { CatalogObject } from './catalog.ts'
import type { ViewDeclaration } from './declarations.ts'

/** @throws {MillraceError} when the query does not bind: views are checked where they are created */
export function createView(context: BinderContext, statement: CreateView): void {
  const { name, columns, comment, query, temporary, ifNotExists, replace } = statement
  const { catalog } = context
  if (ifNotExists && catalog.has(name, { temporary })) return
  const view = viewOf(context, name, { kind: 'view', columns, comment, query })
  catalog.add(name, view, { temporary, ifNotExists, replace })
}

export function alterView(context: BinderContext, { name, action, ifExists }: AlterView): void {
  const { catalog } = context
  if (ifExists && !catalog.find(name)) return
  const { declaration, kind } = catalog.get(name)
  if (kind !== 'view' || declaration?.kind !== 'view')
    throw new InvalidSqlError({
      problem: `"${name.map(p => p.name).join('.')}" is no view of SQL`,
      remedy: kind === 'table' ? 'Write ALTER TABLE.' : 'Change it where it is declared.',
      at: name[0]?.span,
    })
  if (action.kind === 'rename') catalog.rename(name, action.to)
  else
    catalog.replace(
      name,
      viewOf(context, name, { ...declaration, columns: [], query: action.query }),
    )
}

/** Bound now, and again where the catalog has changed since: a view reads what its names mean when it is read. */
function viewOf(context: BinderContext, path: Path, declaration: ViewDeclaration): CatalogObject {
  const { catalog } = context
  const database = catalog.currentDatabase
  const name = catalog.shortName(catalog.fullName(path))
  let isBinding = false
  const bind = (): PlanNode => {
    if (isBinding)
      throw new InvalidSqlError({
        problem: `View "${name}" reads itself`,
        remedy: 'Read something else in it.',
        at: declaration.query.span,
      })
    isBinding = true
    try {
      return catalog.within(database, () => {
        const plan = bindQuery({ ...context, common: new Map() }, declaration.query)
        if (declaration.columns.length === 0) checkNames(plan, name, declaration)
        return renameColumns(plan, declaration.columns, `View "${name}"`)
      })
    } finally {
      isBinding = false
    }
  }
  let bound = { plan: bind(), version: catalog.version + 1 }
  const plan = () => {
    if (bound.version !== catalog.version) bound = { plan: bind(), version: catalog.version }
    return bound.plan
  }
  return { kind: 'view', plan, schema: () => plan().schema, declaration }
}

/** A query may select two columns of one name; a view of it needs names for them. */
function checkNames({ schema }: PlanNode, view: string, { query }: ViewDeclaration): void {
  const names = schema.map(c => c.name)
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined)
    throw new InvalidSqlError({
      problem: `View "${view}" has two columns "${twice}"`,
      remedy: 'Name one otherwise with AS, or list the names behind the name of the view.',
      at: query.span,
      code: 'MR_SQL_DUPLICATE',
    })
}
