// The default state backend: a commit log in front of sorted runs, all through the Disk port.
//
//     commit ─► log segment ──fold──► run ─┬─merge──► run        the manifest names the runs and the first segment that counts
//               log segment (current)      run ─┘
//
// Laws: a commit is one record, one write, one sync. A segment is removed only after a durable manifest names a run that holds it.
// Only the fold writes the manifest; only the queue of commits writes the log.

import { encodeFullKey, encodeRange, sliceId } from '../../state/delta-format.ts'
import { compareBytes } from '../../state/key-codec.ts'
import type {
  EpochCommit,
  ProgramIdentity,
  RecoveredState,
  StateBackend,
  StateEntry,
  StateKey,
  StateRange,
  StateStats,
} from '../../state/state-backend.ts'
import {
  StateIncompatibleError,
  StateIoError,
  StatePoisonedError,
} from '../../state/state-errors.ts'
import { InternalError, MillraceError } from '../../types/errors.ts'
import type { RuntimePorts } from '../../types/ports.ts'
import { BaseStore, readRuns, runName, runNumber } from './base-store.ts'
import type { StoredCommit } from './commit-codec.ts'
import { CommitLog } from './commit-log.ts'
import { CommittedMetadata } from './committed-metadata.ts'
import { copyFile } from './copy-file.ts'
import { type FoldExecutor, runFoldJob } from './fold-job.ts'
import { segmentName, segmentNumber } from './log-segment.ts'
import { MANIFEST_DRAFT_NAME, readManifest, writeManifest } from './manifest.ts'
import { type Pace, sortDeltas } from './sorted-deltas.ts'
import { scanEntries } from './state-scan.ts'
import type { HeldLock, LockFolder } from './state-lock.ts'
import { TailIndex } from './tail-index.ts'

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
  readonly #base: BaseStore
  readonly #metadata = new CommittedMetadata()
  #program = ''
  #folded: StoredCommit = new CommittedMetadata().toCommit(0)
  #nextRun = 1
  #epoch = 0
  /** The last epoch handed to `commit`. */
  #queuedEpoch = 0
  #queue: Promise<unknown> = Promise.resolve()
  #folds: Promise<unknown> = Promise.resolve()
  #isFolding = false
  #poison: unknown
  #lock: HeldLock | undefined
  #isClosed = false
  #tailIndexes = new Map<string, TailIndex>()
  #lastCommitBytes = 0
  #lastCommitMs = 0

  constructor(options: DurableStateOptions) {
    this.#options = options
    this.#ports = options.ports
    this.#folder = options.folder
    this.#log = new CommitLog(options.ports, options.folder)
    this.#base = new BaseStore(options.ports.disk, options.folder)
  }

  async open(program: ProgramIdentity): Promise<RecoveredState> {
    const { disk } = this.#ports
    try {
      await disk.makeDirectory(this.#folder)
      this.#lock = await this.#options.lock(this.#folder)
      this.#program = program.name
      const manifest = await this.#readOrCreateManifest()
      this.#folded = manifest.folded
      this.#nextRun = manifest.nextRun
      await this.#removeLeftovers(manifest.firstSegment, new Set(manifest.runs.map(r => r.name)))
      await this.#base.install(manifest.runs)
      const { epoch, discardedBytes } = await this.#log.recover(
        manifest.firstSegment,
        manifest.folded.epoch,
      )
      this.#metadata.apply(manifest.folded)
      for (const commit of this.#tailCommits()) this.#metadata.apply(commit)
      this.#epoch = this.#queuedEpoch = epoch
      return { ...this.#metadata.recovered(), epoch, operators: this.#operators(), discardedBytes }
    } catch (error) {
      this.#poison = error
      await this.#releaseAll()
      throw this.#asStateError(error, 'open')
    }
  }

  commit(commit: EpochCommit): Promise<void> {
    const started = this.#ports.clock.monotonic()
    return this.#enqueue(async () => {
      if (commit.epoch !== this.#epoch + 1)
        throw new InternalError(`epoch ${commit.epoch} was committed after epoch ${this.#epoch}`)
      const stored = {
        ...commit,
        outboxes: commit.outboxes.map(o => ({ ...o, epoch: commit.epoch })),
      }
      this.#lastCommitBytes = await this.#log.append(stored)
      this.#metadata.apply(this.#log.current.commits.at(-1) as StoredCommit)
      this.#epoch = commit.epoch
      this.#lastCommitMs = this.#ports.clock.monotonic() - started
      if (this.#log.bytes >= this.#foldAfterBytes && !this.#isFolding) this.fold().catch(() => {})
    })
  }

  async *scan(operator: string, range?: StateRange): AsyncGenerator<readonly StateEntry[]> {
    this.#check()
    const prefix = range ? encodeRange(range) : new Uint8Array()
    const deltas = this.#tailDeltas(operator)
    const runs = this.#base.retain()
    try {
      const tail = deltas.length > 0 ? [await sortDeltas(deltas, this.#pace(), prefix)] : []
      const sources = runs.map(r => r.scan(operator, prefix)).filter(s => s !== undefined)
      yield* scanEntries([...tail, ...sources])
    } catch (error) {
      throw this.#asStateError(error, 'read')
    } finally {
      for (const run of runs) await run.release()
    }
  }

  async readMany(operator: string, keys: readonly StateKey[]): Promise<(Uint8Array | undefined)[]> {
    this.#check()
    const values: (Uint8Array | undefined)[] = new Array(keys.length).fill(undefined)
    const tail = this.#tailIndex(operator)
    const runs = this.#base.retain()
    try {
      const open: { index: number; key: Uint8Array }[] = []
      for (const [index, stateKey] of keys.entries()) {
        const key = encodeFullKey(stateKey)
        const value = tail.get(key)
        if (value === undefined) open.push({ index, key })
        else values[index] = value ?? undefined
      }
      open.sort((a, b) => compareBytes(a.key, b.key))
      const sorted = open.map(o => o.key)
      await readRuns(runs, operator, sorted, isInSlices, (at, value) => {
        values[(open[at] as { index: number }).index] = value
      })
      return values
    } catch (error) {
      throw this.#asStateError(error, 'read')
    } finally {
      for (const run of runs) await run.release()
    }
  }

  fold(): Promise<void> {
    return this.#exclusively(() => this.#orPoison(() => this.#foldAll(), 'fold'))
  }

  snapshot(targetFolder: string): Promise<void> {
    return this.#exclusively(() => this.#copyTo(targetFolder))
  }

  /** A failure concerns the target alone. */
  async #copyTo(targetFolder: string): Promise<void> {
    const { disk } = this.#ports
    try {
      // Closed segments and runs never change, and no fold removes them while this one has the turn.
      const last = await this.#enqueue(() => this.#log.rotate())
      const segments = this.#log.segments.filter(s => s.number <= last)
      const names = [
        ...this.#base.files.map(f => f.name),
        ...segments.map(s => segmentName(s.number)),
      ]
      await disk.makeDirectory(targetFolder)
      for (const name of names)
        await copyFile(disk, `${this.#folder}/${name}`, `${targetFolder}/${name}`)
      await disk.syncDirectory(targetFolder)
      await writeManifest(disk, targetFolder, this.#manifest(segments[0]?.number ?? last + 1))
    } catch (error) {
      if (error instanceof MillraceError) throw error
      throw new StateIoError({ path: targetFolder, action: 'copy state to', cause: error })
    }
  }

  stats(): StateStats {
    return {
      stateBytes: this.#base.bytes + this.#log.bytes,
      logBytes: this.#log.bytes,
      baseFiles: this.#base.files.length,
      epoch: this.#epoch,
      lastCommitBytes: this.#lastCommitBytes,
      lastCommitMs: this.#lastCommitMs,
      isFolding: this.#isFolding,
    }
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#folds
    await this.#queue
    // A last segment, empty, vouches for the one before: damage to its last commit can then be told from a crash.
    const isClean = this.#lock && this.#poison === undefined
    if (isClean && this.#log.current.commits.length > 0)
      await this.#enqueue(() => this.#log.rotate()).catch(() => {})
    await this.#releaseAll()
  }

  get #foldAfterBytes(): number {
    return this.#options.foldAfterBytes ?? FOLD_AFTER_BYTES
  }

  async #foldAll(): Promise<void> {
    this.#isFolding = true
    try {
      await this.#foldLog()
      for (let count = this.#base.mergeable; count > 0; count = this.#base.mergeable)
        await this.#mergeRuns(count)
    } finally {
      this.#isFolding = false
    }
  }

  /** Folds all segments but a new one. What the folded commits left goes to the manifest with the run. */
  async #foldLog(): Promise<void> {
    if (this.#log.segments.every(s => s.commits.length === 0)) return
    const { afterFold, last } = await this.#enqueue(async () => {
      const afterFold = this.#metadata.toCommit(this.#epoch)
      return { afterFold, last: await this.#log.rotate() }
    })
    const segments = this.#log.segments.filter(s => s.number <= last).map(s => s.number)
    const hasDeltas = this.#log.segments.some(
      s => s.number <= last && s.commits.some(c => c.deltas.length > 0),
    )
    let files = this.#base.files
    if (hasDeltas) {
      const afterEpoch = this.#folded.epoch
      const inputs = { kind: 'log', segments, afterEpoch } as const
      files = [await this.#runJob(inputs, files.length === 0), ...files]
    }
    this.#ports.failpoint?.('state.fold.before-manifest')
    this.#folded = afterFold
    await this.#install(files, last + 1)
    this.#ports.failpoint?.('state.fold.after-manifest')
    const gone = this.#log.forget(last)
    this.#tailIndexes.clear()
    for (const path of gone) await this.#ports.disk.remove(path)
  }

  async #mergeRuns(count: number): Promise<void> {
    const { files } = this.#base
    const runs = files.slice(0, count).map(f => f.name)
    const merged = await this.#runJob({ kind: 'runs', runs }, count === files.length)
    const first = this.#log.segments[0]?.number as number
    await this.#install([merged, ...files.slice(count)], first)
    for (const name of runs) await this.#ports.disk.remove(`${this.#folder}/${name}`)
  }

  async #runJob(
    inputs: Parameters<FoldExecutor>[0]['inputs'],
    isBottom: boolean,
  ): Promise<{ name: string; bytes: number }> {
    const name = runName(this.#nextRun++)
    const job = { folder: this.#folder, output: name, inputs, isBottom }
    const bytes = await (this.#options.executor
      ? this.#options.executor(job)
      : runFoldJob(this.#ports.disk, job, this.#pace()))
    await this.#ports.disk.syncDirectory(this.#folder)
    return { name, bytes }
  }

  async #install(files: readonly { name: string; bytes: number }[], firstSegment: number) {
    const manifest = { ...this.#manifest(firstSegment), runs: files }
    await writeManifest(this.#ports.disk, this.#folder, manifest)
    await this.#base.install(files)
  }

  #manifest(firstSegment: number) {
    const { files } = this.#base
    const folded = this.#folded
    return { program: this.#program, firstSegment, nextRun: this.#nextRun, runs: files, folded }
  }

  async #readOrCreateManifest() {
    const { disk } = this.#ports
    const stored = await readManifest(disk, this.#folder)
    if (!stored) {
      await writeManifest(disk, this.#folder, this.#manifest(1))
      return this.#manifest(1)
    }
    if (stored.program !== this.#program)
      throw new StateIncompatibleError({
        folder: this.#folder,
        what: 'program',
        stored: stored.program,
        expected: this.#program,
      })
    return stored
  }

  /** Removes what a crash left between two manifests. */
  async #removeLeftovers(firstSegment: number, runs: ReadonlySet<string>): Promise<void> {
    for (const name of await this.#ports.disk.list(this.#folder)) {
      const isOldSegment = (segmentNumber(name) ?? firstSegment) < firstSegment
      const isOtherRun = runNumber(name) !== undefined && !runs.has(name)
      if (isOldSegment || isOtherRun || name === MANIFEST_DRAFT_NAME)
        await this.#ports.disk.remove(`${this.#folder}/${name}`)
    }
  }

  #tailCommits(): StoredCommit[] {
    return this.#log.segments.flatMap(s => s.commits)
  }

  #tailDeltas(operator: string): Uint8Array[] {
    return this.#tailCommits()
      .flatMap(c => c.deltas)
      .filter(d => d.operator === operator)
      .map(d => d.bytes)
  }

  #tailIndex(operator: string): TailIndex {
    const index = this.#tailIndexes.get(operator) ?? new TailIndex()
    this.#tailIndexes.set(operator, index)
    index.update(this.#tailDeltas(operator))
    return index
  }

  #operators(): string[] {
    const tail = this.#tailCommits().flatMap(c => c.deltas.map(d => d.operator))
    return [...new Set([...this.#base.operators, ...tail])].toSorted()
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

  /** Runs `work` after what was queued before; its failure poisons. */
  #enqueue<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(async () => {
      this.#check()
      return this.#orPoison(work, 'write')
    })
    this.#queue = turn.catch(() => {})
    return turn
  }

  /** Runs `work` when no fold and no snapshot runs. */
  #exclusively(work: () => Promise<void>): Promise<void> {
    const turn = this.#folds.then(() => {
      this.#check()
      return work()
    })
    this.#folds = turn.catch(() => {})
    return turn
  }

  async #orPoison<T>(work: () => Promise<T>, action: string): Promise<T> {
    try {
      return await work()
    } catch (error) {
      this.#poison ??= error
      throw this.#asStateError(error, action)
    }
  }

  #check(): void {
    if (this.#poison !== undefined)
      throw new StatePoisonedError({ folder: this.#folder, cause: this.#poison })
    if (!this.#lock) throw new InternalError('the state backend is not open')
  }

  #asStateError(error: unknown, action: string): MillraceError {
    if (error instanceof MillraceError) return error
    return new StateIoError({ path: this.#folder, action, cause: error })
  }

  async #releaseAll(): Promise<void> {
    await this.#log.close()
    await this.#base.close()
    await this.#lock?.release()
    this.#lock = undefined
  }
}

function isInSlices(fullKey: Uint8Array, slices: ReadonlySet<string>): boolean {
  const slice = slices.size > 0 ? sliceId(fullKey, 0) : undefined
  return slice !== undefined && slices.has(slice)
}
