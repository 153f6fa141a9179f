// The contract of sinks: output is made recoverable before the commit and becomes visible after it, exactly once where it can.

import type { TableDescriptor } from '../types/table-descriptor.ts'
import type { RuntimePorts } from '../types/ports.ts'
import type { Row, RowKindCode } from '../types/value.ts'
import type { ChangelogMode } from '../types/changelog-mode.ts'
import type { LetterContext, LetterWriter } from './dead-letter.ts'
import type { EpochTransaction } from './epoch-transaction.ts'
import type { JsonValue } from './source.ts'
import type { OptionSchema } from '../types/options.ts'
import type { RecordEncoder } from '../format/encoder.ts'
import type { RecordKeys } from './record-formats.ts'

/** What a sink can promise end to end. */
export type SinkGuarantee = 'exactly-once' | 'idempotent' | 'at-least-once'

/** What the commit of an epoch must hold for a sink. */
export interface PreparedEpoch {
  /** Replaces the writer's state as of this epoch (a file's valid length, part numbers). */
  readonly state?: Uint8Array
  /** Output to be applied after the commit, again after a crash, until trimmed. */
  readonly outbox?: Uint8Array
}

export interface RecoveredSink {
  /** The state of the last commit. */
  readonly state?: Uint8Array
  /** Committed outboxes that may not have been applied, oldest first. */
  readonly outboxes: readonly { readonly epoch: number; readonly bytes: Uint8Array }[]
}

/** Rows of a sink's table as JSON values; integers beyond 2^53 and decimals are strings. */
export interface SinkContents {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly JsonValue[])[]
  /** All rows of the table, of which `rows` are some. */
  readonly rowCount?: number
}

/** A table that is held in memory. */
export interface HeldTable {
  /** Whether rows are only added; else they may be replaced and deleted. */
  readonly isAppended: boolean
  /** All rows; those of the engine, not to be changed. */
  rows(): readonly Row[]
  /** Tells of each change from now on, what is replaced before what replaces it. Returns how to stop. */
  follow(listener: (kind: RowKindCode, row: Row) => void): () => void
}

/**
 * One running sink. Order of calls:
 *
 *     open ─► write* ─► cut(e) ─► prepare(e) ─► [the runtime commits e] ─► apply(e) ─► … ─► finish ─► close
 *                        └─ write* for e+1 may go on from here
 *
 * `write` and `cut` are synchronous and must not block; the rest may overlap with writes of the next epoch. `apply` is called in
 * order, once `open` has re-applied what was recovered. Any rejection is fatal to the run.
 */
export interface SinkWriter {
  open(recovered: RecoveredSink): Promise<void>
  /** Takes a change. The row is the writer's to keep. */
  write(kind: RowKindCode, row: Row): void
  /** All that was written until now belongs to `epoch`. `final`: the input has ended. */
  cut(epoch: number, final: boolean): void
  /** Makes the epoch's output recoverable without replay. */
  prepare(epoch: number): Promise<PreparedEpoch>
  /** Makes the committed epoch visible. Idempotent. Resolves when done, or when the sink coalesces and has taken it over. */
  apply(epoch: number): Promise<void>
  /** The newest epoch whose outbox is applied for good and may be trimmed. */
  readonly appliedEpoch: number
  /** Applies everything that it has coalesced: called at the end and on a clean stop. */
  finish(): Promise<void>
  close(): Promise<void>
  /** The newest rows that are visible in the table, for pages and tools; absent where it cannot be read back. */
  read?(range: { readonly limit: number }): Promise<SinkContents>
  /** The table as it stands, for queries in this process; absent where it is not held in memory. */
  readonly heldTable?: HeldTable
  /** The transaction that it writes into, when that decides whether an epoch holds; of a program's sinks all that have one share it. */
  readonly transaction?: EpochTransaction | undefined
  /** When it wants an epoch to be cut though nothing has been read since the last, epoch ms; undefined: never. Must be cheap. */
  readonly cutDueMs?: number | undefined
  /** What keeps its output from being taken, in a sentence each, for whoever looks at the job. */
  readonly troubles?: readonly string[]
  /** Bytes held in memory; the runtime stops reading sources above its bound. */
  readonly bufferedBytes: number
}

export interface SinkContext {
  readonly table: TableDescriptor
  readonly ports: RuntimePorts
  readonly baseFolder: string
  /** Stable over restarts; part of file names, idempotency keys. */
  readonly sinkId: string
  /** The program's name: what its producers are known by in other systems. */
  readonly program: string
  /** The table's format compiled, when the factory takes one. Lines end with a newline unless records have keys. */
  readonly encoder?: RecordEncoder
  /** Encodes the key of a row, where the table declares one. */
  readonly keyEncoder?: RecordEncoder
  /** What each file begins with: `header` of the table's format, when it has one. */
  readonly header?: Uint8Array
  /** What reaches the sink. */
  readonly changelogMode: ChangelogMode
  /** Indexes of the key on which updates and deletions apply; empty: append. */
  readonly upsertKey: readonly number[]
  /** INSERT OVERWRITE: the table holds, in the end, what is written now alone; of one with partitions, those written to. */
  readonly overwrite?: boolean
  /** State outlives the process: what is handed over after the commit must be in its outbox. */
  readonly isDurable: boolean
  /** How long an epoch is. */
  readonly epochMs: number
  /** The session's; absent: UTC. */
  readonly timeZone?: string
  /** Lines for the user's terminal (print connector); written by the runner to stdout. */
  readonly print: (line: string) => void
}

export interface SinkFactory {
  readonly connector: string
  readonly options: OptionSchema
  readonly takesFormat: boolean
  /** Its records lie apart, and have keys: `key.format` and `value.format`. */
  readonly keys?: RecordKeys
  /** Keys of METADATA columns that can be written; absent: none. */
  readonly metadata?: ReadonlySet<string>
  /** PARTITIONED BY means something to it: the values of those columns say where a row goes, and are not in the record. */
  readonly takesPartitions?: boolean
  /** Can replace what its table holds. */
  readonly takesOverwrite?: boolean
  /** The modes that the sink for this table takes, best first. */
  accepts(table: TableDescriptor): readonly ChangelogMode[]
  guarantee(table: TableDescriptor): SinkGuarantee
  create(context: SinkContext): SinkWriter
  /** Of systems that can keep a program's dead letters: a sink of these, over the connection of a table. */
  createLetters?(context: LetterContext): LetterWriter
}
