// The port through which the API reaches whatever executes plans; `index.ts` wires the embedded runner to it.

import type { Row, RowKind } from '../types/value.ts'
import type { PlanNode } from './node.ts'
import type { Program } from './program.ts'

/** What a run ended with. The counts are those of this run: what was read or written before a restart is not in them. */
export interface RunResult {
  /** `finished`: all input was processed and committed. `stopped`: by `stop()` or its signal, committed up to there. */
  readonly outcome: 'finished' | 'stopped'
  readonly recordsRead: number
  readonly rowsWritten: number
  readonly lateRecords: number
  readonly deadLetters: number
  readonly elapsedMs: number
}

/** A program that is running. */
export interface RunningJob {
  readonly name: string
  /** Resolves when the job has ended, all output committed; rejects with the error that ended it. */
  readonly finished: Promise<RunResult>
  /** Ends the run after a last commit; resolves when that is done. */
  stop(): Promise<RunResult>
}

export interface RunControl {
  /** Stops the run as {@link RunningJob.stop} does. */
  readonly signal?: AbortSignal | undefined
  /** Refuses input that never ends, as batch mode does. */
  readonly boundedInput?: boolean
}

/** One row of a result, with its kind. */
export interface Change {
  readonly kind: RowKind
  /** Engine values (`types/value.ts`) in the plan's column order; the receiver's to keep. */
  readonly row: Row
}

export interface ExplainOptions {
  /** The generated code too. */
  readonly code?: boolean
  /** The Flink SQL that the plan stands for, too. */
  readonly sql?: boolean
}

/** Executes programs. */
export interface Runner {
  /** Starts the program's statements as one job. Rejects before anything runs when the program cannot be planned. */
  start(program: Program, control?: RunControl): Promise<RunningJob>
  /**
   * Runs a query and yields its changes in order: of bounded input all, then ends. In `batch` mode only +I of final rows.
   * Ending the iteration early stops the run. The program's `sinks` are not written.
   *
   * @throws {MillraceError} `MR_PLAN_UNBOUNDED` where the mode is batch and an input never ends
   */
  query(program: Program, query: PlanNode, control?: RunControl): AsyncIterable<Change>
  /** Logical, optimized and physical plan, changelog modes, guarantees, warnings, as text. */
  explain(program: Program, options?: ExplainOptions): string
}
