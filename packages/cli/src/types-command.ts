// millrace types: writes the row types of a script's views and queries beside it.

import { readFile, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { scriptTypes } from 'millrace'
import { parseOptions } from './command-options.ts'
import { prepareScript } from './load-script.ts'
import { UsageError } from './usage-error.ts'

export async function typesCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { output: { type: 'string' }, check: { type: 'boolean' } },
    }),
  )
  const [file] = positionals
  if (file === undefined) throw new UsageError('Name the script: millrace types <file.sql>.')
  const output = values.output ?? `${file}.d.ts`
  const { text, options } = await prepareScript(file, { baseFolder: dirname(file) })
  const types = scriptTypes(text, options, basename(file))
  const before = await readFile(output, 'utf8').catch(() => undefined)
  if (values.check) {
    if (before === types) return 0
    throw new UsageError(`${output} is not up to date: run "millrace types ${file}".`)
  }
  if (before !== types) await writeFile(output, types)
  process.stdout.write(`${output}\n`)
  return 0
}
