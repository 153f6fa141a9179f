// Random tables for queries: few values, so that rows meet; many NULLs; times in disorder, but never more than the watermark waits.

import type { Choices } from '../choices.ts'
import type { QueryColumn } from './query-builder.ts'

/** A value as both engines are given it; times in epoch ms, decimals as text. */
export type QueryValue = string | number | boolean | null

export interface QueryTable {
  readonly name: string
  readonly columns: readonly (QueryColumn & { readonly sqlType: string })[]
  readonly rows: readonly (readonly QueryValue[])[]
  readonly hasUniqueTimes: boolean
  readonly isInOrder: boolean
  /** `id` is declared as the primary key. */
  readonly hasKey: boolean
  /** How the rows came to be, when the table is a change log: it has no event time then. */
  readonly changes?: readonly QueryChange[]
}

export interface QueryChange {
  readonly op: '+I' | '-U' | '+U' | '-D'
  readonly row: readonly QueryValue[]
}

/** Greatest disorder of event times: the delay of the watermark. */
export const MAX_DISORDER_MS = 2000

const START_MS = Date.UTC(2024, 2, 1, 12)

const COLUMNS = [
  { name: 'id', type: 'integer', sqlType: 'BIGINT NOT NULL' },
  { name: 'k', type: 'string', sqlType: 'STRING' },
  { name: 'n', type: 'integer', sqlType: 'BIGINT' },
  { name: 'm', type: 'integer', sqlType: 'INT' },
  { name: 'd', type: 'decimal', sqlType: 'DECIMAL(10, 2)' },
  { name: 'x', type: 'double', sqlType: 'DOUBLE' },
  { name: 'b', type: 'boolean', sqlType: 'BOOLEAN' },
  { name: 'ts', type: 'time', sqlType: 'TIMESTAMP(3)' },
] as const

export function generateQueryTable(choices: Choices, name: string, maxRows: number): QueryTable {
  const nullsOneIn = choices.pick([8, 2, 1000])
  const keys = choices.pick([['a', 'b', 'c'], ['a'], ['a', 'b', 'c', 'd', 'e', 'é', '']])
  const stepMs = choices.pick([100, 700, 0])
  const disorderMs = choices.pick([0, 300, MAX_DISORDER_MS])
  const hasUniqueTimes = choices.oneIn(2)
  const used = new Set<number>()
  const count = 1 + choices.below(maxRows)
  const rows = Array.from({ length: count }, (_, i): QueryValue[] => {
    const orNull = <T>(value: T) => (choices.oneIn(nullsOneIn) ? null : value)
    const time = timeOf(START_MS + i * stepMs - choices.below(disorderMs + 1), used, hasUniqueTimes)
    return [
      i,
      orNull(choices.pick(keys)),
      orNull(choices.below(5) - 2),
      orNull(choices.below(4)),
      orNull(choices.pick(['0.50', '1.25', '-2.00', '10.00'])),
      orNull((choices.below(9) - 4) / 4),
      orNull(choices.below(2) === 1),
      time,
    ]
  })
  const isInOrder = disorderMs === 0 && stepMs > 0
  return { name, columns: COLUMNS, rows, hasUniqueTimes, isInOrder, hasKey: choices.oneIn(3) }
}

/** The time, or the next one that is free: later, so that it is not behind the watermark. */
function timeOf(time: number, used: Set<number>, isUnique: boolean): number {
  let free = time
  while (isUnique && used.has(free)) free++
  used.add(free)
  return free
}

/** The same rows, as what is left of a change log: others came before them, were updated to them, or have gone. */
export function withHistory(choices: Choices, table: QueryTable): QueryTable {
  const ways = table.rows.map((row, i): readonly QueryChange[] => {
    const before = table.rows[(i + 1) % table.rows.length] as readonly QueryValue[]
    const old = [row[0] as QueryValue, ...before.slice(1)]
    const gone = [1000 + i, ...before.slice(1)]
    const come: readonly QueryChange[] = [{ op: '+I', row }]
    const update = (from: readonly QueryValue[], to: readonly QueryValue[]): QueryChange[] => [
      { op: '-U', row: from },
      { op: '+U', row: to },
    ]
    return choices.pick<readonly QueryChange[]>([
      come,
      [{ op: '+I', row: old }, ...update(old, row)],
      [...come, ...update(row, old), ...update(old, row)],
      [{ op: '+I', row: old }, { op: '-D', row: old }, ...come],
      [{ op: '+I', row: gone }, ...come, { op: '-D', row: gone }],
    ])
  })
  return { ...table, changes: interleaved(choices, ways) }
}

/** The lists mixed, each in its order. A pair of -U and +U stays together. */
function interleaved(
  choices: Choices,
  lists: readonly (readonly QueryChange[])[],
): readonly QueryChange[] {
  const rest = lists.map(list => [...list])
  const mixed: QueryChange[] = []
  for (;;) {
    const open = rest.filter(list => list.length > 0)
    if (open.length === 0) return mixed
    const list = choices.pick(open.slice(0, 5))
    const change = list.shift() as QueryChange
    mixed.push(change)
    if (change.op === '-U') mixed.push(list.shift() as QueryChange)
  }
}
