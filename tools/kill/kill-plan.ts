// How the next process is to die.

import { FAILPOINTS, PHASES, type Phase } from './phases.ts'

export type KillPlan =
  /** `afterMs` after its start, or after its job was opened, wherever it is then. */
  | { readonly kind: 'time'; readonly since: 'start' | 'open'; readonly afterMs: number }
  /** When it passes the failpoint for the `count`-th time; by the clock if it has not by then. */
  | { readonly kind: 'failpoint'; readonly name: string; readonly count: number }

export type Random = () => number

/** How long a process may live after its job was opened, ms. */
export const LONGEST_LIFE_MS = 1_600
/** It takes about this long to start and restore, ms. */
const START_MS = 400
/** Processes are killed by the clock this often. */
const BY_TIME = 0.5
/** Of these: while they start. */
const DURING_START = 0.1
/** Else: in the phase that has had the fewest kills, this often. */
const RAREST_PHASE = 0.5

/** Draws a plan: random moments, named points, and of these more where few kills have landed. */
export function planKill(random: Random, killsByPhase: ReadonlyMap<Phase, number>): KillPlan {
  if (random() < BY_TIME) {
    if (random() < DURING_START)
      return { kind: 'time', since: 'start', afterMs: random() * START_MS }
    // Most processes die young, some live to see the warehouse written.
    return { kind: 'time', since: 'open', afterMs: random() ** 2 * LONGEST_LIFE_MS }
  }
  const rarest = PHASES.toSorted(
    (a, b) => (killsByPhase.get(a) ?? 0) - (killsByPhase.get(b) ?? 0),
  )[0]
  const wanted = random() < RAREST_PHASE ? FAILPOINTS.filter(f => f.phase === rarest) : FAILPOINTS
  const { name, most } = wanted[Math.floor(random() * wanted.length)] as (typeof FAILPOINTS)[number]
  return { kind: 'failpoint', name, count: 1 + Math.floor(random() * most) }
}

export function describePlan(plan: KillPlan): string {
  return plan.kind === 'time'
    ? `${Math.round(plan.afterMs)} ms after ${plan.since}`
    : `at ${plan.name}, pass ${plan.count}`
}
