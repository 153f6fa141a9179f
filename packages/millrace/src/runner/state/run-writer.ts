// Writes a run: an immutable file of the base, with entries in order.
//
//     run     = "MRRUN" u8 version, u16 0; block*; index; trailer
//     block   = entries of one operator (put and delete of delta-format.ts), about 4 KiB
//     index   = varint n, operator* ; operator = text id, u8 cleared, varint n, text* (deleted slices), varint n, entry*
//     entry   = varint block length, u32 crc32 of the block, varint key length, the block's first full key
//     trailer = f64 offset of the index, u32 its length, u32 its crc32, "MREN", u32 crc32 of the 20 bytes before
//
// Blocks follow each other without gaps in the order of the index.

import { crc32 } from 'node:zlib'
import { BinaryWriter } from '../../state/binary-writer.ts'
import { DELETE_KEY, PUT } from '../../state/delta-format.ts'
import type { Disk, FileHandle } from '../../types/ports.ts'
import type { EntryRef, Shadow } from './state-cursor.ts'

export const RUN_HEADER = Uint8Array.from([0x4d, 0x52, 0x52, 0x55, 0x4e, 1, 0, 0])
export const RUN_TRAILER_BYTES = 24
export const RUN_END = 0x4d52454e
const BLOCK_BYTES = 4096
const WRITE_BYTES = 256 * 1024
/** Synced bit by bit: one large sync at the end would hold up the syncs of commits. */
const SYNC_BYTES = 4 * 1024 * 1024

/** Entries must come in order, operator after operator. */
export class RunWriter {
  readonly #file: FileHandle
  readonly #out = new BinaryWriter(WRITE_BYTES + 2 * BLOCK_BYTES)
  readonly #index = new BinaryWriter(64 * 1024)
  readonly #blocks = new BinaryWriter(16 * 1024)
  #operators = 0
  #blockCount = 0
  #written = 0
  #unsynced = 0
  #blockStart = 0
  #firstKey: EntryRef | undefined

  static async create(disk: Disk, path: string): Promise<RunWriter> {
    const writer = new RunWriter(await disk.open(path, 'write'))
    writer.#out.append(RUN_HEADER)
    writer.#blockStart = writer.#out.length
    return writer
  }

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /** Begins an operator. */
  beginOperator(id: string, { isCleared, deletedSlices }: Shadow): void {
    this.#operators++
    this.#index.text(id)
    this.#index.u8(isCleared ? 1 : 0)
    this.#index.varint(deletedSlices.size)
    for (const slice of deletedSlices) this.#index.text(slice)
    this.#blocks.reset()
    this.#blockCount = 0
  }

  /** Appends an entry; true when `flush` should be awaited before more. */
  add(entry: EntryRef): boolean {
    const out = this.#out
    this.#firstKey ??= entry
    const { bytes, keyStart, keyEnd, valueStart, valueEnd } = entry
    out.u8(entry.isDelete ? DELETE_KEY : PUT)
    out.varint(keyEnd - keyStart)
    if (!entry.isDelete) out.varint(valueEnd - valueStart)
    out.append(bytes, keyStart, keyEnd)
    if (!entry.isDelete) out.append(bytes, valueStart, valueEnd)
    if (out.length - this.#blockStart >= BLOCK_BYTES) this.#endBlock()
    return out.length >= WRITE_BYTES
  }

  endOperator(): void {
    this.#endBlock()
    this.#index.varint(this.#blockCount)
    this.#index.append(this.#blocks.bytes, 0, this.#blocks.length)
  }

  /** Hands what is buffered to the file. */
  async flush(): Promise<void> {
    this.#endBlock()
    await this.#file.write(this.#out.view(), this.#written)
    this.#written += this.#out.length
    this.#unsynced += this.#out.length
    if (this.#unsynced >= SYNC_BYTES) {
      await this.#file.sync()
      this.#unsynced = 0
    }
    this.#out.reset()
    this.#blockStart = 0
  }

  /** Makes the file durable and closes it; the folder is the caller's to sync. Gives its size. */
  async finish(): Promise<number> {
    await this.flush()
    const head = new BinaryWriter(16)
    head.varint(this.#operators)
    head.append(this.#index.bytes, 0, this.#index.length)
    const index = head.view()
    const tail = new BinaryWriter(index.length + RUN_TRAILER_BYTES)
    tail.append(index)
    tail.f64(this.#written)
    tail.u32(index.length)
    tail.u32(crc32(index))
    tail.u32(RUN_END)
    tail.u32(crc32(tail.bytes.subarray(index.length, tail.length)))
    await this.#file.write(tail.view(), this.#written)
    await this.#file.sync()
    await this.#file.close()
    return this.#written + tail.length
  }

  /** Gives up: closes the file, which is left to be removed. */
  async abandon(): Promise<void> {
    await this.#file.close()
  }

  #endBlock(): void {
    const first = this.#firstKey
    if (!first) return
    this.#firstKey = undefined
    const block = this.#out.bytes.subarray(this.#blockStart, this.#out.length)
    this.#blocks.varint(block.length)
    this.#blocks.u32(crc32(block))
    this.#blocks.varint(first.keyEnd - first.keyStart)
    this.#blocks.append(first.bytes, first.keyStart, first.keyEnd)
    this.#blockCount++
    this.#blockStart = this.#out.length
  }
}
