// Looks whether a job processes what there is to read; when it does not, says so, finds out why, and does about it what is safe.
//
//   going on ─► nothing processed for N ─► told: sources open their connections anew
//      ▲                                     └─► 2 N, still for such a reason ─► the job begins again, where it may
//      └── a record, or nothing more to read ◄─┴─► 4 N, 8 N, … told again

import type { SplitLag } from '../../connector/split-lag.ts'
import type { SourceTrouble } from '../../connector/source-trouble.ts'
import { MillraceError } from '../../types/errors.ts'
import type { JobWatchSettings, WatchedSplit } from './job-watch.ts'
import { counted, seconds, told } from './trouble-text.ts'

/** A job that stands still and has to begin again. */
export class StalledError extends MillraceError {
  constructor(facts: { readonly program: string; readonly seconds: number; readonly why: string }) {
    super(
      'MR_JOB_STALLED',
      `${facts.program} has processed nothing for ${facts.seconds} s: ${facts.why}.`,
      {
        domain: 'external',
        retry: 'backoff',
        remedy: 'It begins again by itself, from its last commit.',
      },
    )
  }
}

/** Looks come more often while the process runs. */
const LONGEST_BREAK_MS = 5_000
/** So many splits are asked, and named: what keeps them keeps the others too. */
const ASKED = 3

export class StallWatch {
  readonly #settings: JobWatchSettings
  #records = -1
  /** Since when nothing has been processed though there was something to read; monotonic. */
  #since: number
  #lookedAt: number
  /** How often it was told of the present stall. */
  #told = 0
  #stall: string | undefined
  readonly #over = Promise.withResolvers<never>()

  constructor(settings: JobWatchSettings) {
    this.#settings = settings
    this.#since = settings.clock.monotonic()
    this.#lookedAt = this.#since
    this.#over.promise.catch(() => {})
  }

  /** Rejects when the job has to begin again. */
  get stalled(): Promise<never> {
    return this.#over.promise
  }

  get troubles(): readonly string[] {
    return this.#stall === undefined ? [] : [this.#stall]
  }

  async look(watched: readonly WatchedSplit[], signal: AbortSignal): Promise<void> {
    const { clock, timeoutMs, inputs, holdup } = this.#settings
    const now = clock.monotonic()
    const records = inputs.reduce((sum, i) => sum + i.recordsRead, 0)
    const behind = watched.filter(({ lag }) => this.#isBehind(lag))
    const hold = holdup()
    if (records !== this.#records || behind.length === 0 || hold?.isMeant) {
      this.#goesOn(records, now)
      return
    }
    // The process itself did not run, or had something to compute.
    if (now - this.#lookedAt > LONGEST_BREAK_MS) this.#since += now - this.#lookedAt
    this.#lookedAt = now
    const stalledMs = now - this.#since
    if (stalledMs < timeoutMs * 2 ** this.#told) return
    const troubles = hold ? [{ fact: hold.fact, isCurable: false }] : await diagnoses(behind)
    if (!signal.aborted) await this.#act(behind, stalledMs, troubles)
    this.#lookedAt = clock.monotonic()
  }

  #goesOn(records: number, now: number): void {
    const { notice, program } = this.#settings
    if (this.#told > 0) notice(`${program} goes on, after ${seconds(now - this.#since)} s.`)
    this.#records = records
    this.#since = now
    this.#lookedAt = now
    this.#told = 0
    this.#stall = undefined
  }

  async #act(
    behind: readonly WatchedSplit[],
    stalledMs: number,
    troubles: readonly SourceTrouble[],
  ): Promise<void> {
    const { notice, program, mayBeginAgain } = this.#settings
    this.#told++
    const isCurable = troubles.every(t => t.isCurable)
    const beginsAgain = isCurable && this.#told > 1 && mayBeginAgain
    const isRenewed = isCurable && !beginsAgain
    this.#stall = `${program} stands still: nothing was processed for ${seconds(stalledMs)} s, though ${amount(behind)}. ${told(troubles, 'the reason is not known')}`
    notice(isRenewed ? `${this.#stall} It is asked anew over fresh connections.` : this.#stall)
    if (beginsAgain) {
      const why = troubles.map(t => t.fact).join('; ') || 'the reason is not known'
      this.#over.reject(new StalledError({ program, seconds: seconds(stalledMs), why }))
    }
    if (isRenewed)
      for (const source of new Set(behind.map(b => b.input.source))) await source.renew?.()
  }

  /** What nobody has told of for long may have grown. */
  #isBehind(lag: SplitLag | undefined): boolean {
    const { clock, timeoutMs } = this.#settings
    return !lag || lag.records > 0 || clock.now() - lag.asOfMs >= timeoutMs
  }
}

/** Each trouble of the splits once. */
async function diagnoses(behind: readonly WatchedSplit[]): Promise<readonly SourceTrouble[]> {
  const found = await Promise.all(
    behind
      .slice(0, ASKED)
      .map(({ input, split }) =>
        input.source.diagnose?.(split.split).catch((error: unknown) => [asTrouble(error)]),
      ),
  )
  return [...new Map(found.flatMap(f => f ?? []).map(t => [t.fact, t])).values()]
}

function asTrouble(error: unknown): SourceTrouble {
  const { message } = error as Error
  return { fact: message.replace(/\.$/, ''), isCurable: true }
}

function amount(behind: readonly WatchedSplit[]): string {
  const names = behind.slice(0, ASKED).map(b => b.name)
  const more = behind.length > ASKED ? ` and ${behind.length - ASKED} more` : ''
  const of = `${names.join(', ')}${more}`
  const records = behind.reduce((sum, b) => sum + (b.lag?.records ?? 0), 0)
  return records > 0
    ? `${counted(records)} of ${of} can be read`
    : `it is not known whether more of ${of} is there`
}
