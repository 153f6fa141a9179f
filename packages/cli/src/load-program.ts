// The program of a file, looked at without being run.

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  embeddedRunner,
  explainQueryPlan,
  type Program,
  type Runner,
  type RunResult,
  setProgramHost,
} from 'millrace'
import { loadScriptFile } from './load-script.ts'
import { UsageError } from './usage-error.ts'

/**
 * Programs that a file would run: of a script all its INSERTs, with its last SELECT; of TypeScript each that it starts. The module is
 * executed, but what it starts ends at once.
 *
 * @throws {UsageError} when there is none
 */
export async function loadPrograms(file: string): Promise<readonly Program[]> {
  if (!existsSync(file)) throw new UsageError(`There is no file ${file}.`)
  const programs = file.endsWith('.sql') ? [await programOf(file)] : await programsOf(file)
  if (programs.every(p => p.sinks.length === 0))
    throw new UsageError(
      `${file} runs nothing: it has no INSERT and no SELECT, or starts no program.`,
    )
  return programs
}

async function programOf(file: string): Promise<Program> {
  const { program, query } = await loadScriptFile(file, {})
  return query ? explainQueryPlan(program, query.plan) : program
}

async function programsOf(file: string): Promise<readonly Program[]> {
  const programs: Program[] = []
  setProgramHost({ runner: examiner(programs) })
  try {
    await import(pathToFileURL(resolve(file)).href)
  } finally {
    setProgramHost(undefined)
  }
  return programs
}

/** Notes programs down instead of running them: they end as if they had been stopped at once, queries have no rows. */
function examiner(programs: Program[]): Runner {
  return {
    async start(program) {
      programs.push(program)
      const finished = Promise.resolve(NOTHING)
      return { name: program.name, finished, stop: () => finished }
    },
    async *query(program, plan) {
      programs.push(explainQueryPlan({ ...program, sinks: [] }, plan))
      yield* []
    },
    explain: (program, options) => embeddedRunner.explain(program, options),
  }
}

const NOTHING: RunResult = {
  outcome: 'stopped',
  recordsRead: 0,
  rowsWritten: 0,
  lateRecords: 0,
  deadLetters: 0,
  elapsedMs: 0,
}
