// One query over the tables of an app: what `app.sql` hands over.

import type { ConnectorRegistry } from '../connector/registry.ts'
import type { BindingEnvironment } from '../plan/create-expression.ts'
import type { PlanNode } from '../plan/node.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import { bindQuery } from './binder/bind-query.ts'
import { Catalog } from './catalog/catalog.ts'
import { parseQuery } from './parse.ts'

export interface QueryEnvironment {
  readonly environment: BindingEnvironment
  readonly connectors: ConnectorRegistry
  readonly mode: 'streaming' | 'batch'
  readonly tables: Iterable<{
    readonly name: string
    readonly plan: PlanNode
    readonly descriptor?: TableDescriptor
  }>
}

/**
 * The plan of one query.
 *
 * @throws {MillraceError} with the place in the text
 */
export function bindAppQuery(text: string, app: QueryEnvironment): PlanNode {
  const catalog = new Catalog()
  const span = { start: 0, end: 0, line: 1, column: 1 }
  for (const { name, plan, descriptor } of app.tables)
    catalog.add([{ kind: 'identifier', name, span }], {
      kind: descriptor ? 'table' : 'view',
      plan: () => plan,
      schema: () => plan.schema,
      ...(descriptor ? { sink: descriptor } : {}),
    })
  const { environment, connectors, mode } = app
  return bindQuery({ environment, catalog, connectors, mode, common: new Map() }, parseQuery(text))
}
