// millrace explain: prints the plans of a script.

import { parseArgs } from 'node:util'
import { embeddedRunner, explainQueryPlan } from 'millrace'
import { modeOf, parseOptions } from './command-options.ts'
import { loadScriptFile } from './load-script.ts'
import { UsageError } from './usage-error.ts'

export async function explainCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        file: { type: 'string' },
        code: { type: 'boolean' },
        sql: { type: 'boolean' },
        mode: { type: 'string' },
      },
    }),
  )
  const file = values.file ?? positionals[0]
  if (file === undefined) throw new UsageError('Name the script: millrace explain <file.sql>.')
  const mode = modeOf(values.mode)
  const { program, query } = await loadScriptFile(file, mode ? { mode } : {})
  const explained = query ? explainQueryPlan(program, query.plan) : program
  process.stdout.write(
    embeddedRunner.explain(explained, {
      code: values.code === true,
      sql: values.sql === true,
    }),
  )
  return 0
}
