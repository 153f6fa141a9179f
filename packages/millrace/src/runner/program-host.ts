// The process around programs: a command line, a console, a test. It may change settings and look into jobs that start.

import type { ProgramSettings } from '../plan/program.ts'
import type { Runner } from '../plan/runner-port.ts'
import type { EmbeddedRun } from './embedded-runner.ts'

export interface ProgramHost {
  /** Over the program's own settings. */
  readonly settings?: ProgramSettings
  /** Called once a job's state is open, before it reads. What it throws ends the job. */
  onStart?(run: EmbeddedRun): void | Promise<void>
  /** Takes what whoever watches should know, such as that a job stands by. Absent: stderr. */
  notice?(text: string): void
  /** Runs the app's programs in place of the embedded runner: one that only looks at them. */
  readonly runner?: Runner
  /** Ends jobs that have not started yet. */
  readonly stopping?: AbortSignal
}

// A program may load another copy of this package than its command line does: they meet at a registered symbol.
const KEY = Symbol.for('millrace.host')

/** Sets the host of all programs that start in this process from now on. */
export function setProgramHost(host: ProgramHost | undefined): void {
  ;(globalThis as { [KEY]?: ProgramHost | undefined })[KEY] = host
}

export function programHost(): ProgramHost | undefined {
  return (globalThis as { [KEY]?: ProgramHost | undefined })[KEY]
}
