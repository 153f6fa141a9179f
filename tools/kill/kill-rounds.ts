// Kills a program again and again, lets it finish, and compares; then starts over, until enough kills have landed.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type KillPlan, describePlan, planKill, type Random } from './kill-plan.ts'
import type { KillLog } from './kill-log.ts'
import { PhaseTracker } from './phases.ts'
import { compareOutputs, type ProgramOutput, readOutput } from './program-output.ts'
import type { Scenario } from './programs/scenarios.ts'
import { runVictim } from './victim.ts'

/** Kills before a program is left alone; so many that its whole input is passed through. */
const KILLS_PER_ROUND = 20

export interface KillRoundsOptions {
  readonly scenario: Scenario
  readonly kills: number
  /** The folder with the input files. */
  readonly input: string
  readonly random: Random
  readonly log: KillLog
  /** Where all are to die; absent: as {@link planKill} has it. */
  readonly at?: string | undefined
}

/** Runs rounds of kills; everything that goes wrong is told to the log. */
export async function killRounds(options: KillRoundsOptions): Promise<void> {
  const { scenario, kills, log } = options
  const { output: expected, folder } = await runUnkilled(options)
  rmSync(folder, { recursive: true })
  const rows = [...expected.values()].reduce((sum, r) => sum + r.length, 0)
  log.say(`${scenario.name}: ${rows} rows without kills`)
  for (let landed = 0, round = 1; landed < kills; round++)
    landed += await killRound(options, round, Math.min(KILLS_PER_ROUND, kills - landed), expected)
}

async function runUnkilled(
  options: KillRoundsOptions,
): Promise<{ output: ProgramOutput; folder: string }> {
  const { scenario } = options
  const folder = newFolder(options)
  const end = await runVictim({ scenario: scenario.name, folder, replaySpeed: 0 })
  if (end.how !== 'finished') throw new Error(`${scenario.name} does not run:\n${end.output}`)
  return { output: await readOutput(folder, scenario), folder }
}

/** Gives the number of kills that landed. */
async function killRound(
  options: KillRoundsOptions,
  round: number,
  most: number,
  expected: ProgramOutput,
): Promise<number> {
  const { scenario, random, log, at } = options
  const { replaySpeed } = scenario
  const folder = newFolder(options)
  const history: string[] = []
  const fail = (problems: readonly string[]) => {
    const where = `${scenario.name}, round ${round}, kept in ${folder}`
    log.fail([where, ...problems, 'its kills:', ...history])
  }
  let landed = 0
  let isUnfinished = false
  while (landed < most) {
    const plan: KillPlan = at
      ? { kind: 'failpoint', name: at, count: 1 + Math.floor(random() * 2) }
      : planKill(random, log.killsByPhase)
    const end = await runVictim({ scenario: scenario.name, folder, replaySpeed, plan })
    if (end.how === 'finished') break
    const tracker = new PhaseTracker(isUnfinished)
    tracker.pass(end.trace)
    history.push(`${describePlan(plan)}: ${end.how} in ${tracker.phase} after ${end.trace.at(-1)}`)
    if (end.how === 'failed') {
      fail([end.output])
      return landed
    }
    landed++
    isUnfinished = tracker.isUnfinished
    log.kill(scenario.name, tracker.phase, isUnfinished, plan)
  }
  const last = await runVictim({ scenario: scenario.name, folder, replaySpeed: 0 })
  if (last.how !== 'finished') {
    fail(['after the kills it does not finish:', last.output])
    return landed
  }
  const differences = compareOutputs(expected, await readOutput(folder, scenario))
  if (differences.length > 0) fail(differences)
  else {
    log.pass(`${scenario.name}, round ${round}: equal after ${landed} kills`)
    rmSync(folder, { recursive: true })
  }
  return landed
}

function newFolder({ scenario, input }: KillRoundsOptions): string {
  const folder = mkdtempSync(join(tmpdir(), `millrace-kill-${scenario.name}-`))
  mkdirSync(folder, { recursive: true })
  symlinkSync(input, join(folder, 'input'))
  return folder
}
