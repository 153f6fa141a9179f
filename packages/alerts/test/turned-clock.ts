// A clock that goes on only when the test turns it; sockets go on by themselves.

import type { Clock } from 'millrace'

interface Sleeper {
  readonly atMs: number
  readonly ms: number
  readonly wake: () => void
}

export const START_MS = Date.UTC(2026, 0, 1)

export class TurnedClock implements Clock {
  #elapsedMs = 0
  readonly #sleepers = new Set<Sleeper>()
  readonly now = (): number => START_MS + this.#elapsedMs
  readonly monotonic = (): number => this.#elapsedMs

  readonly sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    if (signal?.aborted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const sleeper = { atMs: this.#elapsedMs + ms, ms, wake: resolve }
    this.#sleepers.add(sleeper)
    signal?.addEventListener('abort', () => resolve(), { once: true })
    await promise
    this.#sleepers.delete(sleeper)
  }

  /** How long those who sleep now sleep in all. */
  get sleeps(): readonly number[] {
    return [...this.#sleepers].map(s => s.ms)
  }

  turn(ms: number): void {
    this.#elapsedMs += ms
    for (const sleeper of this.#sleepers) if (sleeper.atMs <= this.#elapsedMs) sleeper.wake()
  }
}

/** Resolves once a condition holds; the test's own time limit ends it otherwise. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 2))
}
