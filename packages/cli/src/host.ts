// The process around running programs: page, status line, signals. `millrace run` and the examples use it.

import { type EmbeddedRun, type ProgramSettings, setProgramHost } from 'millrace'
import type { JobReport } from '@millrace/server'
import { HostPage } from './host-page.ts'
import type { PageOptions } from './page-options.ts'
import { StatusLine } from './status-line.ts'

export interface HostOptions {
  /** Over the programs' own settings. */
  readonly settings?: ProgramSettings
  /** Absent: no page. */
  readonly server?: PageOptions
}

export interface Host {
  readonly runs: readonly EmbeddedRun[]
  /** Aborted by the first Ctrl-C. */
  readonly stopping: AbortSignal
  /** Shows a job of another process on the page and the status line, at first by its name alone. */
  follow(name: string): Promise<FollowedJob>
  /** Resolves when every program that has started has ended; rejects with the error of the first that failed. */
  finished(): Promise<void>
  close(): Promise<void>
}

export interface FollowedJob {
  receive(report: JobReport): void
  /** Ends the status line; the page keeps what it shows until a program starts. */
  end(): void
}

/** Becomes the host of all programs that start in this process. Ctrl-C stops them cleanly, a second one at once. */
export function hostPrograms(options: HostOptions): Host {
  const runs: EmbeddedRun[] = []
  const page = options.server && new HostPage(options.server)
  const status = new StatusLine(process.stderr)
  const interruption = new AbortController()
  const sayRunning = (name: string) =>
    status.say(`${name} is running.${page?.url ? ` Its page: ${page.url}` : ''}`)
  const onSignal = () => {
    if (interruption.signal.aborted) process.exit(130)
    interruption.abort()
    status.say('Stopping: committing what has been read. Ctrl-C again ends at once.')
    for (const run of runs) run.stop().catch(() => {})
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  setProgramHost({
    ...(options.settings && { settings: options.settings }),
    notice: text => status.say(text),
    stopping: interruption.signal,
    async onStart(run) {
      runs.push(run)
      await page?.show(({ embeddedJobView }) => embeddedJobView(run))
      sayRunning(run.name)
      const forget = status.watch(() => progressOf(run))
      run.finished
        .finally(forget)
        .then(result => status.sum(run.name, result))
        .catch(() => {})
      if (interruption.signal.aborted) run.stop().catch(() => {})
    },
  })
  return {
    runs,
    stopping: interruption.signal,
    async follow(name) {
      const view = await page?.show(({ relayedJobView }) => relayedJobView(name))
      sayRunning(name)
      let last: JobReport | undefined
      return {
        receive(report) {
          last = report
          view?.receive(report)
        },
        end: status.watch(() => progressTold(last)),
      }
    },
    async finished() {
      for (const run of runs) await run.finished
    },
    async close() {
      status.close()
      setProgramHost(undefined)
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
      await page?.close()
    },
  }
}

const progressOf = ({ job }: EmbeddedRun) => ({
  events: job.recordsRead,
  eventTimeMs: job.progress.eventTimeMs,
  progress: job.progress.share,
  behind: job.progress.recordsBehind,
  late: job.lateRecords,
  deadLettered: job.letters.count,
})

const progressTold = (report: JobReport | undefined) => ({
  events: report?.status.eventsTotal ?? 0,
  eventTimeMs: report?.status.eventTimeMs,
  progress: report?.status.progress,
  behind: behindTold(report),
  late: report?.status.late ?? 0,
  deadLettered: report?.status.deadLettered ?? 0,
})

function behindTold(report: JobReport | undefined): number | undefined {
  const told = report?.status.sources.flatMap(s => s.lagRecords ?? []) ?? []
  return told.length === 0 ? undefined : told.reduce((sum, n) => sum + n, 0)
}
