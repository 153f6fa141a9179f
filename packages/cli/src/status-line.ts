// The live status line of running programs on the terminal; plain lines where there is none.

import type { WriteStream } from 'node:tty'
import type { EmbeddedRun, RunResult } from 'millrace'

const REFRESH_MS = 250
const PLAIN_MS = 5000

export class StatusLine {
  readonly #out: WriteStream
  readonly #progress: ((run: EmbeddedRun) => number | undefined) | undefined
  readonly #watched = new Map<EmbeddedRun, { events: number; atMs: number; rate: number }>()
  #timer: NodeJS.Timeout | undefined
  #hasLine = false

  constructor(out: WriteStream, progress?: (run: EmbeddedRun) => number | undefined) {
    this.#out = out
    this.#progress = progress
  }

  /** Prints a line above the status line. */
  say(text: string): void {
    this.#clear()
    this.#out.write(`${text}\n`)
  }

  watch(run: EmbeddedRun): void {
    this.#watched.set(run, { events: run.job.recordsRead, atMs: performance.now(), rate: 0 })
    this.#timer ??= setInterval(
      () => this.#refresh(),
      this.#out.isTTY ? REFRESH_MS : PLAIN_MS,
    ).unref()
  }

  /** Shows a run no longer. */
  forget(run: EmbeddedRun): void {
    this.#watched.delete(run)
    this.#clear()
  }

  /** Shows a run no longer, but what it has done. */
  end(run: EmbeddedRun, result: RunResult): void {
    this.forget(run)
    const seconds = result.elapsedMs / 1000
    const rate = seconds > 0 ? Math.round(result.recordsRead / seconds) : 0
    this.say(
      `${run.name} ${result.outcome}: ${count(result.recordsRead)} events in ${seconds.toFixed(1)} s (${count(rate)}/s), ` +
        `${count(result.rowsWritten)} rows written, ${count(result.lateRecords)} late, ${count(result.deadLetters)} dead-lettered`,
    )
  }

  close(): void {
    clearInterval(this.#timer)
    this.#clear()
  }

  #refresh(): void {
    for (const [run, last] of this.#watched) {
      const { job } = run
      const now = performance.now()
      const events = job.recordsRead
      const rate = ((events - last.events) * 1000) / Math.max(1, now - last.atMs)
      last.rate = last.rate === 0 ? rate : last.rate * 0.6 + rate * 0.4
      last.events = events
      last.atMs = now
      const parts = [`${count(Math.round(last.rate))} events/s`]
      const time = job.eventTimeMs
      if (time !== undefined)
        parts.push(`at ${new Date(time).toISOString().slice(0, 16).replace('T', ' ')}`)
      const progress = this.#progress?.(run) ?? job.progress
      if (progress !== undefined) parts.push(`${(progress * 100).toFixed(1)} %`)
      parts.push(`${count(job.lateRecords)} late`, `${count(job.letters.count)} dead-lettered`)
      this.#draw(parts.join(' · '))
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
