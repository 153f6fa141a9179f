// What is remembered of the last epochs, for those who look at them.

/** An epoch that holds. Durations are ms. */
export interface EpochStats {
  readonly epoch: number
  /** Since when it holds, epoch ms. */
  readonly atMs: number
  /** From the cut until durable and applied. */
  readonly durationMs: number
  /** The parts of that: collecting what changed, sinks making their output recoverable, the commit, sinks making it visible. */
  readonly cutMs: number
  readonly prepareMs: number
  readonly commitMs: number
  readonly applyMs: number
  /** Of changes of keyed state. */
  readonly bytes: number
  /** Of output that the commit holds for the sinks, and of their state. */
  readonly outputBytes: number
}

const KEPT = 600

export class RecentEpochs {
  #epochs: EpochStats[] = []

  add(epoch: EpochStats): void {
    this.#epochs.push(epoch)
    if (this.#epochs.length >= 2 * KEPT) this.#epochs = this.#epochs.slice(-KEPT)
  }

  get last(): EpochStats | undefined {
    return this.#epochs.at(-1)
  }

  /** At most `limit`, the newest first. */
  newest(limit: number): readonly EpochStats[] {
    return this.#epochs.slice(-Math.min(limit, KEPT)).reverse()
  }
}
