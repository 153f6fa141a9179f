// JSON paths (`$.a[0].b`, `$..c`, `$['x', 'y']`, `$[1:3]`, `$.*`, `$.a[?(@.b > 1)]`, `$.a.length()`), as the JsonPath library that
// Flink uses reads them.

import { memoize } from '../scalar-function.ts'
import { compileFilter, type JsonFilter } from './json-path-filter.ts'
import { PATH_FUNCTIONS, type PathFunction } from './json-path-functions.ts'
import { isContainer, type JsonNode } from './json-value.ts'

/** The path is malformed, or leads nowhere. */
export class JsonPathError extends Error {}

type Step =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'all' }
  | { readonly kind: 'deep' }
  | { readonly kind: 'filter'; readonly accepts: JsonFilter }
  | { readonly kind: 'function'; readonly apply: PathFunction }

export interface JsonPath {
  readonly mode: 'strict' | 'lax'
  /** Whether it leads to one value at most; else it gives an array of all. */
  readonly definite: boolean
  readonly steps: readonly Step[]
}

const compiled = memoize((text: string): JsonPath | JsonPathError => {
  try {
    return compile(text)
  } catch (error) {
    if (error instanceof JsonPathError) return error
    throw error
  }
})

/** The compiled path; `strict` unless it starts with `lax`. @throws {JsonPathError} */
export function jsonPathOf(text: string): JsonPath {
  const path = compiled(text)
  if (path instanceof JsonPathError) throw path
  return path
}

/** What the path leads to. @throws {JsonPathError} when a definite path leads nowhere */
export function readPath(path: JsonPath, root: JsonNode): JsonNode {
  const found = follow(root, path.steps, 0, true)
  if (!path.definite) return found
  if (found.length === 0) throw new JsonPathError('the path leads nowhere')
  return found[0] as JsonNode
}

function compile(text: string): JsonPath {
  const moded = /^\s*(strict|lax)\s+([\s\S]+)$/i.exec(text)
  const mode = moded?.[1]?.toLowerCase() === 'lax' ? 'lax' : 'strict'
  const spec = (moded?.[2] ?? text).trim()
  const rest = spec.startsWith('$') ? spec.slice(1) : `.${spec}`
  const steps = compileSteps(rest)
  return { mode, definite: isFunctional(steps) || steps.every(isDefinite), steps }
}

/** Several names at the end are one object; elsewhere a value for each. */
function isDefinite(step: Step, at: number, steps: readonly Step[]): boolean {
  if (step.kind === 'names') return step.names.length === 1 || at === steps.length - 1
  return step.kind === 'indexes' && step.indexes.length === 1
}

const isFunctional = (steps: readonly Step[]): boolean => steps.at(-1)?.kind === 'function'

