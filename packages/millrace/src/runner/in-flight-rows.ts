// Rows that have left the main task and will be back: those that wait for the answers of async calls, and those on other threads.

import { type AsyncCallOperator, isAsync } from '../runtime/operators/async-call-operator.ts'
import type { Operator } from '../runtime/operator.ts'
import type { ParallelOperators } from './parallel/parallel-operators.ts'

export class InFlightRows {
  /** Upstream first. */
  readonly #async: readonly AsyncCallOperator[]
  readonly #parallel: ParallelOperators | undefined

  /** @param operators upstream first */
  constructor(operators: readonly Operator[], parallel: ParallelOperators | undefined) {
    this.#async = operators.filter(isAsync)
    this.#parallel = parallel
  }

  /** Waits until all of them have gone on; workers give the state that they have changed. */
  async settle(): Promise<void> {
    for (const operator of this.#async) await operator.settle()
    await this.#parallel?.barrier(true)
    for (const operator of this.#async) await operator.settle()
  }

  /** Sends out what was gathered. A promise holds reading back: too many rows wait. */
  relieve(): Promise<void> | undefined {
    for (const operator of this.#async) operator.flush()
    const pressed = this.#async.filter(o => o.isPressed)
    const relieved = this.#parallel?.relieve()
    if (pressed.length === 0) return relieved
    return Promise.all([relieved, ...pressed.map(o => o.relieve())]).then(() => {})
  }

  async close(): Promise<void> {
    for (const operator of this.#async) operator.close()
    await this.#parallel?.close()
  }
}
