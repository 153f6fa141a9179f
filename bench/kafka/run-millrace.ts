// A script on Millrace, durable, in a process of its own. It ends with its input, or with its standard input where that has none.
//   node --import ./tools/testing/resolve-sources.ts bench/kafka/run-millrace.ts SCRIPT EPOCH_MS FOLDER

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { kafkaFactories } from '@millrace/kafka'
import { createConnectors, embeddedRunner, loadScript, setProgramHost } from 'millrace'

const [script = '', epochMs = '', folder = ''] = process.argv.slice(2)
const stateDir = mkdtempSync(join(folder, 'millrace-'))
const stopping = new AbortController()
setProgramHost({ stopping: stopping.signal, notice: text => console.log(text) })
const connectors = createConnectors()
for (const source of kafkaFactories.sources) connectors.addSource(source)
for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
try {
  const { program } = loadScript(readFileSync(script, 'utf8'), {
    name: `bench-${process.pid}`,
    connectors,
    settings: { stateDir, epochMs: Number(epochMs) },
  })
  const started = performance.now()
  const run = await embeddedRunner.start(program)
  process.stdin.once('end', () => void run.stop()).resume()
  console.log('READY')
  const { recordsRead, rowsWritten } = await run.finished
  const wallMs = performance.now() - started
  console.log(`RESULT ${JSON.stringify({ events: recordsRead, rows: rowsWritten, wallMs })}`)
} finally {
  process.stdin.destroy()
  rmSync(stateDir, { recursive: true })
}
