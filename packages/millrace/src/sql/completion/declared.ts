// What the statements before the cursor declare. Those that do not bind, since they are still being written, declare nothing.

import type { ConnectorRegistry } from '../../connector/registry.ts'
import type { FunctionRegistry } from '../../functions/registry.ts'
import { formatType } from '../../types/data-type.ts'
import { MillraceError } from '../../types/errors.ts'
import { Catalog } from '../catalog/catalog.ts'
import type { FunctionModules } from '../catalog/create-function.ts'
import { bindScript, type BoundScript } from '../script.ts'

export interface CompletionEnvironment {
  readonly connectors: ConnectorRegistry
  /** A fresh one: CREATE FUNCTION adds to it. */
  readonly functions: FunctionRegistry
  readonly functionModules?: FunctionModules
  /** Tables that are there already; what the statements declare is added. Absent: none. */
  readonly catalog?: Catalog
}

export interface Declared {
  readonly tables: readonly { readonly name: string; readonly kind: 'table' | 'view' }[]
  readonly userFunctions: readonly string[]
  /** Of what may stand in FROM, given as text, with a WITH before the query; empty when it does not bind. */
  columnsOf(
    relation: string,
    common?: string,
  ): readonly { readonly name: string; readonly type: string }[]
}

export function declaredBefore(
  statements: readonly string[],
  environment: CompletionEnvironment,
): Declared {
  const { catalog = new Catalog() } = environment
  const bind = (text: string): BoundScript | undefined => {
    try {
      return bindScript(text, { ...environment, settings: {}, catalog })
    } catch (error) {
      if (error instanceof MillraceError) return undefined
      throw error
    }
  }
  for (const statement of statements) bind(statement)
  return {
    tables: catalog.list(catalog.namespaces.current).map(([name, { kind }]) => ({ name, kind })),
    userFunctions: [...catalog.functions.values()].map(f => f.name),
    columnsOf: (relation, common = '') =>
      (bind(`${common} SELECT * FROM ${relation}`)?.queryColumns ?? []).map(({ name, type }) => ({
        name,
        type: formatType(type),
      })),
  }
}
