// DDL: CREATE, DROP and ALTER change the catalog.

import type { SinkNode } from '../../plan/node.ts'
import { assertNever } from '../../types/errors.ts'
import type { Ddl, Drop } from '../ast/statement.ts'
import type { BinderContext } from '../binder/binder-context.ts'
import { alterTable } from './alter-table.ts'
import { createTable } from './create-table.ts'
import { alterView, createView } from './create-view.ts'
import { alterFunction, createFunction, dropFunction } from './create-function.ts'

/** Applies a DDL statement; CREATE TABLE … AS gives the statement that fills the table. */
export function changeCatalog(context: BinderContext, statement: Ddl): SinkNode | undefined {
  const { catalog } = context
  switch (statement.kind) {
    case 'create-table':
      return createTable(context, statement)
    case 'create-view':
      createView(context, statement)
      return undefined
    case 'create-function':
      createFunction(context, statement)
      return undefined
    case 'create-namespace':
      catalog.namespaces.create(statement)
      return undefined
    case 'alter-table':
      alterTable(context, statement)
      return undefined
    case 'alter-view':
      alterView(context, statement)
      return undefined
    case 'alter-namespace':
      catalog.namespaces.alter(statement)
      return undefined
    case 'alter-function':
      alterFunction(context, statement)
      return undefined
    case 'drop':
      drop(context, statement)
      return undefined
    default:
      return assertNever(statement)
  }
}

function drop(context: BinderContext, statement: Drop): void {
  const { catalog } = context
  const { object, name, ifExists, temporary, cascade } = statement
  switch (object) {
    case 'TABLE':
      catalog.drop(name, 'table', { ifExists, temporary })
      return
    case 'VIEW':
      catalog.drop(name, 'view', { ifExists, temporary })
      return
    case 'FUNCTION':
      dropFunction(context, statement)
      return
    case 'DATABASE':
      catalog.dropDatabase(name, { ifExists, cascade })
      return
    case 'CATALOG':
      catalog.namespaces.dropCatalog(name, ifExists)
      return
    default:
      assertNever(object)
  }
}
