// One query over the tables of an app: what `app.sql` hands over.

import type { ConnectorRegistry } from '../connector/registry.ts'
import type { BindingEnvironment } from '../plan/create-expression.ts'
import type { PlanNode } from '../plan/node.ts'
import type { TableDescriptor } from '../types/table-descriptor.ts'
import type { Path } from './ast/expression.ts'
import { bindQuery } from './binder/bind-query.ts'
import type { Catalog } from './catalog/catalog.ts'
import { parseQuery } from './parse.ts'

export interface QueryEnvironment {
  readonly environment: BindingEnvironment
  readonly connectors: ConnectorRegistry
  readonly mode: 'streaming' | 'batch'
  readonly catalog: Catalog
}

/**
 * The plan of one query.
 *
 * @throws {MillraceError} with the place in the text
 */
export function bindAppQuery(text: string, app: QueryEnvironment): PlanNode {
  return bindQuery({ ...app, text, common: new Map() }, parseQuery(text))
}

/** The name of a table that was declared in TypeScript, as SQL would write it. */
export const pathOf = (name: string): Path => [
  { kind: 'identifier', name, span: { start: 0, end: 0, line: 1, column: 1 } },
]

/** Makes a plan known to SQL by a name; with a descriptor it can be written to. */
export function declarePlan(
  catalog: Catalog,
  { name, plan, descriptor }: { name: string; plan: PlanNode; descriptor?: TableDescriptor },
): void {
  catalog.add(pathOf(name), {
    kind: descriptor ? 'table' : 'view',
    plan: () => plan,
    schema: () => plan.schema,
    ...(descriptor ? { sink: descriptor } : {}),
  })
}
