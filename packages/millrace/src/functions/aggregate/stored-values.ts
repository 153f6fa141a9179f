// All values of a group in arrival order, as state: what FIRST_VALUE, LISTAGG and the like need to take rows back.

import type { DataType } from '../../types/data-type.ts'
import { types, withNullable } from '../../types/data-type.ts'
import { createMapKey } from '../../types/key-text.ts'
import type { Value } from '../../types/value.ts'
import type { AccumulatorField, AggregateBinding } from '../function-definition.ts'

/** The field that holds the values. */
export function storedValues(type: DataType): AccumulatorField {
  return { name: 'values', type: withNullable(types.array(type), false), initial: '[]' }
}

/** Accumulates, takes back (the oldest equal value) and merges values of one argument of the type. */
export function storeValues(
  type: DataType,
): Pick<AggregateBinding, 'fields' | 'accumulate' | 'merge'> &
  Required<Pick<AggregateBinding, 'retract'>> {
  const key = createMapKey(type)
  const remove = (values: Value[], value: Value): void => {
    const sought = key(value)
    const index = values.findIndex(v => Object.is(key(v), sought))
    if (index >= 0) values.splice(index, 1)
  }
  return {
    fields: [storedValues(type)],
    accumulate: (scope, [values = ''], [x = '']) => scope.statement(`${values}.push(${x})`),
    retract: (scope, [values = ''], [x = '']) =>
      scope.statement(`${scope.constant(remove, 'removeValue')}(${values}, ${x})`),
    merge: (scope, [values = ''], [from = '']) =>
      scope.statement(`for (const v of ${from}) ${values}.push(v)`),
  }
}
