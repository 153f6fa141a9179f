// GROUPING SETS, ROLLUP and CUBE as sets of key positions.

import type { Expression as SqlExpression } from '../ast/expression.ts'
import type { GroupItem } from '../ast/query.ts'

/** Sets of key positions. */
export type KeySets = readonly (readonly number[])[]

/**
 * The sets that the items of GROUP BY stand for: each item gives its sets, and all are combined. A set may come out more than
 * once; its groups then do too.
 *
 * @param keyOf the position of a key expression
 */
export function groupingSetsOf(
  items: readonly GroupItem[],
  keyOf: (expression: SqlExpression) => readonly number[],
): KeySets {
  return items.reduce<KeySets>(
    (sets, item) => sets.flatMap(set => setsOf(item, keyOf).map(more => merge(set, more))),
    [[]],
  )
}

/** The sets in layers of which none has a set twice: the first has all, the second those that came out twice, and so on. */
export function layersOf(sets: KeySets): readonly KeySets[] {
  const layers: Map<string, readonly number[]>[] = []
  for (const set of sets) {
    const key = [...set].sort((a, b) => a - b).join()
    const layer = layers.find(l => !l.has(key))
    if (layer) layer.set(key, set)
    else layers.push(new Map([[key, set]]))
  }
  return layers.map(layer => [...layer.values()])
}

function setsOf(item: GroupItem, keyOf: (expression: SqlExpression) => readonly number[]): KeySets {
  const keys = (set: readonly SqlExpression[]): readonly number[] => set.flatMap(keyOf)
  switch (item.kind) {
    case 'expression':
      return [keyOf(item.expression)]
    case 'set':
      return [keys(item.expressions)]
    case 'grouping-sets':
      return item.sets.flatMap(set => setsOf(set, keyOf))
    case 'rollup': {
      const parts = item.sets.map(keys)
      return Array.from({ length: parts.length + 1 }, (_, i) =>
        parts.slice(0, parts.length - i).flat(),
      )
    }
    default: {
      const parts = item.sets.map(keys)
      const all = 2 ** parts.length - 1
      return Array.from({ length: all + 1 }, (_, i) =>
        parts.filter((_, bit) => ((all - i) >> (parts.length - 1 - bit)) & 1).flat(),
      )
    }
  }
}

const merge = (a: readonly number[], b: readonly number[]): readonly number[] => [
  ...new Set([...a, ...b]),
]
