// What a program has left: the tables of its warehouse, the rows of its files.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openWarehouse } from '../../packages/duckdb/src/warehouse.ts'
import type { Scenario } from './programs/scenarios.ts'

/** Rows as text by the name of what holds them; rows without an order are sorted. */
export type ProgramOutput = ReadonlyMap<string, readonly string[]>

export async function readOutput(folder: string, scenario: Scenario): Promise<ProgramOutput> {
  const output = new Map<string, readonly string[]>()
  const warehouse = await openWarehouse(join(folder, 'warehouse.duckdb'))
  try {
    const tables = await warehouse.query(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'main' ORDER BY 1",
    )
    for (const { name } of tables) {
      if (String(name).startsWith('_')) continue
      const rows = await warehouse.query(`SELECT to_json(x)::VARCHAR AS row FROM "${name}" AS x`)
      output.set(`table ${name}`, rows.map(r => String(r['row'])).toSorted())
    }
  } finally {
    await warehouse.close()
  }
  for (const { path, isOrdered } of scenario.files) {
    const rows = rowsOf(join(folder, path))
    output.set(path, isOrdered ? rows : rows.toSorted())
  }
  return output
}

/** The rows of a file, or of a folder's files by number. A file that was never published is a row of its own: it must not be there. */
function rowsOf(path: string): string[] {
  if (!existsSync(path)) return [`${path} is missing`]
  if (!statSync(path).isDirectory()) return linesOf(path)
  return readdirSync(path)
    .toSorted((a, b) => partNumber(a) - partNumber(b))
    .flatMap(name => (name.startsWith('.') ? [`left over: ${name}`] : linesOf(join(path, name))))
}

const partNumber = (name: string): number => Number(/-(\d+)$/.exec(name)?.[1] ?? -1)
const linesOf = (path: string): string[] => readFileSync(path, 'utf8').split(/(?<=\n)/)

/** The differences, a line for each table or file that is not as expected; none: equal. */
export function compareOutputs(expected: ProgramOutput, actual: ProgramOutput): string[] {
  const names = new Set([...expected.keys(), ...actual.keys()])
  return [...names].flatMap(name => {
    const wanted = expected.get(name) ?? []
    const found = actual.get(name) ?? []
    if (wanted.length === found.length && wanted.every((row, i) => row === found[i])) return []
    const lost = surplus(wanted, found)
    const doubled = surplus(found, wanted)
    if (lost.length + doubled.length === 0) return [`${name}: the rows are in another order`]
    return [
      `${name}: ${lost.length} lost, ${doubled.length} too many or wrong, of ${wanted.length}`,
      ...lost.slice(0, 3).map(row => `  lost: ${row}`),
      ...doubled.slice(0, 3).map(row => `  too many: ${row}`),
    ]
  })
}

/** Rows of `a` that are not in `b`, as often as they are too many. */
function surplus(a: readonly string[], b: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const row of b) counts.set(row, (counts.get(row) ?? 0) + 1)
  return a.filter(row => {
    const left = counts.get(row) ?? 0
    counts.set(row, left - 1)
    return left <= 0
  })
}
