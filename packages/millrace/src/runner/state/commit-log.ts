// The commit log: appends records, one sync each, and reads them back after a crash.

import { StateCorruptError } from '../../state/state-errors.ts'
import type { FileHandle, RuntimePorts } from '../../types/ports.ts'
import type { StoredCommit } from './commit-codec.ts'
import {
  decodeRecord,
  encodeRecord,
  encodeSegmentHeader,
  readSegment,
  SEGMENT_HEADER_BYTES,
  segmentName,
  segmentNumber,
} from './log-segment.ts'

/** Commits of one segment that the base has not absorbed, as views of the record's buffers. */
export interface LogSegment {
  readonly number: number
  readonly commits: StoredCommit[]
  bytes: number
}

/** What was read of the log. */
export interface RecoveredLog {
  readonly epoch: number
  readonly discardedBytes: number
}

/** Not safe for concurrent calls: the backend queues them. */
export class CommitLog {
  readonly #ports: RuntimePorts
  readonly #folder: string
  /** Oldest first; the last one is written to. */
  #segments: LogSegment[] = []
  #file: FileHandle | undefined
  #epoch = 0

  constructor(ports: RuntimePorts, folder: string) {
    this.#ports = ports
    this.#folder = folder
  }

  get segments(): readonly LogSegment[] {
    return this.#segments
  }

  get current(): LogSegment {
    return this.#segments.at(-1) as LogSegment
  }

  /** Oldest first. */
  get commits(): readonly StoredCommit[] {
    return this.#segments.flatMap(s => s.commits)
  }

  /** Of the last commit, folded ones among them. */
  get epoch(): number {
    return this.#epoch
  }

  get operators(): readonly string[] {
    return this.commits.flatMap(c => c.deltas.map(d => d.operator))
  }

  /** The changes of one operator, oldest first. */
  deltasOf(operator: string): Uint8Array[] {
    return this.commits
      .flatMap(c => c.deltas)
      .filter(d => d.operator === operator)
      .map(d => d.bytes)
  }

  get bytes(): number {
    return this.#segments.reduce((sum, s) => sum + s.bytes, 0)
  }

  /**
   * Reads all segments from `firstSegment` on and starts a new one.
   *
   * The last record found may be in the page cache only (a failed sync leaves it so): it is written again to the new segment, and a
   * damaged end of a segment is accepted where the next one repeats it.
   *
   * @param holds asked of the last commit, when there is one here; `mayBeUndone`: no segment was started after it
   */
  async recover(
    firstSegment: number,
    foldedEpoch: number,
    holds: (mayBeUndone: boolean) => Promise<boolean>,
  ): Promise<RecoveredLog> {
    const { disk } = this.#ports
    const numbers = (await disk.list(this.#folder))
      .map(segmentNumber)
      .filter(n => n !== undefined && n >= firstSegment)
      .toSorted((a, b) => (a as number) - (b as number)) as number[]
    let epoch = foldedEpoch
    let discardedBytes = 0
    for (const number of numbers) {
      const path = this.#path(number)
      const bytes = await disk.readFile(path)
      const content = readSegment(path, number, bytes)
      const fresh = content.commits.filter(c => c.epoch > epoch)
      const expected = [content.afterEpoch, ...fresh.map(c => c.epoch - 1)]
      for (const [i, previous] of expected.entries())
        if (previous > epoch + Math.max(0, i - 1)) throw missingCommit(path, previous)
      epoch += fresh.length
      if (content.tornBytes > 0) {
        discardedBytes += content.tornBytes
        await this.#truncate(path, content.validBytes)
      }
      this.#segments.push({ number, commits: fresh, bytes: content.validBytes })
    }
    const mayBeUndone = (this.#segments.at(-1)?.commits.length ?? 0) > 0
    this.#epoch = epoch
    if (!(await holds(mayBeUndone)) && mayBeUndone) {
      await this.#undoLast()
      epoch--
    }
    const last = this.#segments.findLast(s => s.commits.length > 0)?.commits.at(-1)
    const next = Math.max(firstSegment, (numbers.at(-1) ?? 0) + 1)
    await this.#startSegment(next, last ? epoch - 1 : epoch)
    if (last) await this.#write(encodeRecord(last))
    this.#epoch = epoch
    return { epoch, discardedBytes }
  }

  /** Makes a commit durable. Gives the size of its record. */
  async append(commit: StoredCommit): Promise<number> {
    const record = encodeRecord(commit)
    this.#ports.failpoint?.('state.commit.before-write')
    await this.#write(record)
    this.#ports.failpoint?.('state.commit.after-sync')
    this.current.commits.push(decodeRecord(record))
    this.#epoch = commit.epoch
    return record.length
  }

  /** Closes the current segment and starts the next. Gives the number of the closed one. */
  async rotate(): Promise<number> {
    const closed = this.current.number
    await this.#startSegment(closed + 1, this.#epoch)
    return closed
  }

  /** Begins a segment behind an epoch of another history. */
  async restart(epoch: number): Promise<void> {
    this.#epoch = epoch
    await this.rotate()
  }

  /** Forgets segments up to `number`; their files are the caller's to remove. Gives their paths. */
  forget(number: number): string[] {
    const gone = this.#segments.filter(s => s.number <= number)
    this.#segments = this.#segments.filter(s => s.number > number)
    return gone.map(s => this.#path(s.number))
  }

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }

  /** Cuts the last commit off the last segment, for good before anything can take its place. */
  async #undoLast(): Promise<void> {
    const { current } = this
    const record = encodeRecord(current.commits.pop() as StoredCommit)
    current.bytes -= record.length
    await this.#truncate(this.#path(current.number), current.bytes)
  }

  async #startSegment(number: number, afterEpoch: number): Promise<void> {
    await this.close()
    this.#file = await this.#ports.disk.open(this.#path(number), 'write')
    await this.#file.write(encodeSegmentHeader(number, afterEpoch), 0)
    await this.#file.sync()
    await this.#ports.disk.syncDirectory(this.#folder)
    this.#segments.push({ number, commits: [], bytes: SEGMENT_HEADER_BYTES })
  }

  async #write(record: Uint8Array): Promise<void> {
    const file = this.#file as FileHandle
    await file.write(record, this.current.bytes)
    this.#ports.failpoint?.('state.commit.before-sync')
    await file.sync()
    this.current.bytes += record.length
  }

  async #truncate(path: string, length: number): Promise<void> {
    const file = await this.#ports.disk.open(path, 'append-or-create')
    try {
      await file.truncate(length)
      await file.sync()
    } finally {
      await file.close()
    }
  }

  #path(number: number): string {
    return `${this.#folder}/${segmentName(number)}`
  }
}

function missingCommit(file: string, epoch: number): StateCorruptError {
  const reason = `epoch ${epoch}, which comes before this, is missing from the log`
  return new StateCorruptError({ file, offset: SEGMENT_HEADER_BYTES, reason })
}
