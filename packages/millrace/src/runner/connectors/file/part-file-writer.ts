// The file sink: part files that appear whole, each row in exactly one of them.

import { join } from 'node:path'
import { ByteWriter } from '../../../format/byte-writer.ts'
import type {
  PreparedEpoch,
  RecoveredSink,
  SinkContext,
  SinkWriter,
} from '../../../connector/sink.ts'
import type { RecordEncoder } from '../../../format/encoder.ts'
import type { FileHandle } from '../../../types/ports.ts'
import type { Row, RowKindCode } from '../../../types/value.ts'
import { PartNames } from './part-names.ts'
import { PartPublisher } from './part-publisher.ts'
import type { RollingPolicy } from './rolling-policy.ts'
import { SinkSteps } from './sink-steps.ts'

/** The file being written, as the commit knows it. */
interface OpenPart {
  readonly number: number
  /** Bytes that are committed; what follows them after a crash is cut off. */
  length: number
  readonly createdMs: number
  lastRowMs: number
}

/** State in the commit, as JSON. */
interface PartFileState {
  readonly nextNumber: number
  readonly open: OpenPart | null
  /** Numbers of parts that are complete and perhaps not renamed yet. */
  readonly complete: readonly number[]
  /** Of a sink that replaces what is there: the complete ones wait for the end of the input, which has not come yet. */
  readonly held?: boolean
}

interface Cut {
  readonly epoch: number
  readonly bytes: Uint8Array
  readonly rolls: boolean
  readonly final: boolean
  readonly nowMs: number
}

/**
 * Writes `part-<sinkId>-<n>` files, exactly once.
 *
 *     rows ─► buffer ─► [cut] ─► .part-<sinkId>-<n>.inprogress, fsynced [prepare] ─► commit holds its length
 *                                       └─ policy: complete [apply] ─► renamed to part-<sinkId>-<n>, folder fsynced
 *
 * INSERT OVERWRITE publishes no part before the end of the input. Then all other files of the folder are removed and the parts
 * renamed, of which there is at least one: while one is in progress, a restart knows that this is not done.
 *
 * After a crash the in-progress file is cut to its committed length, complete parts are renamed, and in-progress files that no
 * commit knows are removed. A failed write or fsync ends the sink: neither is ever retried.
 */
export class PartFileWriter implements SinkWriter {
  appliedEpoch = 0
  readonly #context: SinkContext
  readonly #steps: SinkSteps
  readonly #folder: string
  readonly #names: PartNames
  readonly #publisher: PartPublisher
  readonly #replaces: boolean
  readonly #policy: RollingPolicy
  readonly #encode: RecordEncoder
  readonly #buffer: ByteWriter
  readonly #cuts: Cut[] = []
  #cutBytes = 0
  /** What the cuts made so far come to: the policy decides by it before the bytes are written. */
  #plannedLength = 0
  #plannedCreatedMs = 0
  #plannedLastRowMs = 0
  #hasPlanned = false
  #nextNumber = 0
  #open: OpenPart | null = null
  #file: FileHandle | undefined
  /** Complete parts with the epoch whose commit completes them. */
  #complete: { readonly number: number; readonly epoch: number }[] = []

  constructor(
    context: SinkContext,
    folder: string,
    policy: RollingPolicy,
    encode: RecordEncoder,
    { bufferBytes = 64 << 10 }: { readonly bufferBytes?: number } = {},
  ) {
    this.#context = context
    this.#replaces = context.overwrite ?? false
    this.#buffer = new ByteWriter(bufferBytes)
    this.#steps = new SinkSteps(context.table.name, folder)
    this.#folder = folder
    this.#names = new PartNames(context.sinkId)
    this.#publisher = new PartPublisher(context.ports.disk, folder, this.#names, this.#replaces)
    this.#policy = policy
    this.#encode = encode
  }

  get bufferedBytes(): number {
    return this.#buffer.length + this.#cutBytes
  }

  /** All that it was given is published. */
  get isAtRest(): boolean {
    return (
      !this.#hasPlanned &&
      this.#complete.length === 0 &&
      this.#cuts.length === 0 &&
      this.#buffer.length === 0
    )
  }

