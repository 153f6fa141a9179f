// Reads one file as batches of whole records, one batch ahead of the pipeline.

import type { BytesBatch, JsonValue, SplitReader } from '../../../connector/source.ts'
import { headerRecord } from '../../formats/text/header-record.ts'
import { overlongRecord } from '../../formats/text/overlong-record.ts'
import { FileHead } from './file-head.ts'
import type { FilePosition } from './file-head.ts'
import { openFileInput } from './file-input.ts'
import type { FileInput } from './file-input.ts'
import type { RecordCutter } from './record-cutter.ts'

export interface FileReaderOptions {
  readonly path: string
  readonly cutter: () => RecordCutter
  /** The first record names the columns of the others: it goes ahead of them as a marked record, also when reading starts later. */
  readonly hasHeader: boolean
  readonly maxRecordBytes: number
  /** A file is one record. */
  readonly isWhole: boolean
  /** Whether no more bytes will come: always for bounded sources; for others when the file is rotated, gone or superseded. */
  readonly isDrained: () => Promise<boolean>
  readonly wait: (signal: AbortSignal) => Promise<void>
}

const BATCH_BYTES = 1 << 20
const newBuffer = (): Uint8Array => new Uint8Array(BATCH_BYTES)

/**
 * Batches of 1 MiB, larger only for a longer record. Three buffers take turns: the pipeline works on
 * one, the next batch waits in another, and what was read behind it in the third.
 *
 *     filling ─► whole records ─► batch ─► rest moves to the other buffer ─► filling …
 *        └─ record beyond maxRecordBytes: its bytes are dropped up to its end, an overlong mark stands for it
 */
export class FileReader implements SplitReader {
  readonly #options: FileReaderOptions
  readonly #input: FileInput
  readonly #head: FileHead
  #cutter: RecordCutter
  /** What is to be done for the header: found in what is read, or delivered at once; `undefined`: nothing. */
  #header: 'expected' | Uint8Array | undefined
  /** The filling one first; the last is free. */
  #buffers: readonly [Uint8Array, Uint8Array, Uint8Array] = [newBuffer(), newBuffer(), newBuffer()]
  /** Bytes in the filling buffer, how many of them the cutter has seen, and the content offset of its first byte. */
  #filled = 0
  #searched = 0
  #base: number
  /** Content offset where an overlong record started; undefined outside of one. */
  #overlongFrom: number | undefined
  #ahead: Promise<BytesBatch | 'idle' | 'finished'> | undefined
  #failure: unknown
  #hasEnded = false

  private constructor(
    options: FileReaderOptions,
    input: FileInput,
    head: FileHead,
    offset: number,
  ) {
    this.#options = options
    this.#input = input
    this.#head = head
    this.#base = offset
    this.#cutter = options.cutter()
    if (options.hasHeader && offset === head.markLength) this.#header = 'expected'
  }

  /** @param position of an earlier run; a file that is not the one it was taken in is read from its start */
  static async open(
    options: FileReaderOptions,
    position: FilePosition | undefined,
  ): Promise<FileReader> {
    const head = await FileHead.read(options.path)
    const offset = position && (await head.continues(position)) ? position.offset : head.markLength
    const reader = new FileReader(options, await openFileInput(options.path, offset), head, offset)
    if (options.hasHeader && offset > head.markLength)
      reader.#header = await readFirstRecord(options, head.markLength)
    return reader
  }

