// Values as keys of JavaScript maps: two values of a type are equal exactly when their keys are.

import type { DataType } from './data-type.ts'
import { assertNever } from './errors.ts'
import type { Row, Value } from './value.ts'

/** What a `Map` takes as key for a value: the value itself where it is a primitive, else an unambiguous text. */
export type MapKey = null | boolean | number | bigint | string

/** Whether values of the type are map keys as they are. */
export function isPrimitiveKey(type: DataType): boolean {
  switch (type.kind) {
    case 'binary':
    case 'varbinary':
    case 'array':
    case 'multiset':
    case 'map':
    case 'row':
    case 'raw':
      return false
    case 'null':
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'float':
    case 'double':
    case 'decimal':
    case 'char':
    case 'varchar':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'timestamp_ltz':
    case 'interval_day':
    case 'interval_year':
      return true
    default:
      return assertNever(type)
  }
}

/** The map key of a single value of a type. */
export function createMapKey(type: DataType): (value: Value) => MapKey {
  if (isPrimitiveKey(type)) return value => value as MapKey
  const text = createKeyText(type)
  return value => (value === null ? null : text(value))
}

/** The map key of several values: of one, its own; of none, 0. */
export function createRowKey(types: readonly DataType[]): (values: Row) => MapKey {
  if (types.length === 0) return () => 0
  const [only] = types
  if (types.length === 1 && only) {
    const key = createMapKey(only)
    return values => key(values[0] as Value)
  }
  const texts = types.map(createKeyText)
  return values => {
    let key = ''
    for (let i = 0; i < texts.length; i++)
      key += (texts[i] as (v: Value) => string)(values[i] as Value)
    return key
  }
}

/** An unambiguous, self-delimiting text of a value: texts of several values can be joined. */
export function createKeyText(type: DataType): (value: Value) => string {
  switch (type.kind) {
    case 'char':
    case 'varchar':
      return v => (v === null ? '~' : `${(v as string).length}:${v as string}`)
    case 'binary':
    case 'varbinary':
      return v => (v === null ? '~' : `${[...(v as Uint8Array)].join('.')};`)
    case 'float':
    case 'double':
      // Template text of -0 is '0', so the two zeros are one key, as in SQL.
      return v => (v === null ? '~' : `${v as number};`)
    case 'array': {
      const element = createKeyText(type.element)
      return v => {
        if (v === null) return '~'
        const items = v as readonly Value[]
        let text = `${items.length}[`
        for (const item of items) text += element(item)
        return text
      }
    }
    case 'row': {
      const fields = type.fields.map(f => createKeyText(f.type))
      return v => {
        if (v === null) return '~'
        let text = '('
        for (let i = 0; i < fields.length; i++)
          text += (fields[i] as (x: Value) => string)((v as readonly Value[])[i] as Value)
        return text
      }
    }
    case 'map':
    case 'multiset': {
      const key = createKeyText(type.kind === 'map' ? type.key : type.element)
      const value =
        type.kind === 'map' ? createKeyText(type.value) : (n: Value) => `${n as number};`
      return v => {
        if (v === null) return '~'
        const entries = [...(v as ReadonlyMap<Value, Value>)].map(([k, x]) => key(k) + value(x))
        return `${entries.length}{${entries.sort().join('')}`
      }
    }
    default:
      return v => (v === null ? '~' : `${v as number};`)
  }
}
