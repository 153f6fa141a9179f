// How rows of one side of a join are keyed.

import type { DataType } from '../../../types/data-type.ts'
import { createRowKey, type MapKey } from '../../../types/key-text.ts'
import type { Row } from '../../../types/value.ts'

/** The join key of one side's rows. */
export interface JoinKey {
  readonly types: readonly DataType[]
  readonly valuesOf: (row: Row) => Row
  /** The map key of key values; `undefined` when one is NULL that never matches. */
  readonly mapKeyOf: (values: Row) => MapKey | undefined
}

/** @param nullSafe per column whether NULL matches NULL */
export function createJoinKey(
  types: readonly DataType[],
  nullSafe: readonly boolean[],
  valuesOf: (row: Row) => Row,
): JoinKey {
  const text = createRowKey(types)
  const strict = nullSafe.flatMap((safe, i) => (safe ? [] : [i]))
  return {
    types,
    valuesOf,
    mapKeyOf(values) {
      for (const i of strict) if (values[i] === null) return undefined
      return text(values)
    },
  }
}
