// A clock for work beside a running program: whoever sleeps on it rests for as long as it has worked.

import type { Clock } from '../../types/ports.ts'

/** The longest rest, ms. */
const LONGEST_MS = 250

/**
 * A clock whose every `sleep` lasts at least as long as its user has worked since the last, times `rests`: with 1 it takes half of
 * the thread at most, with n for n users all together do.
 */
export function yieldingClock(clock: Clock, rests: () => number): Clock {
  let wokeAt = clock.monotonic()
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    async sleep(ms, signal) {
      const worked = Math.max(0, clock.monotonic() - wokeAt)
      await clock.sleep(Math.max(ms, Math.min(LONGEST_MS, worked * rests())), signal)
      wokeAt = clock.monotonic()
    },
  }
}
