// Physical nodes that put rows into windows.

import type { WindowSpec } from '../../plan/node.ts'
import type { Exec } from './exec.ts'

/** Rows with the clock as their time, which never goes back; windows above it close as the clock goes on. */
export interface ProcessingClockExec extends Exec {
  readonly kind: 'processing-clock'
  readonly timeColumn: number
}

/** Each row once per window it is in, with window_start, window_end, window_time; late rows too. */
export interface WindowAssignExec extends Exec {
  readonly kind: 'window-assign'
  readonly timeColumn: number
  readonly window: Exclude<WindowSpec, { kind: 'session' }>
}

/** Each row with the session it is in, once that is closed. Late rows are dropped and counted. */
export interface SessionWindowExec extends Exec {
  readonly kind: 'session-window'
  readonly timeColumn: number
  readonly gapMs: number
  /** Columns of the input: sessions are those of each of their values. */
  readonly partition: readonly number[]
  /** Rows with their sessions, or those that were too late for one, as they are. */
  readonly gives: 'windows' | 'late'
}

/** The rows that come too late for any window that they are in. */
export interface LateRowsExec extends Exec {
  readonly kind: 'late-rows'
  readonly latenessMs: number
  readonly timeColumn: number
  readonly window: Exclude<WindowSpec, { kind: 'session' }>
}