  open(recovered: RecoveredSink): Promise<void> {
    return this.#steps.run(async () => {
      const { disk } = this.#context.ports
      await disk.makeDirectory(this.#folder)
      const names = await disk.list(this.#folder)
      if (recovered.state) await this.#recover(recovered.state, names)
      else this.#nextNumber = 1 + Math.max(-1, ...names.map(n => this.#names.publishedNumber(n)))
      const known = new Set([this.#open?.number, ...this.#complete.map(c => c.number)])
      for (const name of names) {
        const number = this.#names.inProgressNumber(name)
        if (number < 0 || known.has(number)) continue
        if (await disk.info(join(this.#folder, name))) await disk.remove(join(this.#folder, name))
      }
      await disk.syncDirectory(this.#folder)
    })
  }

  async #recover(bytes: Uint8Array, names: readonly string[]): Promise<void> {
    const state = JSON.parse(new TextDecoder().decode(bytes)) as PartFileState
    this.#nextNumber = state.nextNumber
    if (state.held) this.#complete = state.complete.map(number => ({ number, epoch: HELD }))
    else await this.#publisher.publish(state.complete, names)
    if (!state.open) return
    this.#open = { ...state.open }
    const path = this.#inProgressPath(state.open.number)
    if (!(await this.#context.ports.disk.info(path)))
      throw this.#steps.failed(`its file in progress "${path}" is gone`)
    const file = await this.#context.ports.disk.open(path, 'append-or-create')
    this.#file = file
    const size = await file.size()
    if (size < state.open.length)
      throw this.#steps.failed(
        `"${path}" has ${size} bytes of ${state.open.length} that are committed`,
      )
    if (size > state.open.length) {
      await file.truncate(state.open.length)
      await file.sync()
    }
    this.#hasPlanned = true
    this.#plannedLength = state.open.length
    this.#plannedCreatedMs = state.open.createdMs
    this.#plannedLastRowMs = state.open.lastRowMs
  }

  write(kind: RowKindCode, row: Row): void {
    this.#buffer.attempt(() => this.#encode(this.#buffer, kind, row))
  }

  cut(epoch: number, final: boolean): void {
    const nowMs = this.#context.ports.clock.now()
    const bytes = this.#buffer.length > 0 ? this.#buffer.take() : EMPTY
    if (bytes.length > 0) {
      if (!this.#hasPlanned) {
        this.#hasPlanned = true
        this.#plannedLength = this.#context.header?.length ?? 0
        this.#plannedCreatedMs = nowMs
      }
      this.#plannedLength += bytes.length
      this.#plannedLastRowMs = nowMs
    }
    const rolls =
      this.#hasPlanned &&
      (final ||
        this.#policy.isDue({
          length: this.#plannedLength,
          openMs: nowMs - this.#plannedCreatedMs,
          idleMs: nowMs - this.#plannedLastRowMs,
        }))
    if (rolls) this.#hasPlanned = false
    this.#cutBytes += bytes.length
    this.#cuts.push({ epoch, bytes, rolls, final, nowMs })
  }

  prepare(epoch: number): Promise<PreparedEpoch> {
    return this.#steps.run(async () => {
      while (this.#cuts[0] && this.#cuts[0].epoch <= epoch) {
        const cut = this.#cuts.shift() as Cut
        await this.#writeOut(cut)
        this.#cutBytes -= cut.bytes.length
      }
      const state: PartFileState = {
        nextNumber: this.#nextNumber,
        open: this.#open,
        complete: this.#complete.map(c => c.number),
        ...(this.#complete.some(c => c.epoch === HELD) && { held: true }),
      }
      return { state: new TextEncoder().encode(JSON.stringify(state)) }
    })
  }

  async #writeOut(cut: Cut): Promise<void> {
    if (cut.bytes.length > 0) {
      const part = this.#open ?? (await this.#begin(cut.nowMs))
      this.#file ??= await this.#context.ports.disk.open(
        this.#inProgressPath(part.number),
        'append-or-create',
      )
      const file = this.#file
      await file.write(cut.bytes, part.length)
      this.#context.ports.failpoint?.('file-sink.before-sync')
      await file.sync()
      part.length += cut.bytes.length
      part.lastRowMs = cut.nowMs
    }
    const replacesByNothing =
      this.#replaces && cut.final && !this.#open && this.#complete.length === 0
    if (replacesByNothing) await this.#begin(cut.nowMs)
    if (this.#open && (cut.rolls || replacesByNothing)) {
      this.#complete.push({ number: this.#open.number, epoch: this.#replaces ? HELD : cut.epoch })
      this.#open = null
      await this.release()
    }
    if (cut.final)
      this.#complete = this.#complete.map(c => ({ ...c, epoch: Math.min(c.epoch, cut.epoch) }))
  }

  async #begin(nowMs: number): Promise<OpenPart> {
    const { disk } = this.#context.ports
    const number = this.#nextNumber++
    const header = this.#context.header ?? EMPTY
    this.#file = await disk.open(this.#inProgressPath(number), 'append-or-create')
    if ((await this.#file.size()) > 0) await this.#file.truncate(0)
    if (header.length > 0) await this.#file.write(header, 0)
    await disk.syncDirectory(this.#folder)
    this.#open = { number, length: header.length, createdMs: nowMs, lastRowMs: nowMs }
    return this.#open
  }

  apply(epoch: number): Promise<void> {
    return this.#steps.run(async () => {
      const due = this.#complete.filter(c => c.epoch <= epoch)
      if (due.length > 0) {
        this.#context.ports.failpoint?.('file-sink.before-rename')
        await this.#publisher.publish(
          due.map(c => c.number),
          await this.#context.ports.disk.list(this.#folder),
        )
        this.#context.ports.failpoint?.('file-sink.after-rename')
        await this.#context.ports.disk.syncDirectory(this.#folder)
        this.#complete = this.#complete.filter(c => c.epoch > epoch)
      }
      this.appliedEpoch = epoch
    })
  }

  /** Closes the file until the next rows come. */
  async release(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }

  async finish(): Promise<void> {}

  close(): Promise<void> {
    return this.release()
  }

  #inProgressPath(number: number): string {
    return join(this.#folder, this.#names.inProgress(number))
  }
}

const EMPTY = new Uint8Array(0)
/** The epoch of parts that wait for the end of the input. */
const HELD = Number.POSITIVE_INFINITY
