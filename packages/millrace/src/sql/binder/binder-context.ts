// What a statement is bound against: tables, functions, session, mode; and the WITH queries in sight.

import type { ConnectorRegistry } from '../../connector/registry.ts'
import type { BindingEnvironment } from '../../plan/create-expression.ts'
import type { PlanNode } from '../../plan/node.ts'
import type { Expression } from '../../plan/expression.ts'
import type { Path } from '../ast/expression.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { FunctionModules } from '../catalog/create-function.ts'

export interface BinderContext {
  /** What is bound; places in it are those of the statement. */
  readonly text: string
  readonly environment: BindingEnvironment
  readonly catalog: Catalog
  readonly connectors: ConnectorRegistry
  readonly mode: 'streaming' | 'batch'
  /** What CREATE FUNCTION may name; absent: nothing. */
  readonly functionModules?: FunctionModules
  /** WITH queries by name; each is bound once and its plan shared. */
  readonly common: ReadonlyMap<string, PlanNode>
  /** Names of the query around, for messages about what is correlated. */
  readonly outer?: (path: Path) => Expression | undefined
}
