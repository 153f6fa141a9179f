// The contract of state backends: one durable commit per epoch, and reads of what earlier epochs left.

/** What the stored state belongs to. */
export interface ProgramIdentity {
  /** The program's name; state of another one is refused. */
  readonly name: string
}

/** A key as the backend sees it; keys of an operator are ordered by key group, table, slice (none first), key bytes. */
export interface StateKey {
  /** 0 to 127, see `keyGroupOf`. */
  readonly keyGroup: number
  /** 0 to 255: tells the tables of one operator apart. */
  readonly table: number
  /** Slice end (epoch ms) of windowed state; `undefined` elsewhere. A safe integer. */
  readonly slice: number | undefined
  /** Order-preserving bytes, see `createKeyCodec`. */
  readonly key: Uint8Array
}

/** A key with its value. The byte arrays may share one buffer: decode or copy, never keep. */
export interface StateEntry extends StateKey {
  readonly value: Uint8Array
}

/** The encoded changes of one operator, made by a `DeltaWriter`. Later entries win over earlier ones. */
export interface OperatorDelta {
  readonly operator: string
  readonly bytes: Uint8Array
}

/** Replaces a named blob, such as the positions of a source, the watermarks, a sink's state; `undefined` removes it. */
export interface BlobChange {
  readonly name: string
  readonly bytes: Uint8Array | undefined
}

/** Output of an epoch that a sink applies after the commit, and again after a crash until it is trimmed. */
export interface Outbox {
  readonly sink: string
  readonly bytes: Uint8Array
}

/** The sink's outboxes up to and including this epoch are applied and need no longer be kept. */
export interface OutboxTrim {
  readonly sink: string
  readonly appliedEpoch: number
}

/** All that one epoch makes durable, at once or not at all. */
export interface EpochCommit {
  /** The previous epoch + 1; the first is 1. */
  readonly epoch: number
  readonly deltas: readonly OperatorDelta[]
  /** Blobs that are not named keep what they hold. */
  readonly blobs: readonly BlobChange[]
  readonly outboxes: readonly Outbox[]
  readonly trims: readonly OutboxTrim[]
  /** Something outside decides whether it holds: until `confirm` it can be undone by a recovery, and nothing is committed behind it. */
  readonly isProvisional?: boolean
}

export interface RecoveredOutbox extends Outbox {
  readonly epoch: number
}

/** What the last commit left, apart from keyed state. */
export interface RecoveredState {
  /** The last committed epoch; 0 when nothing was ever committed. */
  readonly epoch: number
  readonly blobs: ReadonlyMap<string, Uint8Array>
  /** Outboxes not yet trimmed, oldest first. */
  readonly outboxes: readonly RecoveredOutbox[]
  /** Operators that have (or had) keyed state. */
  readonly operators: readonly string[]
  /** Bytes of a commit that a crash had cut short; it was never acknowledged, and is gone. */
  readonly discardedBytes: number
}

/**
 * Tells whether the last commit found holds.
 *
 * @param mayBeUndone false when it was confirmed before, or is folded: then it must hold
 */
export type CommitCheck = (last: RecoveredState, mayBeUndone: boolean) => Promise<boolean>

/** Narrows a scan: the key group, then the table in it, then the slice, then the first bytes of the key in those. */
export interface StateRange {
  readonly keyGroup: number
  readonly table?: number | undefined
  readonly slice?: number | undefined
  /** Without `slice`: keys outside all slices. */
  readonly keyPrefix?: Uint8Array | undefined
}

export interface StateStats {
  /** Bytes on disk, log included. */
  readonly stateBytes: number
  /** Bytes of the log that the base has not absorbed: what a recovery replays. */
  readonly logBytes: number
  readonly baseFiles: number
  readonly epoch: number
  /** Of the last commit: bytes, and ms from the call until durable. */
  readonly lastCommitBytes: number
  readonly lastCommitMs: number
  readonly isFolding: boolean
}

/**
 * Durable state of one program.
 *
 *     open ─► (scan | readMany)* ─► commit* (with scan, readMany, fold, snapshot between) ─► close
 *
 * Laws: a commit is durable once its promise resolves, and recovered whole or not at all; commits become durable in the order of
 * their calls; after an error of the disk the backend is poisoned and every later call throws `MR_STATE_POISONED`.
 */
export interface StateBackend {
  /**
   * Opens or creates the state and takes its lock.
   *
   * @throws `MR_STATE_LOCKED` when another process (named) has it, `MR_STATE_INCOMPATIBLE` when it belongs to another program or
   * has another format, `MR_STATE_CORRUPT` when a checksum fails anywhere but in a commit cut short, `MR_STATE_IO`
   * @param holds decides on the last commit; one that does not hold is cut off before anything else happens. Absent: all hold.
   */
  open(program: ProgramIdentity, holds?: CommitCheck): Promise<RecoveredState>

  /**
   * Makes an epoch durable. It may be called before the previous commit has resolved: they are written one after the other, and
   * a rejected one rejects all behind it. The caller must not change the byte arrays until the promise settles.
   */
  commit(commit: EpochCommit): Promise<void>

  /**
   * Replaces all that is there by the state of another history, right after `open`. A crash in between leaves state without blobs.
   *
   * @param deltas in the order in which they apply
   * @param rest asked once they have come to their end: what goes beside them; the next commit is of the epoch behind
   */
  replace(
    deltas: AsyncIterable<readonly OperatorDelta[]>,
    rest: () => Pick<RecoveredState, 'epoch' | 'blobs' | 'outboxes'>,
  ): Promise<RecoveredState>

  /** A provisional commit holds: it may be folded, and the next one follow. */
  confirm(epoch: number): void

  /**
   * All entries of an operator as of the last durable commit when the iteration starts, ordered, in chunks. Commits made during
   * the scan are not seen. The chunk's arrays are valid until the next chunk is asked for.
   */
  scan(operator: string, range?: StateRange): AsyncIterable<readonly StateEntry[]>

  /** The values of many keys as of the last durable commit, in the order of `keys`; `undefined` where there is none. */
  readMany(operator: string, keys: readonly StateKey[]): Promise<(Uint8Array | undefined)[]>

  /** Folds the log so far into the base. Runs beside commits and never blocks them; backends also start it by themselves. */
  fold(): Promise<void>

  /** Copies the state as of the last durable commit into an empty or new folder, from which a backend can be opened. */
  snapshot(targetFolder: string): Promise<void>

  stats(): StateStats

  /** Waits for commits and a running fold, then gives the lock back. Idempotent. */
  close(): Promise<void>
}
