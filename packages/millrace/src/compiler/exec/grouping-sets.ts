// GROUPING SETS: which keys each set keeps, and the id that tells a NULL of the data from one of the set.

import type { NamedExpression } from '../../plan/expression.ts'
import { type DataType, withNullable } from '../../types/data-type.ts'

export interface GroupingSet {
  /** Bit `n - 1 - i` is set when key `i` of `n` is not in the set: the value of GROUPING_ID over all keys. */
  readonly id: number
  has(key: number): boolean
}

/** One set of all keys when the node has none. */
export function groupingSetsOf(node: {
  readonly groupKeys: readonly NamedExpression[]
  readonly groupingSets: readonly (readonly number[])[] | undefined
  readonly groupingIds?: readonly number[] | undefined
}): readonly GroupingSet[] {
  const n = node.groupKeys.length
  const all = Array.from({ length: n }, (_, i) => i)
  return (node.groupingSets ?? [all]).map((keys, set) => {
    const kept = new Set(keys)
    return { id: node.groupingIds?.[set] ?? groupingId(keys, n), has: key => kept.has(key) }
  })
}

/** The types of the keys; a key that some set leaves out is NULL there. */
export function keyTypesOf(node: {
  readonly groupKeys: readonly NamedExpression[]
  readonly groupingSets: readonly (readonly number[])[] | undefined
}): readonly DataType[] {
  return node.groupKeys.map(({ expression: { type } }, i) =>
    node.groupingSets?.some(set => !set.includes(i)) ? withNullable(type, true) : type,
  )
}

/** The id of a set among `n` keys. */
export function groupingId(kept: readonly number[], n: number): number {
  let id = 0
  for (let i = 0; i < n; i++) if (!kept.includes(i)) id += 2 ** (n - 1 - i)
  return id
}
