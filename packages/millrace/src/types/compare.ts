// Equality and order of SQL values by type. NULLs are equal to each other and the smallest, as in Flink's sorts.

import type { DataType } from './data-type.ts'
import { createMapKey } from './key-text.ts'
import type { Row, Value } from './value.ts'

/** Negative, 0 or positive. */
export type Compare = (a: Value, b: Value) => number
export type Equal = (a: Value, b: Value) => boolean

/** Orders strings by code points (as UTF-8 bytes do), not by UTF-16 units. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0
  const end = Math.min(a.length, b.length)
  for (let i = 0; i < end; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    // Surrogates stand for code points above U+FFFF, so they come after U+E000..U+FFFF.
    const xHigh = x >= 0xd800 && x <= 0xdfff
    const yHigh = y >= 0xd800 && y <= 0xdfff
    return xHigh === yHigh ? x - y : xHigh ? 1 : -1
  }
  return a.length - b.length
}

/** Orders byte strings by unsigned bytes, then by length. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const end = Math.min(a.length, b.length)
  for (let i = 0; i < end; i++) {
    const difference = (a[i] as number) - (b[i] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}

/** Orders numbers and hybrids; NaN is equal to itself and greater than anything else, as in Java's `compare`. */
export function compareNumbers(a: number | bigint, b: number | bigint): number {
  if (a < b) return -1
  if (a > b) return 1
  if (a === b) return 0
  return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : -1
}

/** Equality of bytes. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && compareBytes(a, b) === 0
}

/** The order of a type's values; of composite values field by field. MAP and MULTISET have none: they compare by their key text. */
export function comparatorOf(type: DataType): Compare {
  const compare = nonNullComparator(type)
  return (a, b) => (a === null ? (b === null ? 0 : -1) : b === null ? 1 : compare(a, b))
}

function nonNullComparator(type: DataType): Compare {
  switch (type.kind) {
    case 'char':
    case 'varchar':
      return (a, b) => compareStrings(a as string, b as string)
    case 'binary':
    case 'varbinary':
      return (a, b) => compareBytes(a as Uint8Array, b as Uint8Array)
    case 'boolean':
      return (a, b) => Number(a) - Number(b)
    case 'array': {
      const element = comparatorOf(type.element)
      return (a, b) => {
        const left = a as readonly Value[]
        const right = b as readonly Value[]
        return compareLists(left, right, () => element)
      }
    }
    case 'row': {
      const fields = type.fields.map(f => comparatorOf(f.type))
      return (a, b) =>
        compareLists(a as readonly Value[], b as readonly Value[], i => fields[i] as Compare)
    }
    case 'map':
    case 'multiset':
    case 'raw':
    case 'null': {
      const key = createMapKey(type)
      return (a, b) => compareStrings(String(key(a)), String(key(b)))
    }
    default:
      return (a, b) => compareNumbers(a as number, b as number)
  }
}

function compareLists(
  a: readonly Value[],
  b: readonly Value[],
  compareAt: (index: number) => Compare,
): number {
  const end = Math.min(a.length, b.length)
  for (let i = 0; i < end; i++) {
    const order = compareAt(i)(a[i] as Value, b[i] as Value)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** The equality of a type's values (SQL's IS NOT DISTINCT FROM); composite values are compared deeply. */
export function equalityOf(type: DataType): Equal {
  switch (type.kind) {
    case 'float':
    case 'double':
      return (a, b) => a === b || (Number.isNaN(a) && Number.isNaN(b))
    case 'binary':
    case 'varbinary':
      return (a, b) =>
        a === b || (a !== null && b !== null && equalBytes(a as Uint8Array, b as Uint8Array))
    case 'array':
    case 'row': {
      const compare = comparatorOf(type)
      return (a, b) => compare(a, b) === 0
    }
    case 'map':
    case 'multiset': {
      const key = createMapKey(type)
      return (a, b) => key(a) === key(b)
    }
    default:
      return (a, b) => a === b
  }
}

/** Whether two rows of these types are the same, NULLs being equal. */
export function rowEqualityOf(rowTypes: readonly DataType[]): (a: Row, b: Row) => boolean {
  const columns = rowTypes.map(equalityOf)
  return (a, b) =>
    columns.every((equal, i) => {
      const [x, y] = [a[i] as Value, b[i] as Value]
      return x === null || y === null ? x === y : equal(x, y)
    })
}

export function equalValues(a: Value, b: Value, type: DataType): boolean {
  return equalityOf(type)(a, b)
}

export function compareValues(a: Value, b: Value, type: DataType): number {
  return comparatorOf(type)(a, b)
}
