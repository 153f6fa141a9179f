// What a program has beside tables and queries back to statements: settings, functions, catalogs and databases.

import { builtInFunctions } from '../../functions/built-in.ts'
import type { FunctionRegistry } from '../../functions/registry.ts'
import type { ProgramSettings } from '../../plan/program.ts'
import type { CreateFunction, CreateNamespace } from '../ast/statement.ts'
import { printStatement } from '../print-sql.ts'
import { printName } from '../printer/print-name.ts'
import { identifier, NOWHERE as span } from './syntax.ts'

/** SET for each setting that is not as by default, by Flink's names. */
export function unparseSettings(settings: ProgramSettings): readonly string[] {
  const { mode = 'streaming', timeZone = 'UTC', stateTtlMs = 0, options } = settings
  const all = new Map(options)
  const put = (key: string, value: string, isDefault: boolean) => {
    if (isDefault) all.delete(key)
    // As it was written, where that says the same.
    else if (!all.has(key) || key === 'execution.runtime-mode') all.set(key, value)
  }
  put('execution.runtime-mode', mode, mode === 'streaming')
  put('table.local-time-zone', timeZone, timeZone === 'UTC')
  put('table.exec.state.ttl', `${stateTtlMs} ms`, stateTtlMs === 0)
  return [...all]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${printStatement({ kind: 'set', key, value, span })};`)
}

/** CREATE FUNCTION for those of a script that `text` calls; for those that the program itself registers a comment. */
export function unparseFunctions(functions: FunctionRegistry, text: string): readonly string[] {
  const own = [...functions.all()].filter(
    f => !BUILT_IN.has(f) && text.includes(`${printName(f.name)}(`),
  )
  return own.map(definition => {
    const implementation = functions.implementationOf(definition)
    return implementation === undefined
      ? `-- The program registers the function ${definition.name}.`
      : `${printStatement(creationOf(definition.name, implementation))};`
  })
}

const BUILT_IN: ReadonlySet<unknown> = new Set(builtInFunctions)

const creationOf = (name: string, implementation: string): CreateFunction => ({
  kind: 'create-function',
  system: false,
  name: [identifier(name)],
  implementation,
  language: 'TYPESCRIPT',
  replace: false,
  temporary: false,
  ifNotExists: false,
  span,
})

/** CREATE CATALOG and CREATE DATABASE for what tables are in, by their names. */
export function unparseNamespaces(names: readonly string[]): readonly CreateNamespace[] {
  const paths = names.map(name => name.split('.').slice(0, -1))
  const catalogs = new Set(paths.flatMap(([a, b]) => (b === undefined ? [] : [a ?? ''])))
  const databases = new Set(paths.filter(path => path.length > 0).map(path => path.join('.')))
  return [
    ...[...catalogs].map(name => namespaceOf('CATALOG', name, IN_MEMORY)),
    ...[...databases].map(name => namespaceOf('DATABASE', name)),
  ]
}

const IN_MEMORY = [{ key: 'type', value: 'generic_in_memory', span }]

const namespaceOf = (
  object: CreateNamespace['object'],
  name: string,
  options: CreateNamespace['options'] = [],
): CreateNamespace => ({
  kind: 'create-namespace',
  object,
  ifNotExists: true,
  name: name.split('.').map(identifier),
  comment: undefined,
  options,
  span,
})
