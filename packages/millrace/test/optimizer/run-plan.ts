// Runs a plan as it is, without the optimizer, and folds its changes into the final rows.

import { PhysicalPlanner } from '../../src/compiler/planner/physical-planner.ts'
import { createSink } from '../../src/plan/create-node.ts'
import type { PlanNode, SinkNode } from '../../src/plan/node.ts'
import { createBuiltInRegistry } from '../../src/runner/built-in-registry.ts'
import { KeyLookups } from '../../src/runner/lookups/key-lookups.ts'
import { LookupTables } from '../../src/runner/lookups/lookup-tables.ts'
import { EmbeddedJob } from '../../src/runner/embedded-job.ts'
import { nodePorts } from '../../src/runner/node-ports.ts'
import type { Row, RowKindCode } from '../../src/types/value.ts'
import { environment, table } from './plan-fixture.ts'

export type Mode = 'streaming' | 'batch'

const connectors = createBuiltInRegistry()

/** A statement that collects its result. */
export interface Collected {
  readonly sink: SinkNode
  /** The rows that are left after all changes, as sorted texts. */
  result(): readonly string[]
}

export function collect(plan: PlanNode, name = 'result'): Collected {
  const counts = new Map<string, number>()
  const onChange = (kind: RowKindCode, row: Row): void => {
    const text = JSON.stringify(row)
    const count = (counts.get(text) ?? 0) + (kind === 0 || kind === 2 ? 1 : -1)
    if (count === 0) counts.delete(text)
    else counts.set(text, count)
  }
  const sink = createSink(plan, { ...table(name, plan.schema), attachment: { onChange } })
  return { sink, result: () => [...counts].map(([text, n]) => `${n} × ${text}`).sort() }
}

export async function runStatements(sinks: readonly SinkNode[], mode: Mode): Promise<void> {
  const { functions } = environment
  const program = { name: 'plans', sinks, connectors, functions, settings: { mode } }
  const planned = new PhysicalPlanner(mode, connectors).planProgram(sinks)
  const ports = nodePorts()
  const job = new EmbeddedJob({
    boundedInput: false,
    program,
    sinks: planned,
    ports,
    backend: undefined,
    badRecords: 'fail',
    writesLetters: false,
    lookupTables: await LookupTables.load(planned, program, ports, async () => []),
    keyLookups: new KeyLookups(),
    batchRecords: 1000,
    print: () => {},
    parallelism: 1,
  })
  await job.open()
  try {
    await job.run()
  } finally {
    await job.close()
  }
}
