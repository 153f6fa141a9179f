// millrace run: runs a TypeScript or SQL program with a page beside it, until its input ends or Ctrl-C.

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { embeddedRunner, type ProgramSettings } from 'millrace'
import { modeOf, parseOptions } from './command-options.ts'
import { hostPrograms } from './host.ts'
import { loadScriptFile } from './load-script.ts'
import { PAGE_OPTIONS, pageOptions } from './page-options.ts'
import { printResults } from './print-results.ts'
import { UsageError } from './usage-error.ts'

export async function runCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'state-dir': { type: 'string' },
        fresh: { type: 'boolean' },
        'allow-orphaned-state': { type: 'boolean' },
        mode: { type: 'string' },
        ...PAGE_OPTIONS,
      },
    }),
  )
  const [file] = positionals
  if (file === undefined) throw new UsageError('Name the program: millrace run <file.ts|file.sql>.')
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`)
  const mode = modeOf(values.mode)
  const settings: ProgramSettings = {
    ...(mode && { mode }),
    ...(values['state-dir'] !== undefined && { stateDir: resolve(values['state-dir']) }),
    ...(values.fresh && { fresh: true }),
    ...(values['allow-orphaned-state'] && { allowOrphanedState: true }),
  }
  const server = pageOptions(values)
  const host = hostPrograms({ settings, ...(server && { server }) })
  try {
    if (file.endsWith('.sql')) {
      const script = await loadScriptFile(file, settings)
      const { program } = script
      await printResults(script, 'table')
      if (program.sinks.length === 0 && script.results.length > 0 && !script.query) return 0
      if (program.sinks.length === 0)
        throw new UsageError(`${file} has no INSERT to run; use "millrace query" for its SELECT.`)
      const job = await embeddedRunner.start(program)
      await job.finished
    } else await import(pathToFileURL(resolve(file)).href)
    await host.finished()
    return 0
  } finally {
    await host.close()
  }
}