  async read(): Promise<BytesBatch | 'idle' | 'finished'> {
    const batch = await (this.#ahead ?? this.#fill())
    this.#ahead = undefined
    if (typeof batch === 'object') {
      this.#ahead = this.#fill()
      this.#ahead.catch(() => {}) // thrown by the read() that takes it
    }
    return batch
  }

  /** How far the file itself has been read; what is read ahead counts. */
  get fileOffset(): number {
    return this.#input.fileOffset
  }

  wait(signal: AbortSignal): Promise<void> {
    return this.#options.wait(signal)
  }

  async close(): Promise<void> {
    await this.#ahead?.catch(() => {})
    await this.#input.close()
  }

  async #fill(): Promise<BytesBatch | 'idle' | 'finished'> {
    if (this.#failure !== undefined) throw this.#failure
    if (typeof this.#header === 'object') {
      const mark = headerRecord(this.#header)
      const from = this.#base
      this.#header = undefined
      return this.#batch(mark, mark.length, () => from)
    }
    if (this.#hasEnded && this.#filled === 0) return 'finished'
    if (this.#searched < this.#filled) {
      const batch = this.#cut()
      if (batch) return batch
    }
    // Asked before reading: bytes that were appended before the file was rotated are then still read.
    let isDrained = await this.#options.isDrained()
    for (;;) {
      const buffer = this.#room()
      let count: number
      try {
        count = await this.#input.read(buffer, this.#filled, buffer.length - this.#filled)
      } catch (error) {
        this.#failure = error
        throw error
      }
      if (count === 0) {
        if (isDrained) return this.#last()
        if (await this.#input.restartIfTruncated?.()) this.#restart()
        isDrained = await this.#options.isDrained()
        if (!isDrained) return 'idle'
        continue
      }
      this.#filled += count
      const batch = this.#overlongFrom === undefined ? this.#cut() : this.#passOverlong()
      if (batch) return batch
    }
  }

  /** The file was truncated in place: what it holds now is new, what was not read before is lost. */
  #restart(): void {
    this.#base = 0
    this.#filled = 0
    this.#searched = 0
    this.#overlongFrom = undefined
    this.#cutter = this.#options.cutter()
    if (this.#options.hasHeader) this.#header = 'expected'
  }

  /** The filling buffer, with room; grown for a record longer than it. */
  #room(): Uint8Array {
    const buffer = this.#buffers[0]
    if (this.#filled < buffer.length) return buffer
    const limit = this.#options.maxRecordBytes
    if (this.#filled > limit) {
      this.#overlongFrom ??= this.#base
      this.#base += this.#filled
      this.#filled = 0
      this.#searched = 0
      return buffer
    }
    const grown = new Uint8Array(Math.min(buffer.length * 2, limit + 1))
    grown.set(buffer)
    this.#buffers = [grown, this.#buffers[1], this.#buffers[2]]
    return grown
  }

  #cut(): BytesBatch | undefined {
    if (this.#options.isWhole) return undefined
    const buffer = this.#buffers[0]
    const end = this.#cutter.lastEnd(buffer, this.#searched, this.#filled)
    this.#searched = this.#filled
    if (end < 0) return undefined
    const overlong = this.#firstOverlong(end)
    if (!overlong) return this.#deliver(end)
    if (overlong.start > 0) return this.#deliverAndCutAgain(overlong.start)
    this.#overlongFrom = this.#base
    const batch = this.#deliverOverlong(overlong.end)
    this.#cutter = this.#options.cutter()
    return batch
  }

  /** Of the whole records up to `end`: one may be beyond a limit that is smaller than the buffer. */
  #firstOverlong(end: number): { readonly start: number; readonly end: number } | undefined {
    const { maxRecordBytes, cutter } = this.#options
    if (end <= maxRecordBytes) return undefined
    const ends = cutter()
    for (let start = 0; start < end; ) {
      const next = ends.firstEnd(this.#buffers[0], start, end)
      if (next < 0) return undefined
      // Its terminator does not count.
      if (next - 1 - start > maxRecordBytes) return { start, end: next }
      start = next
    }
    return undefined
  }

  #deliverAndCutAgain(end: number): BytesBatch {
    const batch = this.#deliver(end)
    this.#searched = 0
    this.#cutter = this.#options.cutter()
    return batch
  }

  /** Looks for the end of the overlong record; what precedes it is dropped. */
  #passOverlong(): BytesBatch | undefined {
    const buffer = this.#buffers[0]
    const end = this.#options.isWhole
      ? -1
      : this.#cutter.firstEnd(buffer, this.#searched, this.#filled)
    if (end < 0) {
      this.#base += this.#filled
      this.#filled = 0
      this.#searched = 0
      return undefined
    }
    return this.#deliverOverlong(end)
  }

  #deliverOverlong(end: number): BytesBatch {
    const from = this.#overlongFrom as number
    this.#overlongFrom = undefined
    const mark = overlongRecord(this.#options.path, from, this.#options.maxRecordBytes)
    const next = this.#base + end
    this.#keepRest(end)
    // The quotes behind `end` were not looked at yet.
    this.#searched = 0
    return this.#batch(mark, mark.length, () => next)
  }

  /** What is left when no more bytes come: a last record without its terminator. */
  #last(): BytesBatch | 'finished' {
    this.#hasEnded = true
    if (this.#overlongFrom !== undefined) return this.#deliverOverlong(this.#filled)
    if (this.#filled === 0) return 'finished'
    if (this.#filled <= this.#options.maxRecordBytes) return this.#deliver(this.#filled)
    this.#overlongFrom = this.#base
    return this.#deliverOverlong(this.#filled)
  }

  #deliver(end: number): BytesBatch {
    if (this.#header === 'expected') return this.#deliverHeader(end)
    const bytes = this.#buffers[0]
    const base = this.#base
    this.#keepRest(end)
    return this.#batch(bytes, end, offset => base + offset)
  }

  /** The first of the records up to `end`, marked; the others are cut again. */
  #deliverHeader(end: number): BytesBatch {
    const first = this.#options.cutter().firstEnd(this.#buffers[0], 0, end)
    const length = first < 0 ? end : first
    const mark = headerRecord(this.#buffers[0].subarray(0, length))
    const next = this.#base + length
    this.#header = undefined
    this.#keepRest(length)
    this.#searched = 0
    this.#cutter = this.#options.cutter()
    return this.#batch(mark, mark.length, () => next)
  }

  /** Moves what is behind `end` to the free buffer, which becomes the filling one. */
  #keepRest(end: number): void {
    const [full, delivered, free] = this.#buffers
    const rest = this.#filled - end
    const next = rest < free.length ? free : new Uint8Array(rest * 2)
    next.set(full.subarray(end, this.#filled))
    // `delivered` is free once the pipeline asks for the next batch; a buffer that grew for one long record is not kept.
    this.#buffers = [next, full, delivered.length > BATCH_BYTES ? newBuffer() : delivered]
    this.#base += end
    this.#filled = rest
    this.#searched = rest
  }

  #batch(bytes: Uint8Array, end: number, offsetAt: (offset: number) => number): BytesBatch {
    const head = this.#head
    return {
      kind: 'bytes',
      bytes,
      start: 0,
      end,
      positionAt: offset => head.position(offsetAt(offset)) as unknown as JsonValue,
    }
  }
}

/** The file's first record, for reading that starts behind it; as much as one batch holds. */
async function readFirstRecord(
  options: FileReaderOptions,
  markLength: number,
): Promise<Uint8Array> {
  const input = await openFileInput(options.path, markLength)
  try {
    const buffer = newBuffer()
    const cutter = options.cutter()
    let filled = 0
    for (;;) {
      const count = await input.read(buffer, filled, buffer.length - filled)
      const end = cutter.firstEnd(buffer, filled, filled + count)
      filled += count
      if (end >= 0) return buffer.slice(0, end)
      if (count === 0) return buffer.slice(0, filled)
    }
  } finally {
    await input.close()
  }
}
