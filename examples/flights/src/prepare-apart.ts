// Runs the preparation in a process of its own, so that the replay does not begin with memory that the preparation needed.

import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { FollowedJob, Host } from '@millrace/cli'
import type { JobReport } from '@millrace/server'
import { type FeedCounts, PreparationStoppedError } from './prepare.ts'

/** What the preparation says: reports while it runs, then one of the others. */
export type PreparationMessage =
  | { readonly kind: 'report'; readonly report: JobReport }
  | PreparationOutcome

export type PreparationOutcome =
  | { readonly kind: 'prepared'; readonly counts: FeedCounts }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly reason: string; readonly remedy: string | undefined }

/** The one thing that it is told. */
export const STOP = 'stop'

/** The feed could not be made; nothing of it is kept. */
export class PreparationFailedError extends Error {
  readonly remedy: string

  constructor({ reason, remedy }: { reason: string; remedy: string | undefined }) {
    super(`The feed could not be prepared: ${reason}`)
    this.name = 'PreparationFailedError'
    this.remedy = remedy ?? 'The next start prepares it anew.'
  }
}

const MAIN = fileURLToPath(new URL('prepare-main.ts', import.meta.url))

/**
 * Prepares the feed, shown by `host` meanwhile and stopped with it. The process ends with this one, however this one ends.
 *
 * @throws {PreparationStoppedError} when the host was stopped first
 * @throws {PreparationFailedError}
 */
export async function prepareApart(
  data: string,
  feed: string,
  host?: Pick<Host, 'follow' | 'stopping'>,
): Promise<FeedCounts> {
  const child = fork(MAIN, [data, feed], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const stop = () => void (child.connected && child.send(STOP))
  host?.stopping.addEventListener('abort', stop)
  if (host?.stopping.aborted) stop()
  let followed: FollowedJob | undefined
  const outcome = outcomeOf(child, report => followed?.receive(report))
  try {
    followed = await host?.follow('flights-preparation')
    const ended = await outcome
    if (ended.kind === 'stopped') throw new PreparationStoppedError()
    if (ended.kind === 'failed') throw new PreparationFailedError(ended)
    return ended.counts
  } finally {
    followed?.end()
    host?.stopping.removeEventListener('abort', stop)
    child.kill('SIGKILL')
  }
}

/** Resolves once the process has ended, with what it said at last or else why it said nothing. */
function outcomeOf(
  child: ChildProcess,
  onReport: (report: JobReport) => void,
): Promise<PreparationOutcome> {
  return new Promise(resolve => {
    let said: PreparationOutcome | undefined
    const failed = (reason: string) => ({ kind: 'failed', reason, remedy: undefined }) as const
    child.on('message', (message: PreparationMessage) => {
      if (message.kind === 'report') onReport(message.report)
      else said = message
    })
    child.on('error', error => resolve(failed(error.message)))
    child.on('close', (code, signal) =>
      resolve(
        said ?? failed(`its process ended ${signal ? `by ${signal}` : `with code ${code}`}.`),
      ),
    )
  })
}
