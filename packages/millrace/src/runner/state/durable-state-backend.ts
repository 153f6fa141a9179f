// The default state backend: a commit log in front of sorted runs, all through the Disk port.
//
//     commit ─► log segment ──fold──► run ─┬─merge──► run        the manifest names the runs and the first segment that counts
//               log segment (current)      run ─┘
//
// Laws: a commit is one record, one write, one sync. A segment is removed only after a durable manifest names a run that holds it.
// Only the fold writes the manifest; only the queue of commits writes the log.

import type {
  CommitCheck,
  EpochCommit,
  OperatorDelta,
  ProgramIdentity,
  RecoveredState,
  StateBackend,
  StateEntry,
  StateKey,
  StateRange,
  StateStats,
} from '../../state/state-backend.ts'
import { StateIoError } from '../../state/state-errors.ts'
import { InternalError, MillraceError } from '../../types/errors.ts'
import type { RuntimePorts } from '../../types/ports.ts'
import type { StoredCommit } from './commit-codec.ts'
import { CommitLog } from './commit-log.ts'
import { CommittedMetadata } from './committed-metadata.ts'
import { copyFile } from './copy-file.ts'
import type { FoldExecutor } from './fold-job.ts'
import { segmentName } from './log-segment.ts'
import { writeManifest } from './manifest.ts'
import type { Pace } from './sorted-deltas.ts'
import { clearState, isUnfinished, replaceState, type ReplacedParts } from './replace-state.ts'
import { StateFolding } from './state-folding.ts'
import type { HeldLock, LockFolder } from './state-lock.ts'
import { StateReader } from './state-reader.ts'
import { StateRoot } from './state-root.ts'
import { StateTurns } from './state-turns.ts'

export interface DurableStateOptions {
  /** Absolute. Made when missing. */
  readonly folder: string
  readonly ports: RuntimePorts
  readonly lock: LockFolder
  /** Where folds run; absent: here, a few ms at a time. */
  readonly executor?: FoldExecutor
  /** A fold starts by itself when the log has grown by this much. Default 8 MiB. */
  readonly foldAfterBytes?: number
}

const FOLD_AFTER_BYTES = 8 * 1024 * 1024
const PACE_MS = 4

export class DurableStateBackend implements StateBackend {
  readonly #options: DurableStateOptions
  readonly #ports: RuntimePorts
  readonly #folder: string
  readonly #log: CommitLog
  readonly #root: StateRoot
  readonly #reader: StateReader
  readonly #folding: StateFolding
  readonly #turns: StateTurns
  readonly #metadata = new CommittedMetadata()
  #lock: HeldLock | undefined
  #isClosed = false
  /** Of a provisional commit: settles when it is confirmed, or the backend closed. */
  #undecided: PromiseWithResolvers<void> | undefined
  #lastCommitBytes = 0
  #lastCommitMs = 0

