// Physical nodes that read, complete or reduce changelogs, and take them in at the end.

import type { ConflictAction } from '../../plan/node.ts'
import type { ChangelogMode } from '../../types/changelog-mode.ts'
import type { TableDescriptor } from '../../types/table-descriptor.ts'
import type { Exec } from './exec.ts'

/** Completes the changelog of a source: rows that replace each other by key become retractions and rows. */
export interface NormalizeExec extends Exec {
  readonly kind: 'normalize'
  readonly key: readonly number[]
}

/** Makes upserts by a sink's key of a changelog by another: the row that came last counts. */
export interface MaterializeExec extends Exec {
  readonly kind: 'materialize'
  readonly sinkKey: readonly number[]
  /** What tells the stream's rows apart; undefined: only all their columns. */
  readonly upsertKey: readonly number[] | undefined
  readonly onConflict: ConflictAction
  /** The sink's name, for messages. */
  readonly table: string
}

/** INTERSECT ALL and EXCEPT ALL of two inputs of the same column types. */
export interface SetOperationExec extends Exec {
  readonly kind: 'set-operation'
  readonly operation: 'intersect' | 'except'
}

/** Batch mode: takes in all changes and emits what is left as +I at the end of the input. */
export interface FinalizeExec extends Exec {
  readonly kind: 'finalize'
}

export interface SinkExec extends Exec {
  readonly kind: 'sink'
  readonly table: TableDescriptor
  readonly mode: ChangelogMode
  readonly upsertKey: readonly number[]
  /** Of upserts: each -U is followed by the row that replaces it; otherwise it is a deletion. */
  readonly dropsUpdateBefore: boolean
  /** What the table holds is replaced. */
  readonly overwrite: boolean
}
