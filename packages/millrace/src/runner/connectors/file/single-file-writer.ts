// The file sink with `sink.single-file`: one growing file, every committed row in it exactly once.

import { dirname } from 'node:path'
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
import { SinkSteps } from './sink-steps.ts'

interface Pending {
  readonly epoch: number
  readonly bytes: Uint8Array
}

/**
 * Appends to one file. A reader of it never sees a row that is not committed:
 *
 *     rows ─► buffer ─► [cut] ─► outbox of the commit [prepare] ─► written at the committed length, fsynced [apply]
 *
 * Outboxes carry the offset at which they belong (8 bytes, little endian, before the rows), so applying one twice writes the same bytes
 * to the same place. The state is the length after the last outbox. A file that is longer at the start is cut to that; rows are thus
 * expected to come from this sink alone. Without state, an existing file is appended to.
 */
export class SingleFileWriter implements SinkWriter {
  appliedEpoch = 0
  readonly #context: SinkContext
  readonly #steps: SinkSteps
  readonly #path: string
  readonly #encode: RecordEncoder
  readonly #buffer = new ByteWriter(16 << 10)
  readonly #cuts: Pending[] = []
  /** Prepared outboxes that are not written yet. */
  readonly #outboxes: Pending[] = []
  #waitingBytes = 0
  #file: FileHandle | undefined
  #length = 0

  constructor(context: SinkContext, path: string, encode: RecordEncoder) {
    this.#context = context
    this.#steps = new SinkSteps(context.table.name, path)
    this.#path = path
    this.#encode = encode
  }

  get bufferedBytes(): number {
    return this.#buffer.length + this.#waitingBytes
  }

  open(recovered: RecoveredSink): Promise<void> {
    return this.#steps.run(async () => {
      const { disk } = this.#context.ports
      await disk.makeDirectory(dirname(this.#path))
      this.#file = await disk.open(this.#path, 'append-or-create')
      await disk.syncDirectory(dirname(this.#path))
      const size = await this.#file.size()
      if (!recovered.state) {
        this.#length = size
        return
      }
      this.#length = offsetOf(recovered.state)
      const first = recovered.outboxes[0]
      const applied = first ? offsetOf(first.bytes) : this.#length
      if (size < applied)
        throw this.#steps.failed(`it has ${size} bytes of ${applied} that are committed`)
      for (const outbox of recovered.outboxes) await this.#writeOutbox(outbox.bytes)
      if ((await this.#file.size()) > this.#length) await this.#file.truncate(this.#length)
      await this.#file.sync()
      this.appliedEpoch = recovered.outboxes.at(-1)?.epoch ?? 0
    })
  }

  write(kind: RowKindCode, row: Row): void {
    this.#buffer.attempt(() => this.#encode(this.#buffer, kind, row))
  }

  cut(epoch: number): void {
    if (this.#buffer.length === 0) return
    const bytes = this.#buffer.take()
    this.#waitingBytes += bytes.length
    this.#cuts.push({ epoch, bytes })
  }

  prepare(epoch: number): Promise<PreparedEpoch> {
    return this.#steps.run(async () => {
      const rows: Uint8Array[] = []
      if (this.#length === 0 && this.#cuts.length > 0 && this.#context.header)
        rows.push(this.#context.header)
      while (this.#cuts[0] && this.#cuts[0].epoch <= epoch)
        rows.push((this.#cuts.shift() as Pending).bytes)
      const outbox = rows.length > 0 ? outboxAt(this.#length, rows) : undefined
      if (outbox) {
        this.#outboxes.push({ epoch, bytes: outbox })
        this.#length += outbox.length - OFFSET_BYTES
      }
      const state = new Uint8Array(8)
      new DataView(state.buffer).setFloat64(0, this.#length, true)
      return outbox ? { state, outbox } : { state }
    })
  }

  apply(epoch: number): Promise<void> {
    return this.#steps.run(async () => {
      let hasWritten = false
      while (this.#outboxes[0] && this.#outboxes[0].epoch <= epoch) {
        const { bytes } = this.#outboxes.shift() as Pending
        this.#context.ports.failpoint?.('file-sink.before-write')
        await this.#writeOutbox(bytes)
        this.#waitingBytes = Math.max(0, this.#waitingBytes - (bytes.length - OFFSET_BYTES))
        hasWritten = true
      }
      if (hasWritten) {
        this.#context.ports.failpoint?.('file-sink.after-write')
        await this.#file?.sync()
      }
      this.appliedEpoch = epoch
    })
  }

  async #writeOutbox(outbox: Uint8Array): Promise<void> {
    await this.#file?.write(outbox.subarray(OFFSET_BYTES), offsetOf(outbox))
  }

  async finish(): Promise<void> {}

  async close(): Promise<void> {
    await this.#file?.close()
    this.#file = undefined
  }
}

const OFFSET_BYTES = 8

function outboxAt(offset: number, rows: readonly Uint8Array[]): Uint8Array {
  const head = new Uint8Array(OFFSET_BYTES)
  new DataView(head.buffer).setFloat64(0, offset, true)
  return new Uint8Array(Buffer.concat([head, ...rows]))
}

function offsetOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getFloat64(0, true)
}
