// Random tables: NULLs, duplicates, disorder, several splits, names that JavaScript treats specially, integers beyond 2^53.

import { type Column, notNull, type Row, type Schema, types, type Value } from 'millrace'
import type { Choices } from './choices.ts'

/** All generated event times are after it. */
export const START_MS = Date.UTC(2024, 2, 1, 12)

export interface GeneratedTable {
  readonly name: string
  readonly schema: Schema
  readonly splits: readonly (readonly Row[])[]
  readonly oneByOne: boolean
}

/** `id` is unique over all tables and never NULL, `ts` is the event time: keys and watermarks are made of them. */
const FIXED: readonly Column[] = [
  { name: 'id', type: notNull(types.bigint) },
  { name: 'k', type: types.string },
  { name: 'n', type: types.bigint },
  { name: 'ts', type: notNull(types.timestamp(3)) },
]

const OPTIONAL: readonly Column[] = [
  { name: 'small', type: types.int },
  { name: 'price', type: types.decimal(10, 2) },
  { name: 'share', type: types.double },
  { name: 'ok', type: types.boolean },
  { name: 'tags', type: types.array(types.string) },
]

const TEXTS = ['a', 'b', '__proto__', 'constructor', '', 'é', '𝒳', '￿']

export interface RowBounds {
  readonly maxRows: number
  readonly maxSplits: number
}

export function generateTable(
  choices: Choices,
  name: string,
  firstId: number,
  { maxRows, maxSplits }: RowBounds,
): GeneratedTable {
  const schema = [...FIXED, ...choices.some(OPTIONAL)]
  const disorderMs = choices.pick([0, 500, 3000, 20_000])
  const stepMs = choices.pick([1, 100, 700])
  let id = firstId
  const splits = Array.from({ length: 1 + choices.below(maxSplits) }, () => {
    const rows: Row[] = []
    const count = choices.below(maxRows + 1)
    for (let i = 0; i < count; i++) {
      const before = rows[i - 1]
      const isRepeat = before !== undefined && choices.oneIn(12)
      const at = START_MS + i * stepMs - (disorderMs === 0 ? 0 : choices.below(disorderMs))
      rows.push(
        schema.map((column, c) => {
          if (column.name === 'id') return id++
          if (isRepeat) return before[c] as Value
          return column.name === 'ts' ? at : valueOf(choices, column)
        }),
      )
    }
    return rows
  })
  return { name, schema, splits, oneByOne: choices.oneIn(3) }
}

function valueOf(choices: Choices, { name, type }: Column): Value {
  if (choices.oneIn(8)) return null
  switch (type.kind) {
    case 'bigint':
      return name === 'n' && choices.oneIn(15)
        ? choices.pick([2n ** 53n, -(2n ** 60n), 2 ** 53 - 1])
        : choices.below(7) - 3
    case 'int':
      return choices.below(9) - 4
    case 'decimal':
      return choices.below(2000) - 1000
    // Quarters: their sums are exact in any order.
    case 'double':
      return (choices.below(40) - 20) / 4
    case 'boolean':
      return choices.below(2) === 1
    case 'array':
      return Array.from({ length: choices.below(4) }, () =>
        choices.oneIn(5) ? null : choices.pick(TEXTS),
      )
    default:
      return choices.pick(TEXTS)
  }
}
