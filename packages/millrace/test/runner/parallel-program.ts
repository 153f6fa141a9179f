// A program for the tests of parallel operators: run as a process of its own, its workers import it again.
//
//   node parallel-program.ts <input> <output folder> <parallelism> [state folder] [stop after records]

import { EmbeddedRunner } from '../../src/runner/embedded-runner.ts'
import { events, fileTable, grouped, program, sinkTo, table, windowed } from '../support/engine.ts'

const [input = '', output = '', parallelism = '1', stateDir = '', stopAfter = ''] =
  process.argv.slice(2)
const source = events(
  fileTable('t', input, stopAfter === '' ? {} : { 'source.rate-limit': '5000' }),
  300,
)
const windows = windowed(source, { kind: 'hop', sizeMs: 3000, slideMs: 1000, offsetMs: 0 })
const sinks = [
  sinkTo(windows, fileTable('windows', output)),
  sinkTo(grouped(source), table('groups', 'blackhole', {})),
]
const settings = {
  parallelism: Number(parallelism),
  epochMs: 10,
  ...(stateDir === '' ? {} : { stateDir }),
}
const run = await new EmbeddedRunner().start(program('parallel', settings, sinks))
if (stopAfter !== '') {
  const before = run.job.recordsRead
  const watch = setInterval(() => {
    if (run.job.recordsRead - before >= Number(stopAfter)) void run.stop()
  }, 5)
  run.finished.finally(() => clearInterval(watch))
}
const { outcome, lateRecords, rowsWritten } = await run.finished
const operators = run.job.operators.map(o => o.stats())
console.log(JSON.stringify({ outcome, lateRecords, rowsWritten, operators }))
