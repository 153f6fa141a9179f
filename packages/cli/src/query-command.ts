// millrace query: runs a script's DDL and prints the changes, or the final rows, of its last SELECT.

import { parseArgs } from 'node:util'
import { embeddedRunner, type ProgramSettings } from 'millrace'
import { loadScriptFile } from './load-script.ts'
import { printResults } from './print-results.ts'
import { createPrinter, type OutputFormat } from './result-printer.ts'
import { modeOf, parseOptions } from './command-options.ts'
import { UsageError } from './usage-error.ts'

const OUTPUTS: readonly OutputFormat[] = ['table', 'ndjson', 'csv']

export async function queryCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        file: { type: 'string' },
        mode: { type: 'string' },
        output: { type: 'string' },
        types: { type: 'boolean', default: false },
        'state-dir': { type: 'string' },
      },
    }),
  )
  const file = values.file ?? positionals[0]
  if (file === undefined) throw new UsageError('Name the script: millrace query --file <f.sql>.')
  const output = (values.output ?? 'table') as OutputFormat
  if (!OUTPUTS.includes(output))
    throw new UsageError(`--output is one of ${OUTPUTS.join(', ')}, not "${output}".`)
  if (values.types && output !== 'ndjson')
    throw new UsageError(
      '--types goes with --output ndjson: its first line then names the columns.',
    )
  const mode = modeOf(values.mode)
  const settings: ProgramSettings = {
    ...(mode && { mode }),
    ...(values['state-dir'] !== undefined && { stateDir: values['state-dir'] }),
  }
  const script = await loadScriptFile(file, settings)
  const { program, query } = script
  if (!query && script.results.length === 0)
    throw new UsageError(`${file} has no SELECT to print; use "millrace run" for its INSERTs.`)
  await printResults(script, output)
  if (!query || (output !== 'table' && !script.endsWithQuery)) return 0
  const stop = new AbortController()
  const onSignal = () => stop.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  const printer = createPrinter(
    output,
    query.columns,
    process.stdout,
    program.settings.mode ?? 'streaming',
  )
  try {
    if (values.types) await printer.printColumns?.()
    for await (const change of embeddedRunner.query(program, query.plan, { signal: stop.signal }))
      await printer.print(change)
    await printer.end()
  } catch (error) {
    await printer.flush()
    throw error
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
  return 0
}
