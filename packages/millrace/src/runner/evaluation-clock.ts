// What expressions see of time and chance: processing time is read once per batch.

import type { EvaluationContext } from '../functions/function-definition.ts'
import type { Random } from '../types/ports.ts'

export class EvaluationClock implements Omit<EvaluationContext, 'watermarkMs'> {
  #nowMs: number
  readonly #startMs: number
  readonly random: () => number
  readonly nowMs = () => this.#nowMs
  readonly queryStartMs = () => this.#startMs

  constructor(startMs: number, random: Random) {
    this.#nowMs = startMs
    this.#startMs = startMs
    this.random = () => random.next()
  }

  beginBatch(nowMs: number): void {
    this.#nowMs = nowMs
  }
}
