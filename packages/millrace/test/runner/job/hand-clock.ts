// A clock that goes on only when the test turns it: how fast the machine is changes nothing.

import { setImmediate as readyDone } from 'node:timers/promises'
import type { Clock } from '../../../src/types/ports.ts'

const START_MS = 1_700_000_000_000
/** After so many turns of the event loop everything that was ready is done, and what that made ready too. */
const TURNS = 20

interface Sleeper {
  readonly atMs: number
  readonly wake: () => void
}

export class HandClock implements Clock {
  #elapsedMs = 0
  readonly #sleepers = new Set<Sleeper>()
  readonly now = () => START_MS + this.#elapsedMs
  readonly monotonic = () => this.#elapsedMs

  readonly sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    if (signal?.aborted) return
    if (ms <= 0) return void (await readyDone())
    const { promise, resolve } = Promise.withResolvers<void>()
    const sleeper = { atMs: this.#elapsedMs + ms, wake: () => resolve() }
    this.#sleepers.add(sleeper)
    signal?.addEventListener('abort', sleeper.wake, { once: true })
    await promise
    signal?.removeEventListener('abort', sleeper.wake)
    this.#sleepers.delete(sleeper)
  }

  /** Time goes by: who sleeps wakes when it is its turn, and does what it has to do before the next one wakes. */
  async turn(ms: number): Promise<void> {
    const untilMs = this.#elapsedMs + ms
    await settled()
    for (;;) {
      const [next] = [...this.#sleepers].sort((a, b) => a.atMs - b.atMs)
      if (!next || next.atMs > untilMs) break
      this.#elapsedMs = Math.max(this.#elapsedMs, next.atMs)
      this.#sleepers.delete(next)
      next.wake()
      await settled()
    }
    this.#elapsedMs = untilMs
  }

  /** Time goes by in which the process does not run: whoever should have woken is late. */
  jump(ms: number): void {
    this.#elapsedMs += ms
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await readyDone()
}
