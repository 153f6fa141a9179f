// One query on Millrace, durable, in a process of its own: prints what it took.
//   npx node bench/src/nexmark/run-millrace.ts QUERY FILE

import { mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  createConnectors,
  embeddedRunner,
  loadScript,
} from '../../../packages/millrace/src/index.ts'
import { type NexmarkQuery, nexmarkScript } from './nexmark-queries.ts'
import { startMeasurement } from './nexmark-measurement.ts'

const [query, path] = process.argv.slice(2) as [NexmarkQuery, string]
const stateDir = mkdtempSync(join(dirname(path), 'state-'))
try {
  const finish = startMeasurement()
  const { program } = loadScript(nexmarkScript(query, path), {
    name: `nexmark-${query}`,
    connectors: createConnectors(),
    settings: { stateDir, epochMs: 200 },
  })
  const run = await embeddedRunner.start(program)
  const result = await run.finished
  finish(result.recordsRead, result.rowsWritten)
} finally {
  rmSync(stateDir, { recursive: true })
}
