// How rows that are stored become those of a changed program: columns go, come as NULL, change places, are widened.

import type { StoredColumn, StoredRows } from '../../compiler/state-layout.ts'
import type { DataType } from '../../types/data-type.ts'
import { storedType } from './stored-type.ts'

/** What to do with the entries of one table. */
export interface RowChange {
  readonly table: number
  /** Types of the columns that lead the keys, as they were and as they are. */
  readonly keys: readonly (readonly [before: DataType, after: DataType])[]
  /** Types of the stored columns. */
  readonly columns: readonly DataType[]
  /** For each column of the new rows, where it is in those that are stored; -1: it is NULL. */
  readonly places: readonly number[]
  readonly extras: number
}

/** Why a table cannot be changed so: about a column, or its keys. */
export class Unchangeable {
  readonly why: string

  constructor(why: string) {
    this.why = why
  }
}

/** `undefined`: it can stay as it is. */
export function rowChangeOf(
  stored: StoredRows,
  expected: StoredRows,
): RowChange | Unchangeable | undefined {
  if (stored.extras !== expected.extras) return new Unchangeable('other values stand beside rows')
  if (stored.keys.length !== expected.keys.length) return new Unchangeable('keys are others')
  const keys: [DataType, DataType][] = []
  for (const [i, after] of expected.keys.entries()) {
    const before = stored.keys[i] as string
    if (!isWidening(before, after))
      return new Unchangeable(`a key is ${after} instead of ${before}`)
    const types = [storedType(before), storedType(after)] as const
    if (!types[0] || !types[1]) return new Unchangeable(`keys of type ${before} stay as they are`)
    keys.push([types[0], types[1]])
  }
  const places: number[] = []
  for (const [i, column] of expected.columns.entries()) {
    const at = placeOf(stored.columns, column, nth(expected.columns, i))
    const before = stored.columns[at]
    if (!before && !column.nullable)
      return new Unchangeable(`column "${column.name}" is new and NOT NULL`)
    if (before && !isWidening(before.type, column.type))
      return new Unchangeable(`column "${column.name}" is ${column.type} instead of ${before.type}`)
    places.push(at)
  }
  const isSame =
    places.length === stored.columns.length &&
    places.every((at, i) => at === i) &&
    stored.keys.every((key, i) => key === expected.keys[i])
  if (isSame) return undefined
  const columns: DataType[] = []
  for (const { name, type } of stored.columns) {
    const parsed = storedType(type)
    if (!parsed) return new Unchangeable(`column "${name}" is of type ${type}`)
    columns.push(parsed)
  }
  return { table: stored.table, keys, columns, places, extras: stored.extras }
}

/** Which of the columns of its name a column is: a join may have two. */
const nth = (columns: readonly StoredColumn[], index: number): number =>
  columns.slice(0, index).filter(c => c.name === columns[index]?.name).length

function placeOf(columns: readonly StoredColumn[], { name }: StoredColumn, count: number): number {
  let left = count
  return columns.findIndex(c => c.name === name && left-- === 0)
}

const INTEGERS = ['TINYINT', 'SMALLINT', 'INT', 'BIGINT']

/** Whether all values of a type are values of another, stored alike: nothing of them has to be computed. */
export function isWidening(before: string, after: string): boolean {
  if (before === after) return true
  const [from, to] = [INTEGERS.indexOf(before), INTEGERS.indexOf(after)]
  if (from >= 0 && to >= 0) return from < to
  if (before === 'FLOAT') return after === 'DOUBLE'
  const [a, b] = [before, after].map(type => /^DECIMAL\((\d+), (\d+)\)$/.exec(type))
  return a != null && b != null && a[2] === b[2] && Number(a[1]) < Number(b[1])
}
