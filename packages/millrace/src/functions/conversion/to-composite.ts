// Casts of ARRAY, MAP, MULTISET and ROW to the same kind, element by element.

import type { DataType } from '../../types/data-type.ts'
import type { Value } from '../../types/value.ts'
import type { SessionInfo } from '../function-definition.ts'
import { findConversion } from './find-conversion.ts'
import type { Conversion, FindConversion } from './conversion.ts'
import { identity } from './conversion.ts'

export const toComposite: FindConversion = (from, to, session) => {
  if (from.kind === 'array' && to.kind === 'array') {
    const [element] = itemsOf([[from.element, to.element]], session) ?? []
    return element && { mayFail: true, convert: (v: readonly Value[]) => v.map(element) }
  }
  if (from.kind === 'map' && to.kind === 'map') {
    const [key, value] =
      itemsOf(
        [
          [from.key, to.key],
          [from.value, to.value],
        ],
        session,
      ) ?? []
    return key && value && mapping(key, value)
  }
  if (from.kind === 'multiset' && to.kind === 'multiset') {
    const [key] = itemsOf([[from.element, to.element]], session) ?? []
    return key && mapping(key, count => count)
  }
  if (from.kind !== 'row' || to.kind !== 'row') return rawIdentity(from, to)
  if (from.fields.length !== to.fields.length) return undefined
  const pairs = from.fields.map((f, i): [DataType, DataType] => [
    f.type,
    (to.fields[i] as typeof f).type,
  ])
  const fields = itemsOf(pairs, session)
  return (
    fields && {
      mayFail: true,
      convert: (v: readonly Value[]) => fields.map((convert, i) => convert(v[i] as Value)),
    }
  )
}

function rawIdentity(from: DataType, to: DataType): Conversion | undefined {
  const same = from.kind === 'raw' && to.kind === 'raw' && from.className === to.className
  return same ? identity : undefined
}

function mapping(key: (v: Value) => Value, value: (v: Value) => Value): Conversion {
  return {
    mayFail: true,
    convert: (v: ReadonlyMap<Value, Value>) =>
      new Map([...v].map(([k, x]): [Value, Value] => [key(k), value(x)])),
  }
}

/** Converters of the pairs, NULL to NULL; `undefined` when one has none. */
function itemsOf(
  pairs: readonly (readonly [DataType, DataType])[],
  session: SessionInfo,
): ((value: Value) => Value)[] | undefined {
  const items: ((value: Value) => Value)[] = []
  for (const [from, to] of pairs) {
    const convert = findConversion(from, to, session)?.convert as
      | ((value: Value) => Value)
      | undefined
    if (convert === undefined) return undefined
    items.push(value => (value === null ? null : convert(value)))
  }
  return items
}
