// Runs one generated case on the engine and in the reference, and tells where they differ.

import {
  createConnectors,
  createFunctions,
  createRowKey,
  createSink,
  EmbeddedRunner,
  type PlanNode,
  printPlan,
  type Program,
  type ProgramSettings,
  type Row,
  type RowKindCode,
  type TableDescriptor,
} from 'millrace'
import {
  type Choices,
  evaluatePlan,
  generatePlan,
  generateTable,
  type ReferenceInput,
  replaySource,
} from '../../src/index.ts'

export interface CaseRun {
  readonly mode: 'streaming' | 'batch'
  readonly batchRecords: number
  readonly epochMs: number
}

export interface GeneratedCase {
  readonly plan: PlanNode
  readonly inputs: ReadonlyMap<string, ReferenceInput>
}

/** A plan with the rows of its tables. */
export function generateCase(
  choices: Choices,
  mode: 'streaming' | 'batch',
  readTurns: () => number = () => 0,
  makePlan: typeof generatePlan = generatePlan,
): GeneratedCase {
  const bounds = { maxRows: 40, maxSplits: 3 }
  const tables = [
    generateTable(choices, 'left', 0, bounds),
    generateTable(choices, 'right', 1000, bounds),
  ]
  const chunk = choices.pick([1, 7, 1000])
  const turn = async () => {
    for (let left = readTurns(); left > 0; left--)
      await new Promise(resolve => setImmediate(resolve))
  }
  const [left, right] = tables.map(
    ({ name, schema, splits, oneByOne }): TableDescriptor => ({
      name,
      schema,
      metadata: new Map(),
      primaryKey: [],
      connector: 'replay',
      options: new Map([['connector', 'replay']]),
      attachment: { splits, oneByOne, nextChunk: () => chunk, turn },
    }),
  ) as [TableDescriptor, TableDescriptor]
  return {
    plan: makePlan(choices, [left, right], mode),
    inputs: new Map(tables.map(t => [t.name, t])),
  }
}

export interface EngineResult {
  readonly rows: readonly string[]
  readonly late: number
  /** Changes that took back what was not there. */
  readonly broken: readonly string[]
}

const textsOf = (plan: PlanNode) => {
  const key = createRowKey(plan.schema.map(c => c.type))
  return (row: Row) => String(key(row))
}

export async function runEngine({ plan }: GeneratedCase, run: CaseRun): Promise<EngineResult> {
  const text = textsOf(plan)
  const counts = new Map<string, number>()
  const broken: string[] = []
  const onChange = (kind: RowKindCode, row: Row) => {
    const count = (counts.get(text(row)) ?? 0) + ((kind & 1) === 1 ? -1 : 1)
    if (count < 0) broken.push(text(row))
    counts.set(text(row), count)
  }
  const result: TableDescriptor = {
    name: 'result',
    schema: plan.schema,
    metadata: new Map(),
    primaryKey: [],
    connector: 'memory',
    options: new Map([['connector', 'memory']]),
    attachment: { onChange },
  }
  const settings: ProgramSettings = { mode: run.mode, epochMs: run.epochMs }
  const program: Program = {
    name: 'case',
    sinks: [createSink(plan, result)],
    connectors: createConnectors().addSource(replaySource),
    functions: createFunctions(),
    settings: { ...settings, options: new Map([['bad-records', 'fail']]) },
  }
  const job = await new EmbeddedRunner({ batchRecords: run.batchRecords }).start(program)
  const { lateRecords } = await job.finished
  const rows = [...counts].flatMap(([t, n]) => new Array<string>(Math.max(0, n)).fill(t)).sort()
  return { rows, late: lateRecords, broken }
}

export function runReference({ plan, inputs }: GeneratedCase, mode: 'streaming' | 'batch') {
  const { rows, late } = evaluatePlan(plan, inputs, mode)
  return { rows: rows.map(textsOf(plan)).sort(), late }
}

export const planText = ({ plan }: GeneratedCase): string => printPlan(plan)
