// Rows as keys of maps: equal rows, and only they, have the same text. NULLs are equal.

import { createRowKey, type DataType, type MapKey, type Row } from 'millrace'

/** A map key of a row's values. */
export function keyOf(types: readonly DataType[]): (row: Row) => MapKey {
  if (types.length === 0) return () => ''
  return createRowKey(types)
}

/** Groups in the order of their first members. */
export function groupBy<T>(items: readonly T[], key: (item: T) => MapKey): Map<MapKey, T[]> {
  const groups = new Map<MapKey, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}