const NAME = /^\.\s*([^\s.[\]()'"*?@,$:]+|[^.[\]()'"*?@,:]+)/
const BRACKET_NAMES =
  /^\[\s*((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:\s*,\s*(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))*)\s*\]/
const BRACKET_INDEXES = /^\[\s*(-?\d+(?:\s*,\s*-?\d+)*)\s*\]/
const BRACKET_SLICE = /^\[\s*(-?\d+)?\s*:\s*(-?\d+)?\s*\]/
const WILDCARD = /^(?:\.\s*\*|\[\s*\*\s*\])/

function compileSteps(path: string): Step[] {
  const steps: Step[] = []
  let rest = path
  while (rest !== '') {
    if (rest.startsWith('..')) {
      steps.push({ kind: 'deep' })
      rest = rest.startsWith('..[') ? rest.slice(2) : rest.slice(1)
      if (rest === '' || rest === '.') throw new JsonPathError(`the path ${path} ends with ..`)
    }
    const [step, length] = compileStep(rest, path)
    steps.push(step)
    rest = rest.slice(length)
  }
  return steps
}

const CALL = /^\.\s*(\w+)\(\s*\)$/
const FILTER = /^\[\s*\?\s*\(((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^'"])*?)\)\s*\]/

function compileStep(rest: string, path: string): readonly [Step, number] {
  const call = CALL.exec(rest)
  const apply = call && PATH_FUNCTIONS[call[1] as string]
  if (call && apply) return [{ kind: 'function', apply }, call[0].length]
  const filter = FILTER.exec(rest)
  const accepts = filter && compileFilter(filter[1] as string, readBelow)
  if (filter && accepts) return [{ kind: 'filter', accepts }, filter[0].length]
  const all = WILDCARD.exec(rest)
  if (all) return [{ kind: 'all' }, all[0].length]
  const name = NAME.exec(rest)
  if (name) return [{ kind: 'names', names: [name[1] as string] }, name[0].length]
  const names = BRACKET_NAMES.exec(rest)
  if (names) {
    const quoted = (names[1] as string).match(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g) ?? []
    const plain = quoted.map(q => q.slice(1, -1).replace(/\\(.)/g, '$1'))
    return [{ kind: 'names', names: plain }, names[0].length]
  }
  const indexes = BRACKET_INDEXES.exec(rest)
  if (indexes) {
    return [
      { kind: 'indexes', indexes: (indexes[1] as string).split(',').map(Number) },
      indexes[0].length,
    ]
  }
  const slice = BRACKET_SLICE.exec(rest)
  if (slice && (slice[1] !== undefined || slice[2] !== undefined)) {
    const bound = (digits: string | undefined) =>
      digits === undefined ? undefined : Number(digits)
    return [{ kind: 'slice', from: bound(slice[1]), to: bound(slice[2]) }, slice[0].length]
  }
  throw new JsonPathError(`the path $${path} is malformed at '${rest}'`)
}

/** Reads `.a.b` below an element of a filter. */
function readBelow(below: string): (element: JsonNode) => JsonNode | undefined {
  const steps = compileSteps(below)
  return element => follow(element, steps, 0, false)[0]
}

/** Everything that the steps from `at` on lead to. `certain`: all steps so far were definite. */
function follow(node: JsonNode, steps: readonly Step[], at: number, certain: boolean): JsonNode[] {
  const step = steps[at]
  if (step === undefined) return [node]
  if (step.kind === 'deep') return followDeep(node, steps, at + 1)
  if (step.kind === 'function') {
    const value = step.apply(node)
    return value === undefined ? [] : [value]
  }
  const here = isDefinite(step, at, steps)
  const next = select(node, step)
  if (next === undefined) {
    if (certain) throw new JsonPathError('the path leads nowhere')
    return []
  }
  if (certain && here) return next.flatMap(child => follow(child, steps, at + 1, true))
  return next.flatMap(child => follow(child, steps, at + 1, false))
}

/** The node and all below it that the step fits. */
function followDeep(node: JsonNode, steps: readonly Step[], at: number): JsonNode[] {
  const own = follow(node, steps, at, false)
  if (!isContainer(node)) return own
  const children = Array.isArray(node) ? node : [...node.values()]
  return [...own, ...children.flatMap(child => followDeep(child, steps, at))]
}

/** What one step leads to; `undefined` when the node has nothing of the kind. */
function select(
  node: JsonNode,
  step: Exclude<Step, { kind: 'deep' | 'function' }>,
): JsonNode[] | undefined {
  switch (step.kind) {
    case 'filter':
      return (Array.isArray(node) ? node : [node]).filter(step.accepts)
    case 'all':
      return Array.isArray(node) ? node : node instanceof Map ? [...node.values()] : []
    case 'names': {
      if (!(node instanceof Map)) return undefined
      if (step.names.length === 1) {
        const value = node.get(step.names[0] as string)
        return value === undefined ? undefined : [value]
      }
      const present = step.names.filter(name => node.has(name))
      return [new Map(present.map(name => [name, node.get(name) as JsonNode]))]
    }
    case 'indexes': {
      if (!Array.isArray(node)) return undefined
      const found = step.indexes.map(i => node.at(i)).filter(x => x !== undefined)
      return found.length === 0 && step.indexes.length === 1 ? undefined : found
    }
    case 'slice':
      return Array.isArray(node) ? node.slice(step.from, step.to) : undefined
  }
}
