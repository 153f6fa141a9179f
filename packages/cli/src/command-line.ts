// A command line of Millrace: dispatches to its commands and turns errors into messages and exit codes.
//
// Exit codes: 0 done, 1 an error of the user or of the outside (message with place and remedy, no stack), 2 an internal error, 3 a limit
// that was given is exceeded.

import { dlqCommand } from './dlq-command.ts'
import { explainCommand } from './explain-command.ts'
import { HELP } from './help.ts'
import { kafkaCommand } from './kafka-command.ts'
import { lagCommand } from './lag-command.ts'
import { queryCommand } from './query-command.ts'
import { report } from './report-error.ts'
import { runCommand } from './run-command.ts'
import { typesCommand } from './types-command.ts'
import { UsageError } from './usage-error.ts'

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  run: runCommand,
  query: queryCommand,
  explain: explainCommand,
  types: typesCommand,
  kafka: kafkaCommand,
  lag: lagCommand,
  dlq: dlqCommand,
}

/** Runs `millrace ...args` in this process, with its standard streams; resolves to the exit code and never rejects. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  try {
    return await dispatch(args)
  } catch (error) {
    return await report(error)
  }
}

async function dispatch([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(HELP)
    return 0
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command)
    throw new UsageError(
      `There is no command "${name}". Commands: ${Object.keys(COMMANDS).join(', ')}.`,
    )
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(HELP)
    return 0
  }
  return command(args)
}
