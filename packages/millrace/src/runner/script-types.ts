// The row types of a script's views and queries, as the text of a `.d.ts`.

import type { SqlPart } from '../sql/script-parts.ts'
import { scriptParts } from '../sql/script-parts.ts'
import { formatType } from '../types/data-type.ts'
import { propertyName, typescriptType } from '../types/typescript-type.ts'
import { createBuiltInRegistry } from '../functions/built-in.ts'
import type { LoadScriptOptions } from './load-script.ts'

/**
 * One interface for each view and query, columns in order, each with its SQL type. Views are named after themselves (`late_flights`:
 * `LateFlights`), queries `Query`, or `Query1`, `Query2`, … where there are several.
 *
 * @throws {MillraceError} with the place in the text
 */
export function scriptTypes(
  text: string,
  options: Omit<LoadScriptOptions, 'name'>,
  file: string,
): string {
  const { connectors, settings = {}, functionModules } = options
  const parts = scriptParts(text, {
    connectors,
    createFunctions: createBuiltInRegistry,
    settings,
    ...(functionModules ? { functionModules } : {}),
  })
  const names = namesOf(parts)
  const interfaces = parts.map((part, i) => interfaceText(part, names[i] as string))
  const body = interfaces.join('\n')
  const usesBig = /\bBig\b/.test(body.replaceAll(/\/\*\*.*?\*\//g, ''))
  const head = `// The rows of the views and queries of ${file}. Written by "millrace types"; do not edit.\n`
  return `${head}\n${usesBig ? "import type { Big } from 'big.js'\n\n" : ''}${body || 'export {}\n'}`
}

function interfaceText({ kind, name, schema }: SqlPart, typeName: string): string {
  const fields = schema.map(
    c =>
      `  /** ${commentText(formatType(c.type))} */\n  readonly ${propertyName(c.name)}: ${typescriptType(c.type)}\n`,
  )
  const of = kind === 'view' ? `the view ${name}` : name
  return `/** A row of ${commentText(of)}. */\nexport interface ${typeName} {\n${fields.join('')}}\n`
}

/** Text that does not end a comment. */
const commentText = (text: string): string => text.replaceAll('*/', '* /')

/** The types by which columns are declared. */
const USED_NAMES = ['Big', 'ReadonlyMap', 'Uint8Array']

/** Names of types, made distinct. */
function namesOf(parts: readonly SqlPart[]): readonly string[] {
  const queries = parts.filter(p => p.kind === 'query').length
  const taken = new Set<string>(USED_NAMES)
  let query = 0
  return parts.map(({ kind, name }) => {
    const base = kind === 'view' ? pascalCase(name) : queries === 1 ? 'Query' : `Query${++query}`
    let free = base
    for (let n = 2; taken.has(free); n++) free = `${base}${n}`
    taken.add(free)
    return free
  })
}

function pascalCase(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const text = words.map(w => w.charAt(0).toUpperCase() + w.slice(1)).join('')
  return /^\p{L}/u.test(text) ? text : `View${text}`
}
