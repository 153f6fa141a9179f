// In which phases processes were killed, whether that proves anything, and where the next one should die.

import { KAFKA_PHASES, type KafkaPhase } from './kafka-phases.ts'

/** With fewer kills the shares of phases say nothing. */
export const LEAST_KILLS_TO_JUDGE = 30
const LEAST_SHARE_OF_PHASE = 0.05
const LEAST_SHARE_UNFINISHED = 0.9
/** Kills are chosen so that the shares stay above the least by this. */
const MARGIN = 0.015
/** In these nothing is undone but what the process before has left. */
const WITHOUT_WORK_OF_ITS_OWN: ReadonlySet<KafkaPhase> = new Set(['rebalance', 'restore', 'idle'])

export class KillShares {
  readonly #byPhase = new Map<KafkaPhase, number>()
  kills = 0
  unfinished = 0

  add(phase: KafkaPhase, isUnfinished: boolean): void {
    this.kills++
    if (isUnfinished) this.unfinished++
    this.#byPhase.set(phase, this.in(phase) + 1)
  }

  in(phase: KafkaPhase): number {
    return this.#byPhase.get(phase) ?? 0
  }

  /** Why the kills prove nothing; none: they do, or are too few to tell. */
  reasonsVacuous(): string[] {
    if (this.kills < LEAST_KILLS_TO_JUDGE) return []
    const least = this.kills * LEAST_SHARE_OF_PHASE
    const reasons = KAFKA_PHASES.filter(p => this.in(p) < least).map(
      p => `vacuous: less than ${100 * LEAST_SHARE_OF_PHASE} % of the kills in ${p}`,
    )
    if (this.unfinished < this.kills * LEAST_SHARE_UNFINISHED)
      reasons.push(
        `vacuous: less than ${100 * LEAST_SHARE_UNFINISHED} % of the kills on unfinished work`,
      )
    return reasons
  }

  /** Whether further kills are wanted, for the shares to be above the least. */
  get isShort(): boolean {
    if (this.kills < LEAST_KILLS_TO_JUDGE) return false
    return this.#isUnfinishedScarce || KAFKA_PHASES.some(p => this.#isScarce(p))
  }

  /** Where the next process is to die: in the phase in which the fewest have, unless too many had nothing to do. */
  next(isSomethingLeft: boolean): KafkaPhase {
    const isAllowed = (phase: KafkaPhase): boolean => {
      if (phase === 'idle') return isSomethingLeft && this.#mayRest
      return isSomethingLeft || !WITHOUT_WORK_OF_ITS_OWN.has(phase)
    }
    return KAFKA_PHASES.filter(isAllowed).reduce((least, p) =>
      this.in(p) < this.in(least) ? p : least,
    )
  }

  #isScarce(phase: KafkaPhase): boolean {
    return this.in(phase) < this.kills * (LEAST_SHARE_OF_PHASE + MARGIN)
  }

  get #isUnfinishedScarce(): boolean {
    return this.unfinished < this.kills * (LEAST_SHARE_UNFINISHED + MARGIN)
  }

  /** A process at rest has nothing to do: only as many as must be. */
  get #mayRest(): boolean {
    return !this.#isUnfinishedScarce && this.#isScarce('idle')
  }
}
