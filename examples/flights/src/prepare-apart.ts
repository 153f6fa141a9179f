// Runs the preparation in a process of its own, so that the replay does not begin with memory that the preparation needed.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { type FeedCounts, PreparationStoppedError } from './prepare.ts'

/** The exit code of a preparation that was stopped. */
export const STOPPED = 3
/** That of one that was stopped twice: Ctrl-C in a terminal reaches it, and is passed on to it besides. */
const STOPPED_AT_ONCE = 130

const MAIN = fileURLToPath(new URL('prepare-main.ts', import.meta.url))

/** @throws {PreparationStoppedError} when it was stopped by Ctrl-C */
export async function prepareApart(data: string, feed: string): Promise<FeedCounts> {
  const child = spawn(process.execPath, [...process.execArgv, MAIN, data, feed], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stop = () => child.kill('SIGINT')
  process.on('SIGINT', stop).on('SIGTERM', stop)
  try {
    const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')])
    if (code === STOPPED || code === STOPPED_AT_ONCE) throw new PreparationStoppedError()
    if (code !== 0) throw new Error('The preparation of the feed failed.')
    return JSON.parse(output) as FeedCounts
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}
