// Prints data types as DDL takes them: like `formatType`, with the descriptions of row fields.

import { formatType, withNullable } from '../../types/data-type.ts'
import type { DataType } from '../../types/data-type.ts'
import { printName, printString } from './print-name.ts'

/** The type in Flink's notation, without time attributes, which DDL has no words for. */
export function printType(type: DataType): string {
  return printRoot(type) + (type.nullable ? '' : ' NOT NULL')
}

function printRoot(type: DataType): string {
  switch (type.kind) {
    case 'array':
    case 'multiset':
      return `${type.kind.toUpperCase()}<${printType(type.element)}>`
    case 'map':
      return `MAP<${printType(type.key)}, ${printType(type.value)}>`
    case 'row': {
      const fields = type.fields.map(({ name, type: field, description }) => {
        const comment = description === undefined ? '' : ` ${printString(description)}`
        return `${printName(name)} ${printType(field)}${comment}`
      })
      // `<>` would be read as an operator.
      return fields.length > 0 ? `ROW<${fields.join(', ')}>` : 'ROW()'
    }
    case 'timestamp':
    case 'timestamp_ltz':
      return `${type.kind.toUpperCase()}(${type.precision})`
    default:
      return formatType(withNullable(type, true))
  }
}
