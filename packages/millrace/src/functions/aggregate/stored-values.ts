// All values of a group in arrival order, as state: what COLLECT-like functions give out when no row is taken back.

import type { DataType } from '../../types/data-type.ts'
import { types, withNullable } from '../../types/data-type.ts'
import type { AggregateBinding } from '../function-definition.ts'

/** Accumulates and merges values of one argument of the type. */
export function storeValues(
  type: DataType,
): Pick<AggregateBinding, 'fields' | 'accumulate' | 'merge'> {
  const array = withNullable(types.array(type), false)
  return {
    fields: [{ name: 'values', type: array, initial: '[]' }],
    accumulate: (scope, [values = ''], [x = '']) => scope.statement(`${values}.push(${x})`),
    merge: (scope, [values = ''], [from = '']) =>
      scope.statement(`for (const v of ${from}) ${values}.push(v)`),
  }
}
