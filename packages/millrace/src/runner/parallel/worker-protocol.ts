// The messages between the main thread and its workers. Per worker they arrive in the order in which they were sent.
//
//   main ─► worker:  restore* ─► start ─► (rows | barrier)*
//   worker ─► main:  ready ─► (rows | done)*, `done` answering each barrier after everything before it

import type { OperatorStats } from '../../runtime/operator.ts'

/** Marks a thread as a worker of a running program: `workerData.millrace`. */
export interface WorkerIdentity {
  readonly index: number
  readonly workers: number
  /** The program that the worker joins. */
  readonly program: string
  /** Changes of state name each key that is gone: they go into a changelog. */
  readonly namesKeys: boolean
}

export type ToWorker =
  /** Entries of an operator's recovered state, as a delta of puts. */
  | { readonly type: 'restore'; readonly operator: string; readonly delta: Uint8Array }
  /** All state is back; the watermark that it was committed at. */
  | { readonly type: 'start'; readonly operator: string; readonly watermark: number }
  | { readonly type: 'rows'; readonly operator: string; readonly batch: Uint8Array }
  /** Answer with what has changed since the last one; without `collect` only when everything before is done. */
  | { readonly type: 'barrier'; readonly sequence: number; readonly collect: boolean }

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'rows'; readonly operator: string; readonly batch: Uint8Array }
  /** A batch of rows has been processed: the sender may send another. */
  | { readonly type: 'processed' }
  | {
      readonly type: 'done'
      readonly sequence: number
      readonly deltas: readonly { readonly operator: string; readonly delta: Uint8Array }[]
      readonly stats: readonly WorkerStats[]
    }
  | { readonly type: 'failed'; readonly error: WorkerFailure }
  /** An error of one row, for the bad-record policy of the main thread. */
  | ({ readonly type: 'row-failed' } & RowFailure)

export interface RowFailure {
  readonly operator: string
  readonly reason: string
  /** Of what a function has thrown; else empty. */
  readonly stack: string
  readonly row: string
}

export interface WorkerStats extends Omit<OperatorStats, 'id'> {
  readonly operator: string
}

export interface WorkerFailure {
  readonly name: string
  readonly message: string
  readonly stack: string
}
