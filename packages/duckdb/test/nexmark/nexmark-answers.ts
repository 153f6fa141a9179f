// The rows of a Nexmark query: from Millrace, in either mode, and from DuckDB.

import type { DuckDBConnection } from '@duckdb/node-api'
import {
  createConnectors,
  EmbeddedRunner,
  type LoadedScript,
  loadFunctionModules,
  loadScript,
  type PlanNode,
} from 'millrace'
import { duckText, rowText } from '../row-text.ts'

/** The changes that a query gave, taken together. */
export interface Answer {
  readonly plan: PlanNode
  /** As texts, sorted. */
  readonly rows: readonly string[]
  readonly retractions: number
}

/** Runs a script's SELECT to the end of its input. */
export async function askMillrace(
  text: string,
  mode: 'streaming' | 'batch',
  folder: string,
): Promise<Answer> {
  const { program, query } = await load(text, mode, folder)
  if (!query) throw new Error('the script has no SELECT')
  const write = rowText(query.plan)
  const counts = new Map<string, number>()
  let retractions = 0
  for await (const { kind, row } of new EmbeddedRunner().query(program, query.plan)) {
    const isRetraction = kind === '-U' || kind === '-D'
    if (isRetraction) retractions++
    const key = write(row)
    const count = (counts.get(key) ?? 0) + (isRetraction ? -1 : 1)
    if (count < 0) throw new Error(`took back what was not there: ${key}`)
    if (count === 0) counts.delete(key)
    else counts.set(key, count)
  }
  const rows = [...counts].flatMap(([row, count]) => new Array<string>(count).fill(row)).sort()
  return { plan: query.plan, rows, retractions }
}

async function load(
  text: string,
  mode: 'streaming' | 'batch',
  folder: string,
): Promise<LoadedScript> {
  return loadScript(text, {
    name: 'nexmark',
    connectors: createConnectors(),
    functionModules: await loadFunctionModules(text, folder),
    settings: { mode, options: new Map([['bad-records', 'fail']]) },
  })
}

/** The rows of a query of DuckDB as texts like those of a plan, sorted. */
export async function askDuck(
  text: string,
  plan: PlanNode,
  duck: DuckDBConnection,
): Promise<readonly string[]> {
  const rows = (await duck.runAndReadAll(text)).getRows()
  const kinds = plan.schema.map(c => c.type.kind)
  return rows.map(row => row.map((v, i) => duckText(v, kinds[i])).join(' | ')).sort()
}
