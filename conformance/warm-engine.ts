// The engine that compare.mjs loads as a module: `millrace query` in processes that are kept.

import { resolve } from 'node:path'
import { type CaseRun, type RunOutcome, WarmProcesses } from './warm-processes.ts'

const WORKER = resolve(import.meta.dirname, 'warm-worker.ts')

const processes = new WarmProcesses([process.execPath, WORKER])

/** Runs a case; a crash is no rejection, so it is told as output that no case has. */
export async function runCase(run: CaseRun, timeoutSeconds: number): Promise<RunOutcome> {
  const outcome = await processes.run(run, timeoutSeconds)
  if (outcome.code <= 1) return outcome
  return { ...outcome, code: 0, out: `engine exit code ${outcome.code}: ${outcome.err}` }
}

/** Ends the processes. */
export function close(): void {
  processes.close()
}
