// Completion of SQL for editors, loaded when it is first asked for: programs that run do not pay for it.

import type { ConnectorRegistry } from '../connector/registry.ts'
import { createBuiltInRegistry as createFunctions } from '../functions/built-in.ts'
import type { Completion } from '../sql/completion/completion.ts'
import { createBuiltInRegistry as createConnectors } from './built-in-registry.ts'

export interface CompletionOptions {
  /** The built-in ones unless given. */
  readonly connectors?: ConnectorRegistry
}

/**
 * What may stand at a position of an SQL script: statements and keywords, tables and columns that the script declares before,
 * functions; the most fitting first, nothing within strings and comments. The script need not be complete.
 *
 * @param position in UTF-16 units, as editors count
 */
export async function completions(
  sql: string,
  position: number,
  { connectors = createConnectors() }: CompletionOptions = {},
): Promise<Completion[]> {
  const { complete } = await import('../sql/completion/complete.ts')
  return complete(sql, position, { connectors, functions: createFunctions() })
}
