// Watches over a running job: that it goes on while there is something to read, and that what is there may be read.

import type { SplitLag } from '../../connector/split-lag.ts'
import type { SourceInput, SplitInput } from '../../runtime/source-input.ts'
import { tryParseDuration } from '../../types/duration.ts'
import type { Clock } from '../../types/ports.ts'
import { HeldWatch } from './held-watch.ts'
import type { HoldupText } from './holdups.ts'
import { StallWatch } from './stall-watch.ts'

export interface JobWatchSettings {
  readonly program: string
  readonly inputs: readonly SourceInput[]
  readonly clock: Clock
  /** Nothing may be processed for so long while there is something to read. */
  readonly timeoutMs: number
  /** What within the job holds reading back now. */
  readonly holdup: () => HoldupText | undefined
  readonly notice: (text: string) => void
  /** Whether the job may begin again, from its last commit. */
  readonly mayBeginAgain: boolean
}

/** A split of a source that tells what keeps it, as of now. */
export interface WatchedSplit {
  readonly input: SourceInput
  readonly split: SplitInput
  readonly name: string
  readonly lag: SplitLag | undefined
}

/** How often is looked, at least. */
const LOOK_MS = 1_000
const DEFAULT_TIMEOUT_MS = 30_000

/** Of the setting `stall-timeout`; 0: nobody watches. */
export function stallTimeoutOf(options: ReadonlyMap<string, string> | undefined): number {
  const given = options?.get('stall-timeout')
  return given === undefined ? DEFAULT_TIMEOUT_MS : (tryParseDuration(given) ?? DEFAULT_TIMEOUT_MS)
}

export class JobWatch {
  readonly #settings: JobWatchSettings
  readonly #stalls: StallWatch
  readonly #held: HeldWatch

  constructor(settings: JobWatchSettings) {
    this.#settings = settings
    this.#stalls = new StallWatch(settings)
    this.#held = new HeldWatch(settings)
  }

  /** Rejects when the job has to begin again. */
  get stalled(): Promise<never> {
    return this.#stalls.stalled
  }

  /** What is wrong now, a text each. */
  get troubles(): readonly string[] {
    return [...this.#stalls.troubles, ...this.#held.troubles]
  }

  /** Until the signal. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, timeoutMs } = this.#settings
    for (;;) {
      await clock.sleep(Math.min(LOOK_MS, timeoutMs / 4), signal)
      if (signal.aborted) return
      const watched = this.#watched()
      await this.#stalls.look(watched, signal)
      await this.#held.look(watched, signal)
    }
  }

  #watched(): readonly WatchedSplit[] {
    return this.#settings.inputs
      .filter(input => input.source.diagnose && !input.isFinished)
      .flatMap(input =>
        input.open.map(split => ({
          input,
          split,
          name: split.split.label ?? split.split.id,
          lag: split.reader.lag?.(split.position),
        })),
      )
  }
}
