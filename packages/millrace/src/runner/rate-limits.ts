// How fast sources may be read: a rate limit per source, and the pace at which recorded event time is replayed.

import type { ExecNode } from '../compiler/exec-node.ts'
import type { SourceInput } from '../runtime/source-input.ts'
import { MAX_WATERMARK } from '../types/value.ts'

interface Limit {
  readonly perSecond: number
  budget: number
  at: number
}

/**
 * Options of any source table: `source.rate-limit` (records/s) and `source.replay-speed` (ms of event time per ms of real time).
 * With a replay speed, event time starts to run when the first record has been read.
 */
export class RateLimits {
  readonly #limits = new Map<SourceInput, Limit>()
  readonly #paced: readonly SourceInput[]
  readonly #speed: number
  #anchor: { readonly realMs: number; readonly eventMs: number } | undefined

  constructor(inputs: readonly SourceInput[], nodes: readonly ExecNode[]) {
    const option = (i: number, name: string): number | undefined => {
      const node = nodes[i]
      const text = node?.kind === 'source' ? node.table.options.get(name) : undefined
      return text === undefined ? undefined : Number(text)
    }
    inputs.forEach((input, i) => {
      const perSecond = option(i, 'source.rate-limit')
      if (perSecond) this.#limits.set(input, { perSecond, budget: 0, at: Number.NaN })
    })
    const speeds = inputs.map((_, i) => option(i, 'source.replay-speed'))
    this.#paced = inputs.filter((_, i) => speeds[i] !== undefined)
    this.#speed = Math.min(...speeds.filter(s => s !== undefined))
  }

  /** The watermark up to which recorded time may be replayed at `nowMs`. */
  paceLimit(nowMs: number): number {
    if (this.#paced.length === 0) return MAX_WATERMARK
    if (!this.#anchor) {
      const watermarks = this.#paced.flatMap(i => i.open.map(s => s.state.watermark))
      const first = Math.min(...watermarks.filter(Number.isFinite))
      if (!Number.isFinite(first)) return Number.MIN_SAFE_INTEGER
      this.#anchor = { realMs: nowMs, eventMs: first }
    }
    return this.replayTime(nowMs) as number
  }

  /** The time that a replay has reached by its speed; undefined without one. */
  replayTime(nowMs: number): number | undefined {
    return this.#anchor && this.#anchor.eventMs + (nowMs - this.#anchor.realMs) * this.#speed
  }

  allowance(input: SourceInput, nowMs: number): number {
    const limit = this.#limits.get(input)
    if (!limit) return MAX_WATERMARK
    if (Number.isNaN(limit.at)) limit.at = nowMs - 100
    const grown = Math.floor(((nowMs - limit.at) * limit.perSecond) / 1000)
    if (grown > 0) {
      limit.budget = Math.min(limit.budget + grown, Math.max(1, limit.perSecond / 10))
      limit.at = nowMs
    }
    const taken = Math.min(limit.budget, Math.max(1, Math.ceil(limit.perSecond / 100)))
    limit.budget -= taken
    return Math.floor(taken)
  }
}
