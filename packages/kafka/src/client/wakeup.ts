// A signal between two who take turns: one that comes while nobody waits is not lost.

export class Wakeup {
  #isSet = false
  #resolve: (() => void) | undefined

  notify(): void {
    this.#isSet = true
    this.#resolve?.()
  }

  /** Resolves at the next notification, or at once when there was one since the last wait. */
  async wait(signal?: AbortSignal): Promise<void> {
    if (!this.#isSet && !signal?.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>()
      this.#resolve = resolve
      const abort = (): void => resolve()
      signal?.addEventListener('abort', abort)
      await promise
      signal?.removeEventListener('abort', abort)
      this.#resolve = undefined
    }
    this.#isSet = false
  }
}
