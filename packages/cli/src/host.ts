// The process around running programs: page, status line, signals. `millrace run` and the examples use it.

import { type EmbeddedRun, type ProgramSettings, setProgramHost } from 'millrace'
import type { RunningServer } from '@millrace/server'
import { StatusLine } from './status-line.ts'

export interface HostOptions {
  /** Over the programs' own settings. */
  readonly settings?: ProgramSettings
  /** Absent: no page. A port that was not chosen gives way to a free one when it is taken. */
  readonly server?: { readonly port: number; readonly isChosen: boolean }
  /** Progress of a replay, 0 to 1, for the status line. */
  readonly progress?: (run: EmbeddedRun) => number | undefined
}

export interface Host {
  readonly runs: readonly EmbeddedRun[]
  /** Resolves when every program that has started has ended; rejects with the error of the first that failed. */
  finished(): Promise<void>
  close(): Promise<void>
}

/** Becomes the host of all programs that start in this process. Ctrl-C stops them cleanly, a second one at once. */
export function hostPrograms(options: HostOptions): Host {
  const runs: EmbeddedRun[] = []
  let page: Page | undefined
  const status = new StatusLine(process.stderr, options.progress)
  let interrupted = false
  const onSignal = () => {
    if (interrupted) process.exit(130)
    interrupted = true
    status.say('Stopping: committing what has been read. Ctrl-C again ends at once.')
    for (const run of runs) run.stop().catch(() => {})
  }
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal)
  setProgramHost({
    ...(options.settings && { settings: options.settings }),
    async onStart(run) {
      runs.push(run)
      if (page) page.show(run)
      else if (options.server) page = await openPage(run, options.server)
      status.say(`${run.name} is running.${page ? ` Its page: ${page.server.url}` : ''}`)
      status.watch(run)
      run.finished.then(
        result => status.end(run, result),
        () => status.forget(run),
      )
      if (interrupted) run.stop().catch(() => {})
    },
  })
  return {
    runs,
    async finished() {
      for (const run of runs) await run.finished
    },
    async close() {
      status.close()
      setProgramHost(undefined)
      process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
      await page?.server.close()
    },
  }
}

interface Page {
  readonly server: RunningServer
  show(run: EmbeddedRun): void
}

async function openPage(
  run: EmbeddedRun,
  { port, isChosen }: { readonly port: number; readonly isChosen: boolean },
): Promise<Page> {
  const { embeddedJobView, startServer, switchingJobView } = await import('@millrace/server')
  const view = switchingJobView(embeddedJobView(run))
  const start = async () => {
    try {
      return await startServer(view, { port })
    } catch (error) {
      if (isChosen || (error as { code?: string }).code !== 'MR_SERVER_PORT_IN_USE') throw error
      return startServer(view, { port: 0 })
    }
  }
  return { server: await start(), show: next => view.switchTo(embeddedJobView(next)) }
}
