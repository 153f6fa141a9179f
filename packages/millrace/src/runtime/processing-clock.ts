// Processing time as the time line of windows: the clock is the watermark of what is above it.

import { MAX_WATERMARK } from '../types/value.ts'
import type { Operator, OperatorStats } from './operator.ts'
import type { SourceClock, Timeline } from './timeline.ts'

export interface ProcessingClockSettings {
  readonly id: string
  /** Epoch ms. */
  readonly nowMs: () => number
  /** The clock that operators above see. */
  readonly clock: SourceClock
  readonly timeline: () => Timeline
}

/**
 * Law: what the clock says is never below its watermark, so no row is late; and the end of the input is the end of its time: what
 * has been taken in is given out.
 */
export class ProcessingClock implements Operator {
  readonly id: string
  /** Of event time only the end concerns it. */
  readonly deadline = MAX_WATERMARK
  #recordsIn = 0
  readonly #settings: ProcessingClockSettings

  constructor(settings: ProcessingClockSettings) {
    this.id = settings.id
    this.#settings = settings
  }

  /** The time of the row at hand, epoch ms. The machine's clock may be set back; this one then stands still. */
  take(): number {
    this.#recordsIn++
    const { nowMs, clock } = this.#settings
    return Math.max(nowMs(), clock.watermark + 1)
  }

  /** Rows of the millisecond at hand may still come. */
  get processingDeadline(): number {
    return this.#settings.clock.deadline + 1
  }

  advanceProcessingTime(nowMs: number): void {
    const { timeline, clock } = this.#settings
    timeline().advance(clock, nowMs - 1)
  }

  advance(watermark: number): void {
    const { timeline, clock } = this.#settings
    // The operators above are among those that the timeline calls, and so is this one.
    if (watermark < MAX_WATERMARK || clock.pending === MAX_WATERMARK) return
    timeline().advance(clock, MAX_WATERMARK)
  }

  collect(): void {}

  restore(): void {}

  restored(): void {}

  stats(): OperatorStats {
    return {
      id: this.id,
      recordsIn: this.#recordsIn,
      recordsOut: this.#recordsIn,
      late: 0,
      expired: 0,
      stateEntries: 0,
      stateBytes: 0,
    }
  }
}
