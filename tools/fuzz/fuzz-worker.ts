// Takes damaged statements through parser, binder, optimizer, planner and code generator, and runs a few.

import { parentPort, workerData } from 'node:worker_threads'
import {
  createConnectors,
  embeddedRunner,
  explainQueryPlan,
  type LoadedScript,
  loadScript,
  MillraceError,
} from 'millrace'
import { damagedScript } from './damage-script.ts'
import { readSeedScripts } from './seed-scripts.ts'

export interface FuzzTask {
  readonly from: number
  readonly to: number
  readonly seed: number
  readonly runEvery: number
  readonly show: boolean
}

export interface FuzzFailure {
  readonly number: number
  readonly text: string
  readonly problem: string
}

export type FuzzProgress =
  | { readonly kind: 'begin'; readonly number: number; readonly text: string }
  | { readonly kind: 'outcome'; readonly outcome: 'compiled' | 'refused' | 'ran' }
  | { readonly kind: 'failure'; readonly failure: FuzzFailure }
  | { readonly kind: 'end' }

const RUN_MS = 5_000
/** A message is for people: it has a beginning, and an end. */
const MESSAGE = /^\S[\s\S]{4,4000}$/

const task = workerData as FuzzTask
const post = (progress: FuzzProgress) => parentPort?.postMessage(progress)
const scripts = readSeedScripts()
let compiled = 0
for (let number = task.from; number < task.to; number++) {
  const text = damagedScript(scripts, task.seed, number)
  if (task.show) console.log(text)
  // One message for many: the watchdog needs a sign of life, not all of them.
  post({ kind: 'begin', number, text })
  const problem = await attempt(number, text)
  if (problem !== undefined) post({ kind: 'failure', failure: { number, text, problem } })
}
post({ kind: 'end' })

/** What is wrong, if anything is. */
async function attempt(number: number, text: string): Promise<string | undefined> {
  try {
    const script = loadScript(text, { name: `fuzz-${number}`, connectors: createConnectors() })
    const { program, query } = script
    const explained = query ? explainQueryPlan(program, query.plan) : program
    if (explained.sinks.length > 0) embeddedRunner.explain(explained, { code: true })
    post({ kind: 'outcome', outcome: 'compiled' })
    if (query && compiled++ % task.runEvery === 0) await run(script)
    return undefined
  } catch (error) {
    post({ kind: 'outcome', outcome: 'refused' })
    return problemWith(error)
  }
}

async function run({ program, query }: LoadedScript): Promise<void> {
  if (!query) return
  const stop = AbortSignal.timeout(RUN_MS)
  let rows = 0
  const changes = embeddedRunner.query({ ...program, sinks: [] }, query.plan, { signal: stop })
  for await (const _ of changes) if (++rows > 100_000) break
  post({ kind: 'outcome', outcome: 'ran' })
}

/** Any error but one that tells the user what to do about it. */
function problemWith(error: unknown): string | undefined {
  if (error instanceof MillraceError && error.domain !== 'internal')
    return MESSAGE.test(error.message)
      ? undefined
      : `has the message ${JSON.stringify(error.message)}`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
