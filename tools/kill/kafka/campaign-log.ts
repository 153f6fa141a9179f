// What a run of campaigns did to its programs, and whether it proves anything.

import { KAFKA_PHASES, type KafkaPhase } from './kafka-phases.ts'
import { KillShares, LEAST_KILLS_TO_JUDGE } from './kill-shares.ts'

export const STEPS = ['kill', 'lost disk', 'zombie', 'fault', 'broker kill'] as const
export type Step = (typeof STEPS)[number]

export class CampaignLog {
  readonly kills = new KillShares()
  readonly #print: (line: string) => void
  readonly #done = new Map<Step, number>()
  readonly #failures: string[] = []
  #comparisons = 0

  constructor(print: (line: string) => void) {
    this.#print = print
  }

  say(line: string): void {
    this.#print(line)
  }

  /** A process was ended by SIGKILL. */
  killed(phase: KafkaPhase, isUnfinished: boolean): void {
    this.kills.add(phase, isUnfinished)
  }

  /** A step had its effect, and the program went on. */
  done(step: Step): void {
    this.#done.set(step, (this.#done.get(step) ?? 0) + 1)
  }

  equal(line: string): void {
    this.#comparisons++
    this.#print(line)
  }

  fail(lines: readonly string[]): void {
    this.#failures.push(lines[0] ?? '')
    this.#print(`FAILED: ${lines.join('\n  ')}`)
  }

  /** Judges the run, and prints its closing lines. Gives the exit code. */
  conclude(wanted: Readonly<Record<Step, number>>): number {
    const { kills, unfinished } = this.kills
    const share = (count: number) => `${((100 * count) / Math.max(1, kills)).toFixed(1)} %`
    for (const step of STEPS) {
      const done = this.#done.get(step) ?? 0
      this.#print(`${String(done).padStart(4)} of ${wanted[step]}: ${step}`)
      if (done < wanted[step]) this.fail([`${wanted[step] - done} × ${step} did not come off`])
    }
    this.#print(`${kills} processes ended by SIGKILL:`)
    for (const phase of KAFKA_PHASES) {
      const count = this.kills.in(phase)
      this.#print(`  ${phase.padEnd(22)} ${String(count).padStart(4)}  ${share(count)}`)
    }
    this.#print(`  on unfinished work     ${String(unfinished).padStart(4)}  ${share(unfinished)}`)
    if (kills < LEAST_KILLS_TO_JUDGE)
      this.#print(`too few kills to judge their phases: ${LEAST_KILLS_TO_JUDGE} are needed`)
    for (const reason of this.kills.reasonsVacuous()) this.fail([reason])
    const steps = [...this.#done.values()].reduce((sum, n) => sum + n, 0)
    this.#print(`${steps + this.#comparisons} passed, ${this.#failures.length} failed`)
    return this.#failures.length > 0 || this.#comparisons === 0 ? 1 : 0
  }
}
