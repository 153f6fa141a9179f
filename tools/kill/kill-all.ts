// All scenarios, beside one another.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KillLog } from './kill-log.ts'
import { killRounds } from './kill-rounds.ts'
import { BURST_MS, randomOf, writeFlightEvents } from './programs/flight-events.ts'
import { SCENARIOS } from './programs/scenarios.ts'

/** Real time between two bursts of events. */
const BURST_EVERY_MS = 40
const BURSTS = 250
const DEPARTURES_PER_BURST = 80

export interface KillAllOptions {
  readonly kills: number
  readonly seed: number
  /** The name of the only scenario to run. */
  readonly only: string | undefined
}

/** Gives the exit code. */
export async function killAll({ kills, seed, only }: KillAllOptions): Promise<number> {
  const log = new KillLog(line => console.log(line))
  const input = mkdtempSync(join(tmpdir(), 'millrace-kill-input-'))
  const options = { folder: input, bursts: BURSTS, departuresPerBurst: DEPARTURES_PER_BURST, seed }
  await writeFlightEvents(options)
  const scenarios = SCENARIOS.filter(s => only === undefined || s.name === only)
  const all = scenarios.reduce((sum, s) => sum + s.share, 0)
  try {
    await Promise.all(
      scenarios.map((scenario, i) =>
        killRounds({
          scenario,
          kills: Math.ceil((kills * scenario.share) / all),
          input,
          replaySpeed: BURST_MS / BURST_EVERY_MS,
          random: randomOf(seed + i),
          log,
        }).catch(error => log.fail([scenario.name, String(error)])),
      ),
    )
  } finally {
    rmSync(input, { recursive: true })
  }
  return log.conclude()
}
