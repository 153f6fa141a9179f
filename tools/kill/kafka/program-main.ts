// The process that is killed: runs a script until it is asked to stop.
// Arguments: script file, the program's name, state folder.

import { readFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { createConnectors, EmbeddedRunner, loadScript, setProgramHost } from 'millrace'
import { kafkaFactories } from '@millrace/kafka'

/** Short, so that there are many. */
const EPOCH_MS = 50

// Nobody is left who would end it.
process.stdin.once('end', () => process.exit(1)).resume()
;(process.stdin as Socket).unref()

const [script = '', name = '', stateDir = ''] = process.argv.slice(2)
const stopping = new AbortController()
setProgramHost({
  stopping: stopping.signal,
  notice: text => console.log(text),
})
const connectors = createConnectors()
for (const source of kafkaFactories.sources) connectors.addSource(source)
for (const sink of kafkaFactories.sinks) connectors.addSink(sink)
const { program } = loadScript(readFileSync(script, 'utf8'), {
  name,
  connectors,
  settings: { stateDir, epochMs: EPOCH_MS, options: new Map([['bad-records', 'fail']]) },
})
const starting = new EmbeddedRunner().start(program)
process.once('SIGTERM', () => {
  stopping.abort()
  void starting.then(run => run.stop())
})
const run = await starting
await run.finished
