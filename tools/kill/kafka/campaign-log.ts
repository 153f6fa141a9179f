// What a run of campaigns did to its programs, and whether it proves anything.

import { KAFKA_PHASES, type KafkaPhase } from './kafka-phases.ts'

export const STEPS = ['kill', 'lost disk', 'zombie', 'fault', 'broker kill'] as const
export type Step = (typeof STEPS)[number]

/** With fewer kills the shares of phases say nothing. */
const LEAST_KILLS_TO_JUDGE = 30
const LEAST_SHARE_OF_PHASE = 0.05
const LEAST_SHARE_UNFINISHED = 0.9

export class CampaignLog {
  readonly killsByPhase = new Map<KafkaPhase, number>()
  readonly #print: (line: string) => void
  readonly #done = new Map<Step, number>()
  readonly #failures: string[] = []
  #kills = 0
  #unfinished = 0
  #comparisons = 0

  constructor(print: (line: string) => void) {
    this.#print = print
  }

  say(line: string): void {
    this.#print(line)
  }

  /** A process was ended by SIGKILL. */
  killed(phase: KafkaPhase, isUnfinished: boolean): void {
    this.#kills++
    if (isUnfinished) this.#unfinished++
    this.killsByPhase.set(phase, (this.killsByPhase.get(phase) ?? 0) + 1)
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
    const share = (count: number) => `${((100 * count) / Math.max(1, this.#kills)).toFixed(1)} %`
    for (const step of STEPS) {
      const done = this.#done.get(step) ?? 0
      this.#print(`${String(done).padStart(4)} of ${wanted[step]}: ${step}`)
      if (done < wanted[step]) this.fail([`${wanted[step] - done} × ${step} did not come off`])
    }
    this.#print(`${this.#kills} processes ended by SIGKILL:`)
    for (const phase of KAFKA_PHASES) {
      const count = this.killsByPhase.get(phase) ?? 0
      this.#print(`  ${phase.padEnd(22)} ${String(count).padStart(4)}  ${share(count)}`)
    }
    this.#print(
      `  on unfinished work     ${String(this.#unfinished).padStart(4)}  ${share(this.#unfinished)}`,
    )
    for (const reason of this.#reasonsVacuous()) this.fail([reason])
    const steps = [...this.#done.values()].reduce((sum, n) => sum + n, 0)
    this.#print(`${steps + this.#comparisons} passed, ${this.#failures.length} failed`)
    return this.#failures.length > 0 || this.#comparisons === 0 ? 1 : 0
  }

  #reasonsVacuous(): string[] {
    if (this.#kills < LEAST_KILLS_TO_JUDGE) {
      this.#print(`too few kills to judge their phases: ${LEAST_KILLS_TO_JUDGE} are needed`)
      return []
    }
    const least = this.#kills * LEAST_SHARE_OF_PHASE
    const rare = KAFKA_PHASES.filter(p => (this.killsByPhase.get(p) ?? 0) < least)
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
