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
}

interface Cut {
  readonly epoch: number
  readonly bytes: Uint8Array
  readonly rolls: boolean
  readonly nowMs: number
}

/**
 * Writes `part-<sinkId>-<n>` files, exactly once.
 *
 *     rows ─► buffer ─► [cut] ─► .part-<sinkId>-<n>.inprogress, fsynced [prepare] ─► commit holds its length
 *                                       └─ policy: complete [apply] ─► renamed to part-<sinkId>-<n>, folder fsynced
 *
 * After a crash the in-progress file is cut to its committed length, complete parts are renamed, and in-progress files that no
 * commit knows are removed. A failed write or fsync ends the sink: neither is ever retried.
 */
export class PartFileWriter implements SinkWriter {
  appliedEpoch = 0
  readonly #context: SinkContext
  readonly #steps: SinkSteps
  readonly #folder: string
  /** The sink's id as it can stand in a file name. */
  readonly #id: string
  readonly #policy: RollingPolicy
  readonly #encode: RecordEncoder
  readonly #buffer = new ByteWriter(64 << 10)
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

  constructor(context: SinkContext, folder: string, policy: RollingPolicy, encode: RecordEncoder) {
    this.#context = context
    this.#steps = new SinkSteps(context.table.name, folder)
    this.#folder = folder
    this.#id = context.sinkId.replaceAll(/[^A-Za-z0-9._-]/g, '_')
    this.#policy = policy
    this.#encode = encode
  }

  get bufferedBytes(): number {
    return this.#buffer.length + this.#cutBytes
  }

  open(recovered: RecoveredSink): Promise<void> {
    return this.#steps.run(async () => {
      const { disk } = this.#context.ports
      await disk.makeDirectory(this.#folder)
      const names = await disk.list(this.#folder)
      if (recovered.state) await this.#recover(recovered.state, names)
      else this.#nextNumber = 1 + Math.max(-1, ...names.map(n => this.#numberOf(n, PUBLISHED)))
      const known = this.#open ? this.#inProgressName(this.#open.number) : undefined
      for (const name of names) {
        if (this.#numberOf(name, IN_PROGRESS) < 0 || name === known) continue
        if (await disk.info(join(this.#folder, name))) await disk.remove(join(this.#folder, name))
      }
      await disk.syncDirectory(this.#folder)
    })
  }

  async #recover(bytes: Uint8Array, names: readonly string[]): Promise<void> {
    const state = JSON.parse(new TextDecoder().decode(bytes)) as PartFileState
    this.#nextNumber = state.nextNumber
    // One that is not in progress was renamed before; its reader may have taken it away since.
    for (const number of state.complete)
      if (names.includes(this.#inProgressName(number))) await this.#rename(number)
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
    this.#cuts.push({ epoch, bytes, rolls, nowMs })
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
      }
      return { state: new TextEncoder().encode(JSON.stringify(state)) }
    })
  }

  async #writeOut(cut: Cut): Promise<void> {
    if (cut.bytes.length > 0) {
      const part = this.#open ?? (await this.#begin(cut.nowMs))
      const file = this.#file as FileHandle
      await file.write(cut.bytes, part.length)
      this.#context.ports.failpoint?.('file-sink.before-sync')
      await file.sync()
      part.length += cut.bytes.length
      part.lastRowMs = cut.nowMs
    }
    if (cut.rolls && this.#open) {
      this.#complete.push({ number: this.#open.number, epoch: cut.epoch })
      await this.#file?.close()
      this.#open = null
      this.#file = undefined
    }
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
      if (due.length > 0) this.#context.ports.failpoint?.('file-sink.before-rename')
      for (const { number } of due) await this.#rename(number)
      if (due.length > 0) {
        this.#context.ports.failpoint?.('file-sink.after-rename')
        await this.#context.ports.disk.syncDirectory(this.#folder)
        this.#complete = this.#complete.filter(c => c.epoch > epoch)
      }
      this.appliedEpoch = epoch
    })
  }

  #rename(number: number): Promise<void> {
    return this.#context.ports.disk.rename(
      this.#inProgressPath(number),
      join(this.#folder, this.#publishedName(number)),
    )
  }

  async finish(): Promise<void> {}

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }

  #publishedName(number: number): string {
    return `part-${this.#id}-${number}`
  }

  #inProgressName(number: number): string {
    return `.${this.#publishedName(number)}${SUFFIX}`
  }

  #inProgressPath(number: number): string {
    return join(this.#folder, this.#inProgressName(number))
  }

  /** The number in a file name of this sink, or -1. */
  #numberOf(name: string, kind: typeof PUBLISHED | typeof IN_PROGRESS): number {
    const prefix = `${kind.prefix}${this.#id}-`
    if (!name.startsWith(prefix) || !name.endsWith(kind.suffix)) return -1
    const digits = name.slice(prefix.length, name.length - kind.suffix.length)
    return /^\d+$/.test(digits) ? Number(digits) : -1
  }
}

const EMPTY = new Uint8Array(0)
const SUFFIX = '.inprogress'
const PUBLISHED = { prefix: 'part-', suffix: '' }
const IN_PROGRESS = { prefix: '.part-', suffix: SUFFIX }
