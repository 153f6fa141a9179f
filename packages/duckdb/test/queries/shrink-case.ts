// Makes a case that differs smaller, as long as it differs in the same way: fewer choices, then fewer rows.

import type { DuckDBConnection } from '@duckdb/node-api'
import type { QueryTable } from '@millrace/testing'
import { createCase, duckQuery, flinkScript, type QueryCase } from './query-case.ts'
import { compareAnswers, type Difference } from './run-query.ts'

export interface SmallCase {
  readonly made: QueryCase
  readonly difference: Difference
}

const MAX_TRIES = 1500

/** Tries smaller choices and rows one after the other until none helps, or for so long. */
export async function shrinkCase(
  seed: number,
  difference: Difference,
  duck: DuckDBConnection,
): Promise<SmallCase> {
  let best: SmallCase = { made: createCase(seed), difference }
  let tries = 0
  const attempt = async (numbers: readonly number[], tables: readonly QueryTable[]) => {
    if (tries++ >= MAX_TRIES) return false
    const made = createCase(seed, { numbers, tables })
    const found = await compareAnswers(made, duck)
    if (!isAlike(found, difference)) return false
    best = { made, difference: found as Difference }
    return true
  }
  for (let isSmaller = true; isSmaller && tries < MAX_TRIES; ) {
    isSmaller = false
    for (const numbers of smallerNumbers(best.made.numbers))
      if (await attempt(numbers, best.made.tables)) {
        isSmaller = true
        break
      }
    if (isSmaller) continue
    for (const tables of smallerTables(best.made.tables))
      if (await attempt(best.made.numbers, tables)) {
        isSmaller = true
        break
      }
  }
  return best
}

/** An error must stay the same one; rows may differ otherwise. */
function isAlike(found: Difference | undefined, wanted: Difference): boolean {
  if (found?.kind !== wanted.kind) return false
  if (wanted.kind !== 'error' && wanted.kind !== 'refused') return true
  const gist = (text: string) => text.replaceAll(/[\d`"']+\w*/g, '').slice(0, 60)
  return gist(found.text) === gist(wanted.text)
}

/** The end cut off; parts left out; single choices made the first. What is missing counts as 0. */
function* smallerNumbers(numbers: readonly number[]): Generator<readonly number[]> {
  for (let size = numbers.length >> 1; size >= 1; size >>= 1)
    yield numbers.slice(0, numbers.length - size)
  for (let size = numbers.length >> 1; size >= 1; size >>= 1)
    for (let at = 0; at + size <= numbers.length; at += size)
      if (numbers.slice(at, at + size).some(n => n !== 0)) {
        yield numbers.toSpliced(at, size)
        yield numbers.toSpliced(at, size, ...new Array<number>(size).fill(0))
      }
}

/** At least one row stays: queries without GROUP BY rely on it. */
function* smallerTables(tables: readonly QueryTable[]): Generator<readonly QueryTable[]> {
  for (const [t, table] of tables.entries()) {
    const { rows } = table
    for (let size = rows.length >> 1; size >= 1; size >>= 1)
      for (let at = 0; at < rows.length && rows.length > size; at += size)
        yield tables.with(t, withoutRows(table, at, size))
    if (table.changes) continue
    for (const [r, row] of rows.entries())
      for (const [c, value] of row.entries())
        if (value !== null && c > 0 && c < row.length - 1)
          yield tables.with(t, { ...table, rows: rows.with(r, row.with(c, null)) })
  }
}

/** A change log loses all changes of the rows. */
function withoutRows(table: QueryTable, at: number, size: number): QueryTable {
  const { rows, changes } = table
  const gone = new Set(rows.slice(at, at + size).map(row => row[0]))
  const left = { ...table, rows: rows.toSpliced(at, size) }
  return changes ? { ...left, changes: changes.filter(c => !gone.has(c.row[0])) } : left
}

/** The script, the rows that it reads, and DuckDB's query. */
export function describeCase(made: QueryCase): string {
  const script = flinkScript(made)
  const rows = made.tables
    .filter(({ name }) => script.split(name).length > 2)
    .map(t => `${t.name}: ${(t.changes ?? t.rows).map(r => JSON.stringify(r)).join(' ')}`)
  return [script, ...rows, `DuckDB: ${duckQuery(made)}`].join('\n')
}
