// The contract of systems in whose transactions epochs are committed: they decide, not the state folder, whether an epoch holds.
//
//     acquire ─► decided ─► ( prepare(e) ─► [the runtime commits e, provisionally] ─► commit(e) )* ─► release
//
// See docs/adr/0010-kafka-exactly-once.md.

import type { JsonValue, Source, SourceSplit } from './source.ts'
import type { StateChangelog } from './state-changelog.ts'

/** How far a source has been read, as of the end of an epoch. */
export interface ReadSource {
  readonly source: Source
  readonly splits: readonly { readonly split: SourceSplit; readonly position: JsonValue }[]
}

/** An epoch on its way into the transaction. */
export interface TransactionEpoch {
  readonly epoch: number
  /** Tells this epoch from every other, of any process: what `decided` gives once its transaction is committed. */
  readonly token: string
  readonly sources: readonly ReadSource[]
}

/**
 * The transaction that holds an epoch's outputs and the positions of its inputs. The sinks that write into it share one.
 *
 * After a rejection of `prepare` or `commit` the outcome is unknown: the run ends, and a new one asks `decided`.
 */
export interface EpochTransaction {
  /** What it is, for messages: `Kafka at 127.0.0.1:9092`. */
  readonly system: string
  /**
   * Waits until this process alone may go on: nobody else can commit from then on.
   *
   * @param onStandBy called when another process is at it, and this one waits
   */
  acquire(signal: AbortSignal, onStandBy: () => void): Promise<void>
  /** The token of the last epoch that was committed by any process; undefined when none was, or it is forgotten. */
  decided(): Promise<string | undefined>
  /** Puts what the sinks have prepared, and the positions, into the transaction. */
  prepare(epoch: TransactionEpoch): Promise<void>
  /** Makes the prepared epoch hold. */
  commit(epoch: number): Promise<void>
  /** Where changes of state are kept in these transactions; by this name, or by one that follows from the program's. */
  changelog(name: string | undefined): StateChangelog
  /** Gives up what `acquire` has taken; nothing of an open epoch is committed. Idempotent. */
  release(): Promise<void>
}
