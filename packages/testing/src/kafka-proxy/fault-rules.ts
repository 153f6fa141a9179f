// Which requests a proxy tampers with, how, and how often.

import { KAFKA_APIS, type KafkaApi } from './api-keys.ts'
import type { RequestHeader } from './kafka-frames.ts'

/**
 * What happens at a request. TCP loses nothing in the middle of a connection: after a lost request or reply its connection stays silent
 * towards the client.
 *
 * - `lose-request`: the broker never sees it. `lose-reply`: the broker does what it asks, the client never hears of it.
 * - `reset`: the connection is reset in place of the request. `reset-reply`: the broker does what it asks, then the reset.
 * - `delay-request`, `delay-reply`: it and all behind it on the connection come later.
 * - `half-open`: the broker's side of the connection is closed, the client's stays open and silent.
 * - `black-hole`: nothing passes on the connection any more, in either direction, nor does its end.
 */
export type Fault =
  | {
      readonly kind:
        | 'lose-request'
        | 'lose-reply'
        | 'reset'
        | 'reset-reply'
        | 'half-open'
        | 'black-hole'
    }
  | { readonly kind: 'delay-request' | 'delay-reply'; readonly ms: number }

export interface FaultRule {
  readonly api: KafkaApi
  readonly fault: Fault
  /** How many such requests pass unharmed first. Default 0. */
  readonly after?: number
  /** How many requests it strikes. Default 1. */
  readonly times?: number
  /** Which requests of the api it looks at; `frame` is the whole request, its length in front. Default: all. */
  readonly where?: (header: RequestHeader, frame: Buffer) => boolean
}

/** A rule in force. */
export class ActiveRule {
  readonly rule: FaultRule
  #seen = 0
  #struck = 0
  #waiting: { readonly count: number; readonly resolve: () => void }[] = []

  constructor(rule: FaultRule) {
    this.rule = rule
  }

  /** How many requests it has struck so far. */
  get struck(): number {
    return this.#struck
  }

  /** Resolves once it has struck as often. */
  whenStruck(count = 1): Promise<void> {
    return new Promise(resolve => {
      if (this.#struck >= count) resolve()
      else this.#waiting.push({ count, resolve })
    })
  }

  /** What to do to a request; undefined where the rule lets it be. Counts it. */
  judge(header: RequestHeader, frame: Buffer): Fault | undefined {
    const { api, fault, after = 0, times = 1, where } = this.rule
    if (header.apiKey !== KAFKA_APIS[api] || this.#struck >= times) return undefined
    if (where && !where(header, frame)) return undefined
    if (this.#seen++ < after) return undefined
    this.#struck++
    for (const { resolve } of this.#waiting.filter(({ count }) => count <= this.#struck)) resolve()
    return fault
  }
}
