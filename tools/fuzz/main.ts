// Damages statements and looks that none hangs, crashes or ends in an internal error: from text to plan and code, a sample also run.
//   npm run test:fuzz -- [--count N] [--seed N] [--run-every N] [--only N]
// --count     how many statements (default 2000)
// --seed      which ones (default 1); the same seed gives the same statements
// --run-every runs every n-th that compiles (default 50)
// --only      just that one, and shows it

import { Worker } from 'node:worker_threads'
import { parseArgs } from 'node:util'
import type { FuzzFailure, FuzzProgress, FuzzTask } from './fuzz-worker.ts'

/** A statement that takes longer than this hangs. */
const HANG_MS = 20_000

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    'run-every': { type: 'string', default: '50' },
    only: { type: 'string' },
  },
})
const only = values.only === undefined ? undefined : Number(values.only)
const end = only === undefined ? Number(values.count) : only + 1
const failures: FuzzFailure[] = []
const counts = { compiled: 0, refused: 0, ran: 0 }
const started = performance.now()
let next = only ?? 0
while (next < end) next = await runFrom(next)
report()

/** Runs statements in a worker, from `from` on; gives the number to go on with when one hangs. */
function runFrom(from: number): Promise<number> {
  const task: FuzzTask = {
    from,
    to: end,
    seed: Number(values.seed),
    runEvery: Number(values['run-every']),
    show: only !== undefined,
  }
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), { workerData: task })
    let at = from
    let text = ''
    const stop = (to: number) => {
      clearTimeout(watchdog)
      void worker.terminate().then(() => resolve(to))
    }
    const hang = () => {
      failures.push({ number: at, text, problem: `takes longer than ${HANG_MS / 1000} s` })
      stop(at + 1)
    }
    let watchdog = setTimeout(hang, HANG_MS)
    worker.on('message', (progress: FuzzProgress) => {
      clearTimeout(watchdog)
      watchdog = setTimeout(hang, HANG_MS)
      if (progress.kind === 'begin') ({ number: at, text } = progress)
      else if (progress.kind === 'failure') failures.push(progress.failure)
      else if (progress.kind === 'end') stop(end)
      else counts[progress.outcome]++
    })
    worker.on('error', error => {
      clearTimeout(watchdog)
      reject(error)
    })
  })
}

function report(): void {
  for (const { number, text, problem } of failures)
    console.log(`--- statement ${number} of seed ${values.seed}: ${problem}\n${text}\n`)
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  const { compiled, refused, ran } = counts
  console.log(
    `${end - (only ?? 0)} statements in ${seconds} s: ${compiled} compiled, ${ran} of them ran, ${refused} refused; ${failures.length} failed`,
  )
  if (compiled === 0 && only === undefined)
    throw new Error('no statement compiled: the fuzzer is blunt')
  process.exitCode = failures.length > 0 ? 1 : 0
}
