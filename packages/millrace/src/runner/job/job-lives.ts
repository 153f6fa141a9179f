// The lives of a job: where a system outside decides on epochs, what it ends with a passing error begins again, from what was decided.
//
//   open ─► run ─► finished | stopped | failed
//            └─ a passing error ─► close ─► a pause that grows ─► open, as a new start would

import type { RunResult } from '../../plan/runner-port.ts'
import type { Clock } from '../../types/ports.ts'
import type { EmbeddedJob } from '../embedded-job.ts'

export interface JobLivesSettings {
  readonly name: string
  readonly clock: Clock
  readonly create: () => Promise<EmbeddedJob>
  readonly mayBeginAgain: boolean
  readonly notice: (text: string) => void
}

const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 30_000

const NOTHING: RunResult = {
  outcome: 'stopped',
  recordsRead: 0,
  rowsWritten: 0,
  lateRecords: 0,
  deadLetters: 0,
  elapsedMs: 0,
}

export class JobLives {
  readonly #settings: JobLivesSettings
  readonly #stopping = new AbortController()
  #job: EmbeddedJob | undefined
  #isOpen = false
  /** The last epoch when the present life began. */
  #epoch = 0

  constructor(settings: JobLivesSettings) {
    this.#settings = settings
  }

  /** That of the present life. */
  get job(): EmbeddedJob {
    return this.#job as EmbeddedJob
  }

  /** Makes the first one. */
  async begin(): Promise<void> {
    this.#job = await this.#settings.create()
    if (this.#stopping.signal.aborted) this.job.stop()
  }

  /** Opens it; false when it was stopped before its turn came. */
  async open(): Promise<boolean> {
    this.#isOpen = await this.job.open()
    this.#epoch = this.job.epochs?.epoch ?? 0
    return this.#isOpen
  }

  /** Runs to the end, through as many lives as it takes. */
  async run(): Promise<RunResult> {
    const { clock, mayBeginAgain, notice, name } = this.#settings
    const { signal } = this.#stopping
    let pauseMs = FIRST_PAUSE_MS
    for (;;) {
      try {
        if (!this.#isOpen && !(await this.open())) {
          await this.close()
          return NOTHING
        }
        const result = await this.job.run()
        await this.job.close()
        return result
      } catch (error) {
        await this.close()
        if (!mayBeginAgain || !this.job.canGoOnAfter(error)) throw error
        const hasGoneOn = (this.job.epochs?.epoch ?? 0) > this.#epoch
        pauseMs = hasGoneOn ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pauseMs * 2)
        notice(`${name} begins again in ${pauseMs / 1000} s. ${(error as Error).message}`)
      }
      await clock.sleep(pauseMs, signal)
      if (signal.aborted) return NOTHING
      await this.begin()
    }
  }

  stop(): void {
    this.#stopping.abort()
    this.#job?.stop()
  }

  /** Closes the present life, whatever state it is in. */
  async close(): Promise<void> {
    this.#isOpen = false
    await this.#job?.close().catch(() => {})
  }
}
