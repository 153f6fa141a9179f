// How far a job has come in event time and in its input.

import type { SourceInput } from '../runtime/source-input.ts'
import type { Clock } from '../types/ports.ts'
import type { RateLimits } from './rate-limits.ts'

export class JobProgress {
  readonly #inputs: readonly SourceInput[]
  readonly #limits: RateLimits
  readonly #clock: Clock

  constructor(inputs: readonly SourceInput[], limits: RateLimits, clock: Clock) {
    this.#inputs = inputs
    this.#limits = limits
    this.#clock = clock
  }

  /** The event time reached, epoch ms. */
  get eventTimeMs(): number | undefined {
    const reached = eventTimeReached(this.#inputs)
    const replay = this.#limits.replayTime(this.#clock.now())
    return reached === undefined || replay === undefined ? reached : Math.min(reached, replay)
  }

  /** How far results are behind: of the replay's time where there is one, else of the event time reached. */
  get watermarkLagMs(): number | undefined {
    const replay = this.#limits.replayTime(this.#clock.now())
    const [due, watermark] = [replay ?? this.eventTimeMs, this.watermarkMs]
    return due === undefined || watermark === undefined ? undefined : Math.max(0, due - watermark)
  }

  /** The watermark that results wait for, epoch ms. */
  get watermarkMs(): number | undefined {
    return watermarkBehind(this.#inputs)
  }

  /** Records that may be read and are not processed, of the sources that can tell; undefined: none can. */
  get recordsBehind(): number | undefined {
    const lags = this.#inputs.flatMap(i => i.lags)
    return lags.length === 0 ? undefined : lags.reduce((sum, { lag }) => sum + lag.records, 0)
  }

  /** How much of bounded input has been read, 0 to 1, where sources can tell. */
  get share(): number | undefined {
    return progressOf(this.#inputs)
  }
}

/** The watermark of the source that has given the most records; a sparse one may be far ahead of it. */
function eventTimeReached(inputs: readonly SourceInput[]): number | undefined {
  let most: { readonly records: number; readonly reached: number } | undefined
  for (const { recordsRead: records, compiled } of inputs)
    for (const { watermark: reached } of compiled.watermarks)
      if (Number.isFinite(reached) && (!most || records > most.records)) most = { records, reached }
  return most?.reached
}

/** The watermark of the source that is furthest behind: results wait for it. Idle and finished sources do not count. */
function watermarkBehind(inputs: readonly SourceInput[]): number | undefined {
  const waiting = inputs
    .flatMap(i => i.compiled.watermarks)
    .filter(w => !w.idle && Number.isFinite(w.watermark))
    .map(w => w.watermark)
  return waiting.length > 0 ? Math.min(...waiting) : undefined
}

/** The share of bounded input that has been read, 0 to 1; undefined when some source cannot tell. */
function progressOf(inputs: readonly SourceInput[]): number | undefined {
  const shares = inputs.map(i => (i.isFinished ? 1 : i.source.progress?.()))
  const known = shares.filter(s => s !== undefined)
  return known.length < shares.length || known.length === 0
    ? undefined
    : known.reduce((sum, s) => sum + s, 0) / known.length
}
