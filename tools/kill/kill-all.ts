// All scenarios, beside one another.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KillLog } from './kill-log.ts'
import { killRounds } from './kill-rounds.ts'
import { randomOf } from './programs/flight-events.ts'
import { SCENARIOS } from './programs/scenarios.ts'

export interface KillAllOptions {
  readonly kills: number
  readonly seed: number
  /** The name of the only scenario to run. */
  readonly only: string | undefined
  /** The failpoint at which all are to die. */
  readonly at: string | undefined
}

/** Gives the exit code. */
export async function killAll({ kills, seed, only, at }: KillAllOptions): Promise<number> {
  const log = new KillLog(line => console.log(line))
  const scenarios = SCENARIOS.filter(s => only === undefined || s.name === only)
  const all = scenarios.reduce((sum, s) => sum + s.share, 0)
  await Promise.all(
    scenarios.map(async (scenario, i) => {
      const input = mkdtempSync(join(tmpdir(), 'millrace-kill-input-'))
      const share = Math.ceil((kills * scenario.share) / all)
      try {
        await scenario.writeInput(input, seed)
        await killRounds({ scenario, kills: share, input, random: randomOf(seed + i), log, at })
      } catch (error) {
        log.fail([scenario.name, String(error)])
      } finally {
        rmSync(input, { recursive: true })
      }
    }),
  )
  return log.conclude()
}
