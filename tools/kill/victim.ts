// Starts a process, kills it as planned, and tells how it ended and where it was.

import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type KillPlan, LONGEST_LIFE_MS } from './kill-plan.ts'

export interface VictimOptions {
  readonly scenario: string
  readonly folder: string
  readonly replaySpeed: number
  /** Absent: it may run to its end. */
  readonly plan?: KillPlan
}

export interface VictimEnd {
  /** `finished`: by itself; `failed`: by itself, with an error, or not at all. */
  readonly how: 'killed' | 'finished' | 'failed'
  /** The failpoints that it had passed, in order. */
  readonly trace: readonly string[]
  readonly output: string
}

/** A process that has not ended by then hangs. */
const LIVENESS_MS = 60_000
const here = (name: string): string => resolve(import.meta.dirname, name)

/** Runs a process until it ends or is killed. */
export async function runVictim(options: VictimOptions): Promise<VictimEnd> {
  const { scenario, folder, replaySpeed, plan } = options
  const traceFile = join(folder, 'trace')
  rmSync(traceFile, { force: true })
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      '--import',
      here('../testing/resolve-sources.ts'),
      here('victim-main.ts'),
      scenario,
      folder,
      `${replaySpeed}`,
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        MILLRACE_FAILPOINT_TRACE: traceFile,
        MILLRACE_FAILPOINT: plan?.kind === 'failpoint' ? `${plan.name}:${plan.count}` : '',
      },
    },
  )
  const output: string[] = []
  let timer: NodeJS.Timeout | undefined
  const killAfter = (ms: number) => {
    timer ??= setTimeout(kill, ms)
  }
  child.stdout.on('data', bytes => {
    output.push(String(bytes))
    // It says that its job is open.
    if (plan) killAfter(plan.kind === 'time' ? plan.afterMs : LONGEST_LIFE_MS)
  })
  child.stderr.on('data', bytes => output.push(String(bytes)))
  let hangs = false
  const kill = () => child.kill('SIGKILL')
  const deadline = setTimeout(() => {
    hangs = true
    output.push(`it had not ended after ${LIVENESS_MS} ms\n`)
    kill()
  }, LIVENESS_MS)
  if (plan?.kind === 'time' && plan.since === 'start') killAfter(plan.afterMs)
  const [code, signal] = await new Promise<[number | null, string | null]>(done =>
    child.once('close', (...end) => done(end)),
  )
  clearTimeout(deadline)
  clearTimeout(timer)
  const how = !hangs && signal === 'SIGKILL' ? 'killed' : code === 0 ? 'finished' : 'failed'
  return { how, trace: readTrace(traceFile), output: output.join('') }
}

/** The process may have died before it could open the file. */
function readTrace(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean)
  } catch {
    return []
  }
}
