// The TypeScript type that the API's values of a data type have, as text.

import type { DataType } from './data-type.ts'
import { assertNever } from './errors.ts'

/** `string | null`, `readonly bigint[]`, `{ readonly a: number }`. Decimals are `Big` of big.js. */
export function typescriptType(type: DataType): string {
  const plain = nonNull(type)
  return type.nullable || type.kind === 'null'
    ? plain === 'null'
      ? plain
      : `${plain} | null`
    : plain
}

/** A property name, quoted where it must be. */
export const propertyName = (name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)

function nonNull(type: DataType): string {
  switch (type.kind) {
    case 'null':
      return 'null'
    case 'boolean':
      return 'boolean'
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'float':
    case 'double':
    case 'timestamp':
    case 'timestamp_ltz':
    case 'interval_day':
    case 'interval_year':
      return 'number'
    case 'bigint':
      return 'bigint'
    case 'decimal':
      return 'Big'
    case 'char':
    case 'varchar':
    case 'date':
    case 'time':
      return 'string'
    case 'binary':
    case 'varbinary':
      return 'Uint8Array'
    case 'array': {
      const element = typescriptType(type.element)
      const isCompound = type.element.nullable || element.startsWith('readonly ')
      return `readonly ${isCompound ? `(${element})` : element}[]`
    }
    case 'map':
      return `ReadonlyMap<${typescriptType(type.key)}, ${typescriptType(type.value)}>`
    case 'multiset':
      return `ReadonlyMap<${typescriptType(type.element)}, number>`
    case 'row': {
      const fields = type.fields.map(
        f => `readonly ${propertyName(f.name)}: ${typescriptType(f.type)}`,
      )
      return `{ ${fields.join('; ')} }`
    }
    case 'raw':
      return 'unknown'
    default:
      return assertNever(type)
  }
}
