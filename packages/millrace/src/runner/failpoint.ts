// Failpoints of a real process, for crash tests: it dies at one of them, and leaves a trace of those that it has passed.

import { openSync, writeSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

/**
 * What the environment asks for; undefined: nothing.
 *
 * `MILLRACE_FAILPOINT=name[:n]`: the process kills itself by SIGKILL when it reaches that failpoint for the n-th time (from 1).
 * `MILLRACE_FAILPOINT_TRACE=file`: the name of each failpoint passed is appended to the file, a line each, before anything else.
 */
export function failpointOf(environment: NodeJS.ProcessEnv): ((name: string) => void) | undefined {
  const setting = environment['MILLRACE_FAILPOINT']
  const trace = environment['MILLRACE_FAILPOINT_TRACE']
  if (!isMainThread || (!setting && !trace)) return undefined
  const file = trace ? openSync(trace, 'a', 0o600) : undefined
  const [wanted, count = '1'] = (setting ?? '').split(':')
  let left = Number(count)
  return name => {
    if (file !== undefined) writeSync(file, `${name}\n`)
    if (name === wanted && --left === 0) process.kill(process.pid, 'SIGKILL')
  }
}
