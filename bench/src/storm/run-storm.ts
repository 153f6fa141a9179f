// The storm on Millrace, durable, in a process of its own: prints what it took, and what was left.
//   npx node bench/src/storm/run-storm.ts ORDERS

import { mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  createConnectors,
  EmbeddedRunner,
  explainQueryPlan,
  loadScript,
  type Row,
  type RowKindCode,
} from '../../../packages/millrace/src/index.ts'
import { stormFiles, stormScript } from './storm-workload.ts'

export interface StormMeasurement {
  readonly wallMs: number
  readonly cpuMs: number
  readonly peakRssBytes: number
  /** Changes of the result. */
  readonly changes: number
  /** Takings back of rows that were not there. */
  readonly broken: number
  /** Of the operators together, once the input has ended. */
  readonly stateEntries: number
  readonly rows: readonly string[]
}

const files = await stormFiles(Number(process.argv[2]))
const stateDir = mkdtempSync(join(dirname(files.orders), 'state-'))
try {
  const { program, query } = loadScript(stormScript(files), {
    name: 'storm',
    connectors: createConnectors(),
    settings: { stateDir, epochMs: 200 },
  })
  if (!query) throw new Error('there is no query')
  const counts = new Map<string, number>()
  let changes = 0
  let broken = 0
  const [sink] = explainQueryPlan(program, query.plan).sinks
  const onChange = (kind: RowKindCode, row: Row) => {
    const text = row.join('|')
    const count = (counts.get(text) ?? 0) + ((kind & 1) === 1 ? -1 : 1)
    changes++
    if (count < 0) broken++
    if (count === 0) counts.delete(text)
    else counts.set(text, count)
  }
  if (!sink) throw new Error('there is no result')
  const cpu = process.cpuUsage()
  const started = performance.now()
  const run = await new EmbeddedRunner().start({
    ...program,
    sinks: [{ ...sink, table: { ...sink.table, attachment: { onChange } } }],
  })
  await run.finished
  const { user, system } = process.cpuUsage(cpu)
  const measurement: StormMeasurement = {
    wallMs: performance.now() - started,
    cpuMs: (user + system) / 1000,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    changes,
    broken,
    stateEntries: run.job.plan.operators.reduce((sum, o) => sum + o.stats().stateEntries, 0),
    rows: [...counts.keys()].sort(),
  }
  console.log(JSON.stringify(measurement))
} finally {
  rmSync(stateDir, { recursive: true })
}
