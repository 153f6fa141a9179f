// The steps of a sink that writes to a disk: none is done after one that failed.

import { MillraceError } from '../../../types/errors.ts'
import { SinkFailedError } from './sink-failed-error.ts'

/** A failed write or fsync ends the sink: neither is ever retried. */
export class SinkSteps {
  readonly #table: string
  readonly #place: string
  #failure: MillraceError | undefined

  /** @param place the path that errors name */
  constructor(table: string, place: string) {
    this.#table = table
    this.#place = place
  }

  /** Runs a step unless an earlier one failed; a failure stays. @throws {SinkFailedError} */
  async run<T>(step: () => Promise<T>): Promise<T> {
    if (this.#failure) throw this.#failure
    try {
      return await step()
    } catch (error) {
      this.#failure =
        error instanceof MillraceError ? error : this.failed((error as Error).message, error)
      throw this.#failure
    }
  }

  failed(reason: string, cause?: unknown): SinkFailedError {
    return new SinkFailedError({ table: this.#table, place: this.#place, reason, cause })
  }
}
