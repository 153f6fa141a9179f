// A bag of values as state: value → how often. What takes rows back needs it.

import type { DataType } from '../../types/data-type.ts'
import type { MapKey } from '../../types/key-text.ts'
import { createMapKey, isPrimitiveKey } from '../../types/key-text.ts'
import type { Value } from '../../types/value.ts'
import type { AggregateBinding } from '../function-definition.ts'

/** MULTISET state: counts below zero stand for values taken back before they came. */
export type CountedValues = Map<Value, number>

/** Changes the count of a value by `by`; a value that comes to 0 is removed. Gives the new count. */
export type CountValue = (values: CountedValues, value: Value, by: number) => number

/** The counter for values of a type; values that JavaScript compares by identity are found by their key text. */
export function createCounter(type: DataType): CountValue {
  if (isPrimitiveKey(type)) return countPrimitive
  const key = createMapKey(type)
  const representatives = new WeakMap<CountedValues, Map<MapKey, Value>>()
  return (values, value, by) => {
    let index = representatives.get(values)
    if (index === undefined) {
      index = new Map([...values.keys()].map((v): [MapKey, Value] => [key(v), v]))
      representatives.set(values, index)
    }
    const text = key(value)
    const known = index.get(text)
    if (known === undefined) index.set(text, value)
    const count = countPrimitive(values, known ?? value, by)
    if (count === 0) index.delete(text)
    return count
  }
}

function countPrimitive(values: CountedValues, value: Value, by: number): number {
  const count = (values.get(value) ?? 0) + by
  if (count === 0) values.delete(value)
  else values.set(value, count)
  return count
}

/** Adds all counts of another bag. */
export function mergeCounts(
  countValue: CountValue,
): (values: CountedValues, from: CountedValues) => void {
  return (values, from) => {
    for (const [value, n] of from) countValue(values, value, n)
  }
}

/** Emits the change of a value's count by one. */
export function emitCount(countValue: CountValue, by: 1 | -1): AggregateBinding['accumulate'] {
  return (scope, [values = ''], [x = '']) =>
    scope.statement(`${scope.constant(countValue, 'countValue')}(${values}, ${x}, ${by})`)
}
