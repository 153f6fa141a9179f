// What the kills did: counts by phase, failures, and whether the whole run proves anything.

import type { KillPlan } from './kill-plan.ts'
import { PHASES, type Phase } from './phases.ts'

/** With fewer kills the shares of phases say nothing. */
const LEAST_KILLS_TO_JUDGE = 100
const LEAST_SHARE_OF_PHASE = 0.05
const LEAST_SHARE_UNFINISHED = 0.9

export class KillLog {
  readonly killsByPhase = new Map<Phase, number>()
  readonly #failures: string[] = []
  readonly #killsByScenario = new Map<string, number>()
  #print: (line: string) => void
  #comparisons = 0
  #kills = 0
  #unfinished = 0
  #byTime = 0

  constructor(print: (line: string) => void) {
    this.#print = print
  }

  say(line: string): void {
    this.#print(line)
  }

  kill(scenario: string, phase: Phase, isUnfinished: boolean, plan: KillPlan): void {
    this.#kills++
    if (isUnfinished) this.#unfinished++
    if (plan.kind === 'time') this.#byTime++
    this.killsByPhase.set(phase, (this.killsByPhase.get(phase) ?? 0) + 1)
    this.#killsByScenario.set(scenario, (this.#killsByScenario.get(scenario) ?? 0) + 1)
  }

  pass(line: string): void {
    this.#comparisons++
    this.#print(line)
  }

  fail(lines: readonly string[]): void {
    this.#failures.push(lines[0] ?? '')
    this.#print(`FAILED: ${lines.join('\n  ')}`)
  }

  /** Judges the run and prints its closing lines, of which the last is `N passed, N failed`: kills and comparisons. Gives the exit code. */
  conclude(): number {
    const share = (count: number) => `${((100 * count) / Math.max(1, this.#kills)).toFixed(1)} %`
    const scenarios = [...this.#killsByScenario].map(([name, count]) => `${count} of ${name}`)
    this.#print(`${this.#kills} kills (${scenarios.join(', ')}), ${this.#byTime} at random moments`)
    for (const phase of PHASES) {
      const count = this.killsByPhase.get(phase) ?? 0
      this.#print(`  ${phase.padEnd(22)} ${String(count).padStart(5)}  ${share(count)}`)
    }
    this.#print(
      `  on unfinished work     ${String(this.#unfinished).padStart(5)}  ${share(this.#unfinished)}`,
    )
    for (const reason of this.#reasonsVacuous()) this.fail([reason])
    this.#print(`${this.#kills + this.#comparisons} passed, ${this.#failures.length} failed`)
    return this.#failures.length > 0 || this.#comparisons === 0 ? 1 : 0
  }

  #reasonsVacuous(): string[] {
    if (this.#kills < LEAST_KILLS_TO_JUDGE) {
      this.#print(`too few kills to judge their phases: ${LEAST_KILLS_TO_JUDGE} are needed`)
      return []
    }
    const least = this.#kills * LEAST_SHARE_OF_PHASE
    const rare = PHASES.filter(p => (this.killsByPhase.get(p) ?? 0) < least)
    const reasons = rare.map(
      p => `vacuous: less than ${100 * LEAST_SHARE_OF_PHASE} % of the kills in ${p}`,
    )
    if (this.#unfinished < this.#kills * LEAST_SHARE_UNFINISHED)
      reasons.push(
        `vacuous: less than ${100 * LEAST_SHARE_UNFINISHED} % of the kills on unfinished work`,
      )
    return reasons
  }
}
