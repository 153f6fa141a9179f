// Logical time of the reference evaluator: one tick for each record read and each split finished, in the order of reading.
//
// A tick `t` is a record; `t + 0.5` is what fires after it and before the next. `after[t]` is a watermark once tick `t` is over.

import type { Row } from 'millrace'
import { MAX_WATERMARK, MIN_WATERMARK } from './watermarks.ts'

/** A row with the logical time at which it comes. */
export interface Stamped {
  readonly row: Row
  readonly at: number
}

/** A watermark over the whole history. */
export class History {
  readonly #after: readonly number[]

  constructor(after: readonly number[]) {
    this.#after = after
  }

  /** What a row that comes at `at` is judged by: the watermark before its tick. */
  before(at: number): number {
    return this.#after[Math.floor(at) - 1] ?? MIN_WATERMARK
  }

  /** The time at which a timer for `watermark` fires. */
  reached(watermark: number): number {
    const tick = this.#after.findIndex(w => w >= watermark)
    return tick < 0 ? MAX_WATERMARK : tick + 0.5
  }

  /** The same, `delayMs` behind. */
  delayed(delayMs: number): History {
    return new History(this.#after.map(w => w - delayMs))
  }

  /** The minimum of several, never going back. */
  static minimum(histories: readonly History[]): History {
    const ticks = Math.max(0, ...histories.map(h => h.#after.length))
    let high = MIN_WATERMARK
    return new History(
      Array.from({ length: ticks }, (_, t) => {
        high = Math.max(high, Math.min(...histories.map(h => h.#after[t] as number)))
        return high
      }),
    )
  }
}
