// Trying again, after pauses that grow, for as long as it can help.

import { MillraceError, type RuntimePorts } from 'millrace'
import { FencedError, UnknownOutcomeError } from '../kafka-errors.ts'

export type RetryPorts = Pick<RuntimePorts, 'clock' | 'random'>

export interface RetrySettings {
  /** No attempt begins later than this after the first. */
  readonly limitMs: number
  readonly signal?: AbortSignal | undefined
  /** Called between attempts, such as to look for the new leader. */
  readonly between?: (error: MillraceError) => Promise<void> | void
}

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 2_000

/** Repeats what fails with errors whose `retry` is `backoff`; not what only a new start can mend. @throws the last error */
export async function retrying<T>(
  { clock, random }: RetryPorts,
  { limitMs, signal, between }: RetrySettings,
  attempt: () => Promise<T>,
): Promise<T> {
  const until = clock.monotonic() + limitMs
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      return await attempt()
    } catch (error) {
      if (!canHelp(error) || signal?.aborted || clock.monotonic() + pause > until) throw error
      await clock.sleep(pause * (0.5 + random.next() / 2), signal)
      await between?.(error)
    }
  }
}

function canHelp(error: unknown): error is MillraceError {
  if (error instanceof FencedError || error instanceof UnknownOutcomeError) return false
  return error instanceof MillraceError && error.retry === 'backoff'
}
