// Builds small programs from plan nodes and runs them on the embedded runner.

import { writeFile } from 'node:fs/promises'
import { createBuiltInRegistry as createFunctions } from '../../src/functions/built-in.ts'
import { createAggregateCall, createCall, createLiteral } from '../../src/plan/create-expression.ts'
import {
  columnAt,
  createAggregate,
  createFilter,
  createScan,
  createSink,
  createWatermark,
  createWindow,
} from '../../src/plan/create-node.ts'
import type { PlanNode, WindowSpec } from '../../src/plan/node.ts'
import type { Program, ProgramSettings } from '../../src/plan/program.ts'
import type { Change } from '../../src/plan/runner-port.ts'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { EmbeddedRunner, type EmbeddedRunnerOptions } from '../../src/runner/embedded-runner.ts'
import { notNull, types } from '../../src/types/data-type.ts'
import type { TableDescriptor } from '../../src/types/table-descriptor.ts'

export const environment = { functions: createFunctions(), session: { timeZone: 'UTC' } }

/** Events `{k, v, ts}`: some keys, a counter, event times 100 ms apart with disorder. */
export interface Event {
  readonly k: string
  readonly v: number
  readonly ts: string
}

export const START_MS = Date.UTC(2024, 2, 1, 12)

export function event(k: string, v: number, atMs: number): Event {
  return { k, v, ts: new Date(START_MS + atMs).toISOString().replace('T', ' ').replace('Z', '') }
}

export async function writeLines(path: string, lines: readonly unknown[]): Promise<void> {
  const text = lines.map(l => (typeof l === 'string' ? l : JSON.stringify(l))).join('\n')
  await writeFile(path, `${text}\n`)
}

export function table(
  name: string,
  connector: string,
  options: Readonly<Record<string, string>>,
  more: Partial<TableDescriptor> = {},
): TableDescriptor {
  return {
    name,
    schema: [
      { name: 'k', type: types.string },
      { name: 'v', type: types.bigint },
      { name: 'ts', type: types.timestamp(3) },
    ],
    metadata: new Map(),
    primaryKey: [],
    connector,
    options: new Map(Object.entries({ connector, ...options })),
    ...more,
  }
}

export const fileTable = (name: string, path: string, options = {}): TableDescriptor =>
  table(name, 'filesystem', { path, format: 'json', ...options })

/** The table with its watermark `ts - delayMs`. */
export function events(descriptor: TableDescriptor, delayMs: number): PlanNode {
  const scan = createScan(descriptor)
  const delay = createLiteral(delayMs, notNull(types.intervalDay()))
  return createWatermark(scan, 2, createCall(environment, '-', [columnAt(scan, 2), delay]))
}

export function where(input: PlanNode, column: number, op: string, value: number): PlanNode {
  const literal = createLiteral(value, notNull(types.int))
  return createFilter(input, createCall(environment, op, [columnAt(input, column), literal]))
}

const keyOf = (input: PlanNode, index: number) => ({
  name: input.schema[index]?.name ?? '',
  expression: columnAt(input, index),
})

const countAndSum = (input: PlanNode) => [
  createAggregateCall(environment, { name: 'n', function: 'COUNT', args: [] }),
  createAggregateCall(environment, { name: 's', function: 'SUM', args: [columnAt(input, 1)] }),
]

/** Count and sum per key and window. */
export function windowed(input: PlanNode, window: WindowSpec): PlanNode {
  const w = createWindow(input, 2, window)
  return createAggregate(
    w,
    [0, 3, 4].map(i => keyOf(w, i)),
    countAndSum(w),
  )
}

/** Count and sum per key. */
export function grouped(input: PlanNode): PlanNode {
  return createAggregate(input, [keyOf(input, 0)], countAndSum(input))
}

export function sinkTo(plan: PlanNode, descriptor: TableDescriptor) {
  return createSink(plan, { ...descriptor, schema: plan.schema })
}

export function program(
  name: string,
  settings: ProgramSettings = {},
  sinks: Program['sinks'] = [],
): Program {
  return {
    name,
    sinks,
    connectors: createBuiltInRegistry(),
    functions: environment.functions,
    settings,
  }
}

/** All changes of a query. */
export async function changesOf(
  plan: PlanNode,
  settings: ProgramSettings = {},
  options: EmbeddedRunnerOptions = {},
): Promise<Change[]> {
  const changes: Change[] = []
  for await (const change of new EmbeddedRunner(options).query(program('query', settings), plan))
    changes.push(change)
  return changes
}

/** The rows that are left of a changelog, as sorted texts. */
export function finalRows(changes: readonly Change[]): string[] {
  const counts = new Map<string, number>()
  for (const { kind, row } of changes) {
    const text = row.join('|')
    counts.set(text, (counts.get(text) ?? 0) + (kind === '-U' || kind === '-D' ? -1 : 1))
  }
  return [...counts].flatMap(([text, n]) => Array.from({ length: n }, () => text)).sort()
}
