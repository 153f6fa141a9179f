// The views and queries of a script with their columns.

import type { FunctionRegistry } from '../functions/registry.ts'
import type { Schema } from '../types/schema.ts'
import type { Path } from './ast/expression.ts'
import { parseScript } from './parse.ts'
import { bindScript, type ScriptEnvironment } from './script.ts'

export interface SqlPart {
  readonly kind: 'view' | 'query'
  /** The view's name, or what the query is called: by its line. */
  readonly name: string
  readonly schema: Schema
}

export type PartsEnvironment = Omit<ScriptEnvironment, 'functions' | 'catalog'> & {
  /** CREATE FUNCTION changes the registry: each part is bound with a fresh one. */
  readonly createFunctions: () => FunctionRegistry
}

/**
 * Binds the script up to each of its views and queries.
 *
 * @throws {MillraceError} with the place in the text
 */
export function scriptParts(text: string, environment: PartsEnvironment): readonly SqlPart[] {
  const { createFunctions, ...rest } = environment
  const columnsOf = (script: string): Schema =>
    bindScript(script, { ...rest, functions: createFunctions() }).queryColumns
  const parts: SqlPart[] = []
  for (const statement of parseScript(text)) {
    const until = text.slice(0, statement.span.end)
    if (statement.kind === 'create-view') {
      const name = statement.name.at(-1)?.name ?? ''
      const schema = columnsOf(`${until};\nSELECT * FROM ${pathText(statement.name)}`)
      parts.push({ kind: 'view', name, schema })
    } else if (statement.kind === 'query')
      parts.push({
        kind: 'query',
        name: `the query at line ${statement.span.line}`,
        schema: columnsOf(until),
      })
  }
  return parts
}

const pathText = (path: Path): string =>
  path.map(({ name }) => `\`${name.replaceAll('`', '``')}\``).join('.')
