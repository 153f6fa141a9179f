// Runs a query on the engine, in the reference evaluator and in DuckDB, and tells how their answers differ.

import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api'
import { evaluatePlan, replaySource } from '@millrace/testing'
import {
  createConnectors,
  createSink,
  EmbeddedRunner,
  InternalError,
  type LoadedScript,
  loadScript,
  MillraceError,
  type PlanNode,
  type Row,
  type RowKindCode,
  type Value,
} from 'millrace'
import { duckText, rowText } from '../row-text.ts'
import { linesSource } from './lines-source.ts'
import { changeLines, duckQuery, duckTable, flinkScript, type QueryCase } from './query-case.ts'

const MODES = ['streaming', 'batch'] as const
type Mode = (typeof MODES)[number]

/** What went wrong; undefined: nothing. */
export interface Difference {
  readonly kind: 'rows' | 'changelog' | 'late' | 'error' | 'refused'
  readonly text: string
}

/** A DuckDB in memory. One of its optimizers makes a row of NULLs of the best row of none; it is off. */
export async function openDuck(): Promise<DuckDBConnection> {
  const options = { threads: '1', disabled_optimizers: 'top_n_window_elimination' }
  return (await DuckDBInstance.create(':memory:', options)).connect()
}

/** Compares all answers to one case. */
export async function compareAnswers(
  made: QueryCase,
  duck: DuckDBConnection,
): Promise<Difference | undefined> {
  let expected: readonly string[] | undefined
  for (const mode of MODES) {
    try {
      const { query, program } = load(made, mode)
      expected ??= await askDuck(made, query.plan, duck)
      const difference =
        (await differenceOf(made, { query, program }, expected)) ??
        referenceDifference(made, query.plan, mode, expected)
      if (difference) return { ...difference, text: `${mode}: ${difference.text}` }
    } catch (error) {
      return { kind: kindOf(error), text: `${mode}: ${textOf(error)}` }
    }
  }
  return undefined
}

const kindOf = (error: unknown): Difference['kind'] =>
  error instanceof MillraceError && !(error instanceof InternalError) && error.domain === 'user'
    ? 'refused'
    : 'error'

function textOf(error: unknown): string {
  return error instanceof MillraceError && error.domain === 'user'
    ? `${error.code}: ${error.message}`
    : String(error instanceof Error ? error.stack : error)
}

type Loaded = Pick<LoadedScript, 'program'> & { readonly query: NonNullable<LoadedScript['query']> }

function load(made: QueryCase, mode: Mode): Loaded {
  const rows = rowsByTable(made)
  const connectors = createConnectors().addSource({
    ...replaySource,
    create: context => {
      const splits = [rows.get(context.table.name) ?? []]
      const attachment = { splits, nextChunk: () => made.batchRecords }
      return replaySource.create({ ...context, table: { ...context.table, attachment } })
    },
  })
  const logs = new Map(made.tables.map(t => [t.name, changeLines(t)]))
  connectors.addSource(linesSource(name => logs.get(name) ?? ''))
  const { program, query } = loadScript(flinkScript(made), {
    name: 'case',
    connectors,
    settings: { mode, options: new Map([['bad-records', 'fail']]) },
  })
  if (!query) throw new InternalError('the script has no query')
  return { program, query }
}

/** Rows as the engine holds them: decimals scaled. */
const rowsByTable = ({ tables }: QueryCase): ReadonlyMap<string, readonly Row[]> =>
  new Map(
    tables.map(({ name, columns, rows }) => [
      name,
      rows.map(row =>
        row.map(
          (v, i): Value =>
            columns[i]?.type === 'decimal' && v !== null ? Math.round(Number(v) * 100) : v,
        ),
      ),
    ]),
  )

async function differenceOf(
  made: QueryCase,
  { query, program }: Loaded,
  expected: readonly string[],
): Promise<Difference | undefined> {
  const text = rowText(query.plan)
  const counts = new Map<string, number>()
  const broken: string[] = []
  const onChange = (kind: RowKindCode, row: Row) => {
    const key = text(row)
    const count = (counts.get(key) ?? 0) + ((kind & 1) === 1 ? -1 : 1)
    if (count < 0) broken.push(key)
    counts.set(key, count)
  }
  const sink = createSink(query.plan, {
    name: 'result',
    schema: query.columns,
    metadata: new Map(),
    primaryKey: [],
    connector: 'memory',
    options: new Map([['connector', 'memory']]),
    attachment: { onChange },
  })
  const runner = new EmbeddedRunner({ batchRecords: made.batchRecords })
  const job = await runner.start({
    ...program,
    sinks: [sink],
    settings: { ...program.settings, epochMs: 5 },
  })
  const { lateRecords } = await job.finished
  const got = [...counts].flatMap(([t, n]) => new Array<string>(Math.max(0, n)).fill(t)).sort()
  if (broken.length > 0)
    return { kind: 'changelog', text: `took back what was not there: ${broken.join(' ')}` }
  if (lateRecords > 0) return { kind: 'late', text: `${lateRecords} late rows` }
  return rowDifference('Millrace', got, expected)
}

function rowDifference(
  who: string,
  got: readonly string[],
  expected: readonly string[],
): Difference | undefined {
  if (got.length === expected.length && got.every((r, i) => r === expected[i])) return undefined
  const without = (from: readonly string[], other: readonly string[]) => {
    const left = [...from]
    for (const one of other) if (left.includes(one)) left.splice(left.indexOf(one), 1)
    return left.join('\n    ')
  }
  const text = `${who} only:\n    ${without(got, expected)}\n  DuckDB only:\n    ${without(expected, got)}`
  return { kind: 'rows', text }
}

/** The reference knows most nodes, not all. */
function referenceDifference(
  made: QueryCase,
  plan: PlanNode,
  mode: Mode,
  expected: readonly string[],
): Difference | undefined {
  const inputs = new Map([...rowsByTable(made)].map(([name, rows]) => [name, { splits: [rows] }]))
  try {
    const { rows } = evaluatePlan(plan, inputs, mode)
    return rowDifference('The reference', rows.map(rowText(plan)).sort(), expected)
  } catch (error) {
    if (error instanceof InternalError && error.message.includes('the reference')) return undefined
    throw error
  }
}

async function askDuck(
  made: QueryCase,
  plan: PlanNode,
  duck: DuckDBConnection,
): Promise<readonly string[]> {
  for (const table of made.tables) await duck.run(duckTable(table))
  const reader = await duck.runAndReadAll(duckQuery(made))
  const types = plan.schema.map(c => c.type.kind)
  return reader
    .getRows()
    .map(row => row.map((v, i) => duckText(v, types[i])).join(' | '))
    .sort()
}
