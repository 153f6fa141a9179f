// Which splits are idle: they have had nothing for their source's time-out, and hold no watermark back until they have again.
//
//   has records ─► nothing now ─time-out─► idle ─record─► has records
//
// Finished is not idle, and neither is a split that has records but must wait for its turn, the pace or its group.

import type { SourceInput, SplitInput } from './source-input.ts'

/** How often it is looked at, ms. */
const CHECK_MS = 50

export class Idleness {
  readonly #inputs: readonly SourceInput[]
  readonly #since = new WeakMap<SourceInput | SplitInput, number>()
  #checkAt = Number.NEGATIVE_INFINITY

  constructor(inputs: readonly SourceInput[]) {
    this.#inputs = inputs.filter(i => i.hasWatermark && i.idleTimeoutMs > 0)
  }

  /** A record is about to be processed. */
  active(input: SourceInput, split: SplitInput): void {
    this.#since.delete(input)
    this.#since.delete(split)
    input.setIdle([], false)
    split.isIdle = false
  }

  /** Marks what has had nothing for the time-out; between two batches. */
  check(nowMs: number): void {
    if (nowMs < this.#checkAt) return
    this.#checkAt = nowMs + CHECK_MS
    for (const input of this.#inputs) {
      if (input.isFinished) continue
      if (input.open.length === 0) {
        if (this.#isTimedOut(input, input.idleTimeoutMs, nowMs)) input.setIdle([], true)
        continue
      }
      this.#since.delete(input)
      const idle = input.open.filter(split => {
        // A reader that is asked again and again is as silent as one that waits.
        if (split.status === 'idle' || split.status === 'reading')
          return this.#isTimedOut(split, input.idleTimeoutMs, nowMs)
        this.#since.delete(split)
        return false
      })
      if (idle.some(s => !s.isIdle)) input.setIdle(idle, idle.length === input.open.length)
    }
  }

  #isTimedOut(who: SourceInput | SplitInput, timeoutMs: number, nowMs: number): boolean {
    const since = this.#since.get(who)
    if (since === undefined) this.#since.set(who, nowMs)
    return nowMs - (since ?? nowMs) >= timeoutMs
  }
}
