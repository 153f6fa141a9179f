// The items of GROUP BY as sets of key positions.

import { cubeSets, type KeySets, rollupSets } from '../../plan/compose/grouping-sets.ts'
import type { Expression as SqlExpression } from '../ast/expression.ts'
import type { GroupItem } from '../ast/query.ts'

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

function setsOf(item: GroupItem, keyOf: (expression: SqlExpression) => readonly number[]): KeySets {
  const keys = (set: readonly SqlExpression[]): readonly number[] => set.flatMap(keyOf)
  switch (item.kind) {
    case 'expression':
      return [keyOf(item.expression)]
    case 'set':
      return [keys(item.expressions)]
    case 'grouping-sets':
      return item.sets.flatMap(set => setsOf(set, keyOf))
    case 'rollup':
      return rollupSets(item.sets.map(keys))
    default:
      return cubeSets(item.sets.map(keys))
  }
}

const merge = (a: readonly number[], b: readonly number[]): readonly number[] => [
  ...new Set([...a, ...b]),
]
