// The preparation as a process of its own: forked with <data> <feed>. It reports how far it is, and its outcome, to the demo.

import { embeddedJobView, reportJob } from '@millrace/server'
import { type EmbeddedRun, setProgramHost } from 'millrace'
import { PreparationStoppedError, prepareFeed } from './prepare.ts'
import { type PreparationMessage, type PreparationOutcome, STOP } from './prepare-apart.ts'

const [data = '', feed = ''] = process.argv.slice(2)
const send = (message: PreparationMessage) => process.send?.(message)
const onOrphaned = () => process.exit(1)
let running: EmbeddedRun | undefined
let isStopping = false
const stopRunning = () => running?.stop().catch(() => {})

process.on('disconnect', onOrphaned)
// Signals to the process group reach this process too: the demo says what they mean.
process.on('SIGINT', () => {}).on('SIGTERM', () => {})
process.on('message', message => {
  if (message !== STOP) return
  isStopping = true
  stopRunning()
})
setProgramHost({
  onStart(run) {
    running = run
    reportJob(embeddedJobView(run), report => send({ kind: 'report', report }))
    if (isStopping) stopRunning()
  },
})

const outcome = await prepareFeed(data, feed).then(
  (counts): PreparationOutcome => ({ kind: 'prepared', counts }),
  (error: Error & { remedy?: string }): PreparationOutcome =>
    error instanceof PreparationStoppedError
      ? { kind: 'stopped' }
      : { kind: 'failed', reason: error.message, remedy: error.remedy },
)
process.off('disconnect', onOrphaned)
// Disconnecting lets what was sent through.
send(outcome)
process.disconnect()
