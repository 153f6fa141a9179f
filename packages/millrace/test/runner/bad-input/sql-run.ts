// Runs SQL scripts on the embedded runner, as the command line does.

import type { ProgramSettings } from '../../../src/plan/program.ts'
import type { RunControl, RunResult } from '../../../src/plan/runner-port.ts'
import { createBuiltInRegistry } from '../../../src/runner/built-in-registry.ts'
import {
  type EmbeddedRun,
  EmbeddedRunner,
  type EmbeddedRunnerOptions,
} from '../../../src/runner/embedded-runner.ts'
import { loadScript } from '../../../src/runner/load-script.ts'
import type { DeadLetter } from '../../../src/connector/dead-letter.ts'
import { MillraceError } from '../../../src/types/errors.ts'

export interface SqlRun extends RunResult {
  readonly letters: readonly DeadLetter[]
}

const load = (text: string, settings: ProgramSettings) =>
  loadScript(text, { name: 'script', connectors: createBuiltInRegistry(), settings })

/** Starts a script's INSERTs. */
export function startSql(
  text: string,
  settings: ProgramSettings,
  control: RunControl = {},
): Promise<EmbeddedRun> {
  return new EmbeddedRunner().start(load(text, settings).program, control)
}

/** Runs a script's INSERTs to the end of their input. */
export async function runSql(
  text: string,
  settings: ProgramSettings = {},
  options: EmbeddedRunnerOptions = {},
): Promise<SqlRun> {
  const run = await new EmbeddedRunner(options).start(load(text, settings).program)
  return { ...(await run.finished), letters: run.job.letters.recent }
}

/** The rows of a script's last SELECT, in batch mode. */
export async function rowsOf(text: string): Promise<(readonly unknown[])[]> {
  const { program, query } = load(text, { mode: 'batch' })
  if (!query) throw new Error('the script has no SELECT')
  const rows: (readonly unknown[])[] = []
  for await (const { row } of new EmbeddedRunner().query(program, query.plan)) rows.push(row)
  return rows
}

/** The error that `run` ends with, as a user reads it. */
export async function messageOf(run: Promise<unknown>): Promise<string> {
  try {
    await run
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error
    return `${error.code}: ${error.message} ${error.remedy}`
  }
  throw new Error('it did not fail')
}
