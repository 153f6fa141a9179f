// The live status line of running programs on the terminal; plain lines where there is none.

import type { WriteStream } from 'node:tty'
import type { RunResult } from 'millrace'

const REFRESH_MS = 250
const PLAIN_MS = 5000

/** What the line tells of a job. */
export interface JobProgress {
  readonly events: number
  readonly eventTimeMs: number | undefined
  /** 0 to 1, where the input is bounded. */
  readonly progress: number | undefined
  /** Records that may be read and are not processed, where the sources can tell. */
  readonly behind: number | undefined
  readonly late: number
  /** Of earlier runs too. */
  readonly deadLettered: number
}

interface Watched {
  readonly read: () => JobProgress
  events: number
  atMs: number
  rate: number
}

export class StatusLine {
  readonly #out: WriteStream
  readonly #watched = new Set<Watched>()
  #timer: NodeJS.Timeout | undefined
  #hasLine = false

  constructor(out: WriteStream) {
    this.#out = out
  }

  /** Prints a line above the status line. */
  say(text: string): void {
    this.#clear()
    this.#out.write(`${text}\n`)
  }

  /** Shows a job until what this returns is called. */
  watch(read: () => JobProgress): () => void {
    const watched = { read, events: read().events, atMs: performance.now(), rate: 0 }
    this.#watched.add(watched)
    this.#timer ??= setInterval(
      () => this.#refresh(),
      this.#out.isTTY ? REFRESH_MS : PLAIN_MS,
    ).unref()
    return () => {
      this.#watched.delete(watched)
      this.#clear()
    }
  }

  /** Says what a run has done. */
  sum(name: string, result: RunResult): void {
    this.say(sumText(name, result))
  }

  close(): void {
    clearInterval(this.#timer)
    this.#clear()
  }

  #refresh(): void {
    for (const watched of this.#watched) {
      const now = performance.now()
      const progress = watched.read()
      const { events } = progress
      // Fewer events than before: the next job of several that are watched as one.
      const rate = (Math.max(0, events - watched.events) * 1000) / Math.max(1, now - watched.atMs)
      watched.rate = watched.rate === 0 ? rate : watched.rate * 0.6 + rate * 0.4
      watched.events = events
      watched.atMs = now
      this.#draw(progressText(progress, watched.rate))
    }
  }

  #draw(text: string): void {
    if (!this.#out.isTTY) {
      this.#out.write(`${text}\n`)
      return
    }
    this.#out.write(`\r\u001b[2K${text.slice(0, (this.#out.columns ?? 100) - 1)}`)
    this.#hasLine = true
  }

  #clear(): void {
    if (this.#hasLine) this.#out.write('\r\u001b[2K')
    this.#hasLine = false
  }
}

const count = (n: number): string => n.toLocaleString('en-US')

/** What a running job shows: records that were late in this run, and all dead letters, those of earlier runs too. */
export function progressText(
  { eventTimeMs, progress, behind, late, deadLettered }: JobProgress,
  eventsPerSecond: number,
): string {
  const parts = [`${count(Math.round(eventsPerSecond))} events/s`]
  if (eventTimeMs !== undefined)
    parts.push(`at ${new Date(eventTimeMs).toISOString().slice(0, 16).replace('T', ' ')}`)
  if (progress !== undefined) parts.push(`${(progress * 100).toFixed(1)} %`)
  if (behind !== undefined) parts.push(`${count(behind)} behind`)
  const letters = deadLettered === 1 ? 'dead letter' : 'dead letters'
  parts.push(`${count(late)} late`, `${count(deadLettered)} ${letters} in all`)
  return parts.join(' · ')
}

/** What a run has done; dead letters of earlier runs are not in it. */
export function sumText(name: string, result: RunResult): string {
  const seconds = result.elapsedMs / 1000
  const rate = seconds > 0 ? Math.round(result.recordsRead / seconds) : 0
  return (
    `${name} ${result.outcome}: ${count(result.recordsRead)} events in ${seconds.toFixed(1)} s (${count(rate)}/s), ` +
    `${count(result.rowsWritten)} rows written, ${count(result.lateRecords)} late, ${count(result.deadLetters)} dead-lettered in this run`
  )
}
