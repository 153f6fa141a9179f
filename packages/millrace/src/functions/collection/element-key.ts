// Sets of elements by value, for types whose values are no JavaScript primitives too.

import type { DataType } from '../../types/data-type.ts'
import { createMapKey, isPrimitiveKey, type MapKey } from '../../types/key-text.ts'
import type { Value } from '../../types/value.ts'

/** The key of an element: equal elements, and NULLs, have equal keys. */
export type ElementKey = (value: Value) => MapKey

export const elementKey = (type: DataType): ElementKey => createMapKey(type)

/** The elements without those that came before. */
export function distinct(elements: Iterable<Value>, key: ElementKey): Value[] {
  const seen = new Set<MapKey>()
  const result: Value[] = []
  for (const element of elements) {
    const k = key(element)
    if (seen.has(k)) continue
    seen.add(k)
    result.push(element)
  }
  return result
}

/** Builds a MAP value of entries; of equal keys the last wins. */
export function mapOf(entries: Iterable<readonly [Value, Value]>, keyType: DataType) {
  if (isPrimitiveKey(keyType)) return new Map<Value, Value>(entries)
  const key = elementKey(keyType)
  const byKey = new Map<MapKey, readonly [Value, Value]>()
  for (const [k, value] of entries) byKey.set(key(k), [byKey.get(key(k))?.[0] ?? k, value])
  return new Map<Value, Value>(byKey.values())
}

/** Looks keys up in MAP values. */
export function mapReader(
  keyType: DataType,
): (map: ReadonlyMap<Value, Value>, key: Value) => Value {
  if (isPrimitiveKey(keyType)) return (map, key) => map.get(key) ?? null
  const textOf = elementKey(keyType)
  return (map, key) => {
    const wanted = textOf(key)
    for (const [k, value] of map) if (textOf(k) === wanted) return value
    return null
  }
}
