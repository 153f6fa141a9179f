// The reference of functions: what their definitions say, with the forms in which they are called.

import { builtInFunctions } from '../../functions/built-in.ts'
import type { FunctionDefinition, FunctionDocs } from '../../functions/function-definition.ts'
import { InternalError } from '../../types/errors.ts'
import type { FunctionEntries, FunctionEntry, ReferenceExample } from './entry.ts'
import { aggregateEntries } from './functions/aggregates.ts'
import { operatorEntries } from './functions/operators.ts'
import { structureEntries } from './functions/structures.ts'
import { syntaxFunctionEntries } from './functions/syntax.ts'
import { textEntries } from './functions/text.ts'
import { timeEntries } from './functions/time.ts'

/** What the reference says of a function, and of those that share its page. */
export interface FunctionPage {
  readonly name: string
  /** All names under which it and its twins are known, its own first. */
  readonly names: readonly string[]
  readonly group: FunctionDocs['group']
  readonly summary: string
  readonly forms: readonly string[]
  readonly examples: readonly (readonly [call: string, result: string])[]
  readonly queries: readonly ReferenceExample[]
  readonly notes: readonly string[]
  /** Absent: it is syntax. */
  readonly definition?: FunctionDefinition
}

/** How built-in functions are called, by name. */
export const functionEntries: FunctionEntries = {
  ...operatorEntries,
  ...textEntries,
  ...timeEntries,
  ...structureEntries,
  ...aggregateEntries,
}

/** A page of each built-in function and of each syntax that looks like one, in the order of their groups. */
export function functionPages(): readonly FunctionPage[] {
  const byName = new Map(builtInFunctions.map(f => [f.name, f]))
  const twins = new Set(Object.values(functionEntries).flatMap(e => e.twins ?? []))
  const registered = builtInFunctions
    .filter(f => !twins.has(f.name))
    .map(f => pageOf(f, entryOf(f.name), byName))
  const syntax = Object.entries(syntaxFunctionEntries).map(([name, entry]) => ({
    ...partsOf(entry),
    name,
    names: [name, ...(entry.twins ?? [])],
    group: entry.group,
    summary: entry.summary,
    examples: entry.examples ?? [],
  }))
  const pages = [...registered, ...syntax]
  const groups = [...new Set(pages.map(p => p.group))]
  return groups.flatMap(group => pages.filter(p => p.group === group))
}

function entryOf(name: string): FunctionEntry {
  const entry = functionEntries[name]
  if (entry) return entry
  throw new InternalError(`The reference has no entry of the function ${name}.`)
}

function pageOf(
  definition: FunctionDefinition,
  entry: FunctionEntry,
  byName: ReadonlyMap<string, FunctionDefinition>,
): FunctionPage {
  const all = [definition, ...(entry.twins ?? []).map(name => byName.get(name))]
  return {
    ...partsOf(entry),
    definition,
    name: definition.name,
    names: all.flatMap(f => (f ? [f.name, ...(f.aliases ?? [])] : [])),
    group: definition.docs.group,
    summary: definition.docs.summary,
    examples: [...all.flatMap(f => f?.docs.examples ?? []), ...(entry.examples ?? [])],
  }
}

const partsOf = ({ forms, queries = [], notes = [] }: FunctionEntry) => ({ forms, queries, notes })
