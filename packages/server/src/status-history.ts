// The last minutes of a job's key figures, so that a page shows charts as soon as it opens.

import type { JobStatus } from './job-view.ts'

/** One second of a job. */
export interface StatusSample {
  readonly atMs: number
  readonly eventsPerSecond: number
  readonly epochDurationMs: number
  readonly watermarkLagMs: number | null
  readonly rssBytes: number
}

const KEPT = 600

export class StatusHistory {
  #samples: StatusSample[] = []

  add(atMs: number, status: JobStatus): StatusSample {
    const sample = {
      atMs,
      eventsPerSecond: status.eventsPerSecond,
      epochDurationMs: status.epochDurationMs,
      watermarkLagMs: status.watermarkLagMs ?? null,
      rssBytes: status.rssBytes,
    }
    this.#samples.push(sample)
    if (this.#samples.length >= KEPT * 2) this.#samples = this.#samples.slice(-KEPT)
    return sample
  }

  /** Oldest first. */
  get samples(): readonly StatusSample[] {
    return this.#samples.slice(-KEPT)
  }
}
