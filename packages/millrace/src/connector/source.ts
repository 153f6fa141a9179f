// The contract of sources: splits with positions, read in batches, replayable from any position they gave.

import type { TableDescriptor } from '../types/table-descriptor.ts'
import type { RuntimePorts } from '../types/ports.ts'
import type { ChangelogMode } from '../types/changelog-mode.ts'
import type { Row, Value } from '../types/value.ts'
import type { OptionSchema } from '../types/options.ts'
import type { RecordOrigin } from './dead-letter.ts'
import type { KeyLookup, LookupContext } from './lookup.ts'
import type { ReadSource } from './epoch-transaction.ts'
import type { RecordKeys } from './record-formats.ts'
import type { SourceTrouble } from './source-trouble.ts'
import type { SplitLag } from './split-lag.ts'

/** A JSON value; positions and splits are stored as JSON in the commit. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue }

/** A part of a source that is read in order by one reader: a file, a partition. */
export interface SourceSplit {
  /** Stable across restarts, unique in the source. */
  readonly id: string
  readonly spec: JsonValue
  /** What people know it by, such as a path; the id when absent. */
  readonly label?: string
}

/** A batch of whole records as bytes. The bytes stay valid until the next `read()` of the same reader. */
export interface BytesBatch {
  readonly kind: 'bytes'
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** Position after the record that ends at `offset` (in `bytes`): from there a reader goes on. */
  positionAt(offset: number): JsonValue
}

/** A batch of rows with physical columns in table order; `kinds` absent: all +I. */
export interface RowsBatch {
  readonly kind: 'rows'
  readonly rows: readonly Row[]
  readonly kinds?: Uint8Array
  /** Position after the first `count` rows. */
  positionAt(count: number): JsonValue
}

/**
 * A batch of records that lie apart in a buffer, such as the messages of a log: each has a value, and perhaps a key. Buffer and
 * arrays stay valid until the next `read()` of the same reader.
 */
export interface FramesBatch {
  readonly kind: 'frames'
  readonly bytes: Uint8Array
  /** Records. */
  readonly count: number
  /** Where each record's value begins in `bytes`; -1: it has none. At least `count` long, as the others. */
  readonly valueStarts: Int32Array
  readonly valueEnds: Int32Array
  /** The same of keys. */
  readonly keyStarts: Int32Array
  readonly keyEnds: Int32Array
  /** Reads the metadata column at this position of the table's schema, of the record at an index: a value of the column's type. */
  metadata(column: number): (index: number) => Value
  /** The record at an index with all that came with it, copied: for who puts it aside. */
  origin?(index: number): RecordOrigin
  /** Position after the first `count` records. */
  positionAt(count: number): JsonValue
}

export type SourceBatch = BytesBatch | RowsBatch | FramesBatch

export interface SplitReader {
  /**
   * The next batch; `idle` when there is none now (call again after `wait`), `finished` when there never will be one.
   * Never called again before the previous promise is settled.
   */
  read(): Promise<SourceBatch | 'idle' | 'finished'>
  /** Resolves when reading may be worthwhile again, or when `signal` aborts. */
  wait(signal: AbortSignal): Promise<void>
  close(): Promise<void>
  /**
   * How far reading is behind, where the system behind it tells; undefined before it has. Called at any time, and must be cheap.
   *
   * @param position of the next record to be processed; undefined: none was given yet
   */
  lag?(position: JsonValue | undefined): SplitLag | undefined
}

export interface Source {
  readonly boundedness: 'bounded' | 'unbounded'
  readonly payload: SourceBatch['kind']
  /** Finds splits. Called at start and, for unbounded sources, every `discoveryIntervalMs`; `known` are those of earlier calls. Order is the reading order. */
  discover(known: ReadonlySet<string>): Promise<readonly SourceSplit[]>
  readonly discoveryIntervalMs?: number
  /** How many splits may be read at once; files in name order: 1. Absent: all. */
  readonly maxOpenSplits?: number
  /**
   * Of a table with partitions or metadata columns: the values that all records of a split share, by the columns' positions in the
   * table; the other places hold anything.
   */
  sharedValues?(split: SourceSplit): Promise<Row>
  /** Opens a split at a position given by an earlier batch; `undefined`: its start. */
  open(split: SourceSplit, position: JsonValue | undefined): Promise<SplitReader>
  close?(): Promise<void>
  /**
   * Its records up to these positions are committed: for other systems to see how far it is. What is restored is the engine's; a
   * failure here is the source's own. Not called where a transaction holds the positions.
   */
  committed?(splits: ReadSource['splits']): void
  /**
   * What keeps a split from being read, or records in it from being let out; the weightiest first. Asked when it stands still, of a
   * source that is to be watched; may ask around for some seconds.
   */
  diagnose?(split: SourceSplit): Promise<readonly SourceTrouble[]>
  /** Opens its connections anew. Nothing is lost by that, nor read twice. */
  renew?(): Promise<void>
  /** Another text when what it would read from the start has changed; absent: it cannot tell. */
  version?(): Promise<string>
  /** How much of bounded input has been read, 0 to 1, where it can tell. */
  progress?(): number | undefined
  /** One line for plans, such as `files data/*.ndjson`. */
  describe(): string
}

export interface SourceContext {
  readonly table: TableDescriptor
  readonly ports: RuntimePorts
  /** Relative paths are resolved against this folder. */
  readonly baseFolder: string
  /** How the table's format wants bytes cut: whole lines, or a file as one record. */
  readonly framing: 'lines' | 'whole'
  /** The program's name: what its consumers are known by in other systems. */
  readonly program: string
  /** The session's; absent: UTC. */
  readonly timeZone?: string
  /** The program was told to begin anew: what other systems know of its progress does not count. */
  readonly isFresh?: boolean
  /** Tells the user, in a line, what cannot be an error but must be known. */
  readonly notice?: (text: string) => void
}

export interface SourceFactory {
  readonly connector: string
  readonly options: OptionSchema
  /** Whether a format decodes its bytes, and with `json.*`-like options. */
  readonly takesFormat: boolean
  /** Its records lie apart, and have keys: `frames` batches, `key.format` and `value.format`. */
  readonly keys?: RecordKeys
  /** Keys that METADATA columns may name; absent: none. */
  readonly metadata?: ReadonlySet<string>
  /** Those of them that each record has a value of its own for; the others are a split's. */
  readonly recordMetadata?: ReadonlySet<string>
  /** PARTITIONED BY means something to it: the values of those columns are the splits', not the records'. */
  readonly takesPartitions?: boolean
  /** What is read is gone for others: its tables cannot be read beside the program. */
  readonly isConsumed?: boolean
  /** The changes that its rows tell of; absent: those of the format, else they are only added. */
  changelogMode?(table: TableDescriptor): ChangelogMode
  create(context: SourceContext): Source
  /** Of tables that can be asked for the rows of a key; look-up joins then do, unless `lookup.cache` is FULL. */
  createKeyLookup?(context: LookupContext): Promise<KeyLookup>
}
