// In what order the work on a state folder is done, and what ends it: the first failure poisons everything after it.

import { StateIoError, StatePoisonedError } from '../../state/state-errors.ts'
import { InternalError, MillraceError } from '../../types/errors.ts'

/** Two lines: commits take turns with each other, folds and snapshots with each other; both run side by side. */
export class StateTurns {
  readonly #folder: string
  #commits: Promise<unknown> = Promise.resolve()
  #folds: Promise<unknown> = Promise.resolve()
  #poison: unknown
  /** Whether the folder's lock is held; nothing is done without it. */
  isOpen = false

  constructor(folder: string) {
    this.#folder = folder
  }

  get isPoisoned(): boolean {
    return this.#poison !== undefined
  }

  /** @throws {StatePoisonedError} once anything has failed */
  check(): void {
    if (this.isPoisoned) throw new StatePoisonedError({ folder: this.#folder, cause: this.#poison })
    if (!this.isOpen) throw new InternalError('the state backend is not open')
  }

  /** Runs `work` after what was queued before; its failure poisons. */
  enqueue<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#commits.then(async () => {
      this.check()
      return this.orPoison(work, 'write')
    })
    this.#commits = turn.catch(() => {})
    return turn
  }

  /** Runs `work` when no fold and no snapshot runs. */
  exclusively(work: () => Promise<void>): Promise<void> {
    const turn = this.#folds.then(() => {
      this.check()
      return work()
    })
    this.#folds = turn.catch(() => {})
    return turn
  }

  /** Runs `work` at once; its failure poisons. */
  async orPoison<T>(work: () => Promise<T>, action: string): Promise<T> {
    try {
      return await work()
    } catch (error) {
      this.#poison ??= error
      throw this.asStateError(error, action)
    }
  }

  asStateError(error: unknown, action: string): MillraceError {
    if (error instanceof MillraceError) return error
    return new StateIoError({ path: this.#folder, action, cause: error })
  }

  /** Waits for folds, then for commits. */
  async settled(): Promise<void> {
    await this.#folds
    await this.#commits
  }
}
