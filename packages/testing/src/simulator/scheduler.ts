// The scheduler of the simulator: everything asynchronous waits here, and a seed decides who goes on next.
//
// The engine awaits only promises of its own and of its ports. So when the microtasks have run out, all that can go on is in the
// list of those who wait for their turn; one of them is chosen at random, and virtual time moves on a little.

import type { Clock } from 'millrace'

/** Nothing can go on, or it does so for too long. */
export class StuckError extends Error {
  override readonly name = 'StuckError'
}

interface Sleeper {
  readonly until: number
  readonly wake: () => void
}

const START_MS = Date.UTC(2024, 2, 1)

export class SimulatedScheduler {
  readonly #random: () => number
  #ready: (() => void)[] = []
  #sleepers: Sleeper[] = []
  #elapsedMs = 0
  /** Turns given so far. */
  turns = 0

  constructor(random: () => number) {
    this.#random = random
  }

  readonly clock: Clock = {
    now: () => START_MS + Math.floor(this.#elapsedMs),
    monotonic: () => this.#elapsedMs,
    sleep: (ms, signal) =>
      new Promise<void>(resolve => {
        if (signal?.aborted) {
          resolve()
          return
        }
        const sleeper = { until: this.#elapsedMs + Math.max(0, ms), wake: resolve }
        this.#sleepers.push(sleeper)
        signal?.addEventListener(
          'abort',
          () => {
            this.#sleepers = this.#sleepers.filter(s => s !== sleeper)
            resolve()
          },
          { once: true },
        )
      }),
  }

  /** Resolves when the caller is chosen to go on. */
  turn(): Promise<void> {
    return new Promise(resolve => {
      this.#ready.push(resolve)
    })
  }

  /**
   * Gives turns until `work` is settled; resolves to its outcome.
   *
   * @throws {StuckError} when nobody waits for a turn and `work` is not settled, or after `maxTurns`
   */
  async drive<T>(work: Promise<T>, maxTurns: number): Promise<T> {
    let isSettled = false
    const settle = () => {
      isSettled = true
    }
    work.then(settle, settle)
    const last = this.turns + maxTurns
    for (;;) {
      await new Promise<void>(resolve => setImmediate(resolve))
      if (isSettled) return work
      if (this.turns >= last) throw new StuckError(`not at its end after ${maxTurns} turns`)
      this.#next()
    }
  }

  #next(): void {
    this.turns++
    this.#elapsedMs += this.#random() * 0.5
    if (this.#ready.length === 0) {
      const earliest = Math.min(...this.#sleepers.map(s => s.until))
      if (!Number.isFinite(earliest)) throw new StuckError('nobody waits for a turn')
      this.#elapsedMs = Math.max(this.#elapsedMs, earliest)
    }
    const due = this.#sleepers.filter(s => s.until <= this.#elapsedMs)
    // Whoever sleeps shortest waits at least until those who are ready have been drawn from once.
    const waiting = this.#ready.length === 0 || this.#random() < 0.3 ? due : []
    const candidates = [...this.#ready, ...waiting.map(s => s.wake)]
    const chosen = candidates[Math.floor(this.#random() * candidates.length)]
    this.#ready = this.#ready.filter(r => r !== chosen)
    this.#sleepers = this.#sleepers.filter(s => s.wake !== chosen)
    chosen?.()
  }
}
