// What is wrong with a JSON record, in words; and the wanted values by name, which the words need.

import type { ReadTree } from '../../../format/decoder.ts'
import { type DataType, formatType } from '../../../types/data-type.ts'
import { overlongProblem } from '../text/overlong-record.ts'
import { excerpt } from '../text/read-string.ts'
import { typeProblem } from '../text/type-problem.ts'
import { MISSING, PARENT_NOT_OBJECT } from './json-offsets.ts'

/** A value that is read: where it is in the record, and as what. */
export interface Leaf {
  readonly path: string
  readonly type: DataType
}

/** The leaves of columns, by slot. */
export function leavesOf(fields: ReadonlyMap<string, ReadTree>): ReadonlyMap<number, Leaf> {
  const leaves = new Map<number, Leaf>()
  const add = (path: string, tree: ReadTree): void => {
    if (tree.kind === 'whole') leaves.set(tree.slot, { path, type: tree.type })
    else for (const [name, child] of tree.fields) add(`${path}.${name}`, child)
  }
  for (const [name, tree] of fields) add(name, tree)
  return leaves
}

/** A line of nothing but what JSON calls space. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const c = bytes[at]
    if (c !== 32 && c !== 9 && c !== 10 && c !== 13) return false
  }
  return true
}

/** Why a line holds no record. */
export function lineProblem(bytes: Uint8Array, start: number, end: number): string {
  const overlong = overlongProblem(bytes, start, end)
  if (overlong !== undefined) return overlong
  const text = excerpt(bytes, start, end, 1 << 20).trim()
  const shown = excerpt(bytes, start, end)
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return `not a JSON object: ${shown.trim()}`
  } catch (error) {
    return `not JSON: ${(error as Error).message}`
  }
  return `not one JSON object in one line: ${shown.trim()}`
}

/** Why a value cannot be had. */
export function valueProblem(leaf: Leaf, bytes: Uint8Array, start: number, end: number): string {
  if (start === MISSING) return `field "${leaf.path}" is missing`
  if (start === PARENT_NOT_OBJECT) return `field "${leaf.path}" is not within an object`
  if (start < 0) return `field "${leaf.path}" is NULL, its type is ${formatType(leaf.type)}`
  return typeProblem(`field "${leaf.path}"`, leaf.type, bytes, start, end)
}
