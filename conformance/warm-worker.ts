// A process of warm-engine.ts: runs `millrace query` for each line on stdin, by the protocol of warm-processes.ts.

import { createInterface } from 'node:readline'
import { COMMAND_LINE, queryArguments } from './query-command.ts'
import { type CaseRun, END_OF_RUN } from './warm-processes.ts'

type CommandLine = typeof import('../packages/cli/src/command-line.ts')

const { runCommandLine } = (await import(COMMAND_LINE)) as CommandLine
for await (const line of createInterface({ input: process.stdin })) {
  const { file, mode } = JSON.parse(line) as CaseRun
  const code = await runCommandLine(queryArguments(file, mode))
  process.stderr.write(`${END_OF_RUN}\n`)
  process.stdout.write(`${END_OF_RUN}${code}\n`)
}