  constructor(options: DurableStateOptions) {
    const { ports, folder, executor } = options
    const pace = () => this.#pace()
    this.#options = options
    this.#ports = ports
    this.#folder = folder
    this.#log = new CommitLog(ports, folder)
    this.#root = new StateRoot(ports.disk, folder)
    this.#turns = new StateTurns(folder)
    this.#reader = new StateReader(this.#log, this.#root.base, pace)
    this.#folding = new StateFolding({
      folder,
      ports,
      log: this.#log,
      root: this.#root,
      metadata: this.#metadata,
      pace,
      executor,
      rotate: before => this.#rotate(before),
      onForgotten: () => this.#reader.forget(),
    })
  }

  open(program: ProgramIdentity, holds?: CommitCheck): Promise<RecoveredState> {
    return this.#turns.orPoison(async () => {
      try {
        await this.#ports.disk.makeDirectory(this.#folder)
        this.#lock = await this.#options.lock(this.#folder)
        this.#turns.isOpen = true
        return await this.#recover(program.name, holds ?? (async () => true))
      } catch (error) {
        await this.#releaseAll()
        throw error
      }
    }, 'open')
  }

  async #recover(program: string, holds: CommitCheck): Promise<RecoveredState> {
    const firstSegment = await this.#root.open(program)
    const { folded } = this.#root
    if (isUnfinished(folded)) {
      await this.#log.recover(firstSegment, folded.epoch, async () => true)
      await clearState(this.#replaced())
      await holds(this.#recovered(this.#metadata, 0, 0), false)
      return this.#recovered(this.#metadata, 0, 0)
    }
    const apply = (metadata: CommittedMetadata): CommittedMetadata => {
      metadata.apply(folded)
      for (const commit of this.#log.commits) metadata.apply(commit)
      return metadata
    }
    const { epoch, discardedBytes } = await this.#log.recover(
      firstSegment,
      folded.epoch,
      mayBeUndone =>
        holds(this.#recovered(apply(new CommittedMetadata()), this.#log.epoch, 0), mayBeUndone),
    )
    return this.#recovered(apply(this.#metadata), epoch, discardedBytes)
  }

  #recovered(metadata: CommittedMetadata, epoch: number, discardedBytes: number): RecoveredState {
    const operators = [...new Set([...this.#root.base.operators, ...this.#log.operators])]
    return { ...metadata.recovered(), epoch, operators: operators.toSorted(), discardedBytes }
  }

  async replace(
    deltas: AsyncIterable<readonly OperatorDelta[]>,
    rest: () => Pick<RecoveredState, 'epoch' | 'blobs' | 'outboxes'>,
  ): Promise<RecoveredState> {
    await this.#turns.exclusively(() =>
      this.#turns.orPoison(() => replaceState(this.#replaced(), deltas, rest), 'replace'),
    )
    return this.#recovered(this.#metadata, this.#log.epoch, 0)
  }

  #replaced(): ReplacedParts {
    return {
      disk: this.#ports.disk,
      folder: this.#folder,
      log: this.#log,
      root: this.#root,
      metadata: this.#metadata,
      fold: () => this.#folding.foldAll(),
      onForgotten: () => this.#reader.forget(),
    }
  }

  commit(commit: EpochCommit): Promise<void> {
    const started = this.#ports.clock.monotonic()
    return this.#turns.enqueue(async () => {
      if (commit.epoch !== this.#log.epoch + 1)
        throw new InternalError(
          `epoch ${commit.epoch} was committed after epoch ${this.#log.epoch}`,
        )
      const stored = {
        ...commit,
        outboxes: commit.outboxes.map(o => ({ ...o, epoch: commit.epoch })),
      }
      this.#lastCommitBytes = await this.#log.append(stored)
      this.#metadata.apply(this.#log.current.commits.at(-1) as StoredCommit)
      this.#lastCommitMs = this.#ports.clock.monotonic() - started
      if (commit.isProvisional) this.#undecided = Promise.withResolvers()
      else this.#foldIfGrown()
    })
  }

  confirm(epoch: number): void {
    if (!this.#undecided || epoch !== this.#log.epoch)
      throw new InternalError(`epoch ${epoch} was confirmed, which is not the one to be decided on`)
    this.#undecided.resolve()
    this.#undecided = undefined
    this.#foldIfGrown()
  }

  #foldIfGrown(): void {
    const { foldAfterBytes = FOLD_AFTER_BYTES } = this.#options
    if (this.#log.bytes >= foldAfterBytes && !this.#folding.isRunning) this.fold().catch(() => {})
  }

  /** Starts a new segment, for the ones before to be read as a whole: none with a commit that may still be undone. */
  async #rotate<T>(before: () => T): Promise<{ readonly before: T; readonly last: number }> {
    for (;;) {
      await this.#undecided?.promise
      const done = await this.#turns.enqueue(async () =>
        this.#undecided ? undefined : { before: before(), last: await this.#log.rotate() },
      )
      if (done) return done
    }
  }

  async *scan(operator: string, range?: StateRange): AsyncGenerator<readonly StateEntry[]> {
    this.#turns.check()
    try {
      yield* this.#reader.scan(operator, range)
    } catch (error) {
      throw this.#turns.asStateError(error, 'read')
    }
  }

  async readMany(operator: string, keys: readonly StateKey[]): Promise<(Uint8Array | undefined)[]> {
    this.#turns.check()
    try {
      return await this.#reader.readMany(operator, keys)
    } catch (error) {
      throw this.#turns.asStateError(error, 'read')
    }
  }

  fold(): Promise<void> {
    return this.#turns.exclusively(() =>
      this.#turns.orPoison(() => this.#folding.foldAll(), 'fold'),
    )
  }

  snapshot(targetFolder: string): Promise<void> {
    return this.#turns.exclusively(() => this.#copyTo(targetFolder))
  }

  /** A failure concerns the target alone. */
  async #copyTo(targetFolder: string): Promise<void> {
    const { disk } = this.#ports
    try {
      // Closed segments and runs never change, and no fold removes them while this one has the turn.
      const { last } = await this.#rotate(() => {})
      const segments = this.#log.segments.filter(s => s.number <= last)
      const names = [
        ...this.#root.base.files.map(f => f.name),
        ...segments.map(s => segmentName(s.number)),
      ]
      await disk.makeDirectory(targetFolder)
      for (const name of names)
        await copyFile(disk, `${this.#folder}/${name}`, `${targetFolder}/${name}`)
      await disk.syncDirectory(targetFolder)
      const firstSegment = segments[0]?.number ?? last + 1
      await writeManifest(disk, targetFolder, this.#root.manifest(firstSegment))
    } catch (error) {
      if (error instanceof MillraceError) throw error
      throw new StateIoError({ path: targetFolder, action: 'copy state to', cause: error })
    }
  }

  stats(): StateStats {
    const { base } = this.#root
    return {
      stateBytes: base.bytes + this.#log.bytes,
      logBytes: this.#log.bytes,
      baseFiles: base.files.length,
      epoch: this.#log.epoch,
      lastCommitBytes: this.#lastCommitBytes,
      lastCommitMs: this.#lastCommitMs,
      isFolding: this.#folding.isRunning,
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#undecided?.promise.catch(() => {})
    this.#undecided?.reject(new InternalError('the state was closed before its last commit held'))
    await this.#turns.settled()
    // A last segment, empty, vouches for the one before: that its last commit holds, and is whole.
    const isClean = this.#turns.isOpen && !this.#turns.isPoisoned && !this.#undecided
    if (isClean && this.#log.current.commits.length > 0)
      await this.#turns.enqueue(() => this.#log.rotate()).catch(() => {})
    await this.#releaseAll()
  }

  #pace(): Pace {
    const { clock } = this.#ports
    let since = clock.monotonic()
    return async () => {
      if (clock.monotonic() - since < PACE_MS) return
      await clock.sleep(0)
      since = clock.monotonic()
    }
  }

  async #releaseAll(): Promise<void> {
    await this.#log.close()
    await this.#root.base.close()
    await this.#lock?.release()
    this.#lock = undefined
    this.#turns.isOpen = false
  }
}
