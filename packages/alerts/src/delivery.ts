// Hands committed notifications to one receiver, each until it is taken or given up. Nobody waits for it but a stop, for a bounded time.

import type { RuntimePorts } from 'millrace'
import type { Notification } from './alert.ts'
import type { Attempt, Receiver } from './receivers/receiver.ts'
import type { RetryOptions } from './receiver-options.ts'

export type Outcome = 'delivered' | 'given-up'

export interface DeliverySettings {
  readonly receiver: Receiver
  readonly retry: RetryOptions
  readonly ports: Pick<RuntimePorts, 'clock' | 'random'>
  readonly settled: (notification: Notification, outcome: Outcome) => void
}

export class Delivery {
  readonly #settings: DeliverySettings
  readonly #queue: Notification[] = []
  readonly #running = new Set<Promise<void>>()
  readonly #stop = new AbortController()
  /** Why the last attempt failed; undefined once one has not. */
  #failing: { readonly reason: string; readonly sinceMs: number } | undefined

  constructor(settings: DeliverySettings) {
    this.#settings = settings
  }

  /** Takes a notification that is committed. */
  add(notification: Notification): void {
    this.#queue.push(notification)
    this.#start()
  }

  get #waiting(): number {
    return this.#queue.length + this.#running.size
  }

  get trouble(): string | undefined {
    if (!this.#failing || this.#waiting === 0) return undefined
    const { clock } = this.#settings.ports
    const { reason, sinceMs } = this.#failing
    const seconds = Math.round((clock.now() - sinceMs) / 1000)
    return `the ${this.#settings.receiver.name} receiver has taken no alert for ${seconds} s: ${reason}; notifications waiting: ${this.#waiting}`
  }

  /** Resolves when nothing waits any longer. */
  async drained(): Promise<void> {
    while (this.#running.size > 0) await Promise.race(this.#running)
  }

  async close(): Promise<void> {
    this.#stop.abort()
    await Promise.all(this.#running)
    this.#settings.receiver.close()
  }

  #start(): void {
    while (this.#running.size < this.#settings.receiver.concurrency && !this.#stop.signal.aborted) {
      const notification = this.#queue.shift()
      if (!notification) return
      const run: Promise<void> = this.#deliver(notification).then(outcome => {
        this.#running.delete(run)
        if (outcome) this.#settings.settled(notification, outcome)
        this.#start()
      })
      this.#running.add(run)
    }
  }

  /** Undefined: it was stopped. */
  async #deliver(notification: Notification): Promise<Outcome | undefined> {
    const { retry, ports } = this.#settings
    for (let attempts = 0; ; attempts++) {
      const answer = await this.#attempt(notification)
      if (this.#stop.signal.aborted && answer.outcome === 'failed') return undefined
      if (answer.outcome === 'delivered') {
        this.#failing = undefined
        return 'delivered'
      }
      const nowMs = ports.clock.now()
      this.#failing = { reason: answer.reason, sinceMs: this.#failing?.sinceMs ?? nowMs }
      if (answer.isFinal || nowMs - notification.atMs >= retry.forMs) return 'given-up'
      await ports.clock.sleep(this.#pauseMs(attempts, answer.retryAfterMs), this.#stop.signal)
      if (this.#stop.signal.aborted) return undefined
    }
  }

  /** One attempt, which ends in time whatever the receiver does. */
  async #attempt(notification: Notification): Promise<Attempt> {
    const { receiver, retry, ports } = this.#settings
    const ended = new AbortController()
    const late = ports.clock
      .sleep(retry.timeoutMs, AbortSignal.any([ended.signal, this.#stop.signal]))
      .then((): Attempt => ({ outcome: 'failed', reason: 'it did not answer in time' }))
    const signal = new AbortController()
    try {
      return await Promise.race([receiver.attempt(notification, signal.signal), late])
    } finally {
      signal.abort('over')
      ended.abort('over')
    }
  }

  /** Doubles with each attempt; the half of it is left to chance, so that many do not come back at once. */
  #pauseMs(attempts: number, retryAfterMs = 0): number {
    const { retry, ports } = this.#settings
    const fullMs = Math.min(retry.maxMs, retry.initialMs * 2 ** Math.min(attempts, 30))
    return Math.max(retryAfterMs, fullMs * (0.5 + ports.random.next() / 2))
  }
}
