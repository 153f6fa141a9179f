// Reads a run (layout in run-writer.ts): ordered scans and batched look-ups, every block checked.

import { crc32 } from 'node:zlib'
import { BinaryReader } from '../../state/binary-reader.ts'
import { DeltaReader } from '../../state/delta-format.ts'
import { StateCorruptError } from '../../state/state-errors.ts'
import type { Disk, FileHandle } from '../../types/ports.ts'
import { RUN_END, RUN_HEADER, RUN_TRAILER_BYTES } from './run-writer.ts'
import { compareRanges, EntryRef, type EntrySource, type Shadow } from './state-cursor.ts'

const SCAN_BYTES = 512 * 1024
/** Blocks closer than this are fetched by one read. */
const GAP_BYTES = 16 * 1024

interface OperatorIndex extends Shadow {
  /** Per block: offset in the file, then the end of the last one. */
  readonly offsets: readonly number[]
  readonly checksums: readonly number[]
  /** Per block: its first full key. */
  readonly firstKeys: readonly Uint8Array[]
}

/** An open run. */
export class RunReader {
  readonly path: string
  readonly bytes: number
  readonly #file: FileHandle
  readonly #operators: ReadonlyMap<string, OperatorIndex>
  #holders = 1

  static async open(disk: Disk, path: string): Promise<RunReader> {
    const file = await disk.open(path, 'read')
    try {
      const bytes = await file.size()
      return new RunReader(path, bytes, file, await readIndex(path, bytes, file))
    } catch (error) {
      await file.close()
      throw error
    }
  }

  private constructor(
    path: string,
    bytes: number,
    file: FileHandle,
    operators: ReadonlyMap<string, OperatorIndex>,
  ) {
    this.path = path
    this.bytes = bytes
    this.#file = file
    this.#operators = operators
  }

  get operators(): Iterable<string> {
    return this.#operators.keys()
  }

  /** What the operator's part of this run does to older runs; undefined when it has none. */
  shadow(operator: string): Shadow | undefined {
    return this.#operators.get(operator)
  }

  /** The operator's entries whose full keys start with `prefix`. */
  scan(operator: string, prefix: Uint8Array = new Uint8Array()): EntrySource | undefined {
    const index = this.#operators.get(operator)
    if (!index) return undefined
    const { offsets } = index
    const blocks = offsets.length - 1
    let block = prefix.length === 0 ? 0 : Math.max(0, lastBlockBefore(index, prefix))
    const isPast = (i: number) =>
      prefix.length > 0 && comparePrefix(index.firstKeys[i] as Uint8Array, prefix) > 0
    return {
      isCleared: index.isCleared,
      deletedSlices: index.deletedSlices,
      nextChunk: async () => {
        while (block < blocks && !isPast(block)) {
          const first = block
          const start = offsets[first] as number
          do block++
          while (
            block < blocks &&
            (offsets[block + 1] as number) - start <= SCAN_BYTES &&
            !isPast(block)
          )
          const bytes = await this.#read(start, offsets[block] as number)
          for (let i = first; i < block; i++) this.#check(index, i, bytes, start)
          const entries = this.#entries(bytes, start, prefix)
          if (entries.length > 0) return entries
        }
        return undefined
      },
    }
  }

  /**
   * Looks keys up. `found(i, entry)` is called for each that this run has, deletions included.
   *
   * @param keys full keys in ascending order
   */
  async readMany(
    operator: string,
    keys: readonly Uint8Array[],
    found: (index: number, entry: EntryRef) => void,
  ): Promise<void> {
    const index = this.#operators.get(operator)
    if (!index || index.firstKeys.length === 0) return
    const blockOf = keys.map(k => lastBlockBefore(index, k))
    for (let i = 0; i < keys.length; ) {
      const first = blockOf[i] as number
      if (first < 0) {
        i++
        continue
      }
      // One read serves all keys whose blocks lie near each other.
      let last = first
      let to = i + 1
      for (; to < keys.length; to++) {
        const block = blockOf[to] as number
        const gap = (index.offsets[block] as number) - (index.offsets[last + 1] as number)
        const total = (index.offsets[block + 1] as number) - (index.offsets[first] as number)
        if (gap > GAP_BYTES || total > SCAN_BYTES) break
        last = block
      }
      const start = index.offsets[first] as number
      const bytes = await this.#read(start, index.offsets[last + 1] as number)
      let reader: DeltaReader | undefined
      let open = -1
      for (; i < to; i++) {
        const block = blockOf[i] as number
        if (block !== open) {
          open = block
          this.#check(index, block, bytes, start)
          const at = (index.offsets[block] as number) - start
          reader = new DeltaReader(bytes, at, (index.offsets[block + 1] as number) - start)
          reader.next()
        }
        const entry = seek(reader as DeltaReader, keys[i] as Uint8Array)
        if (entry) found(i, entry)
      }
    }
  }

  /** Keeps the file open until a matching `release`. */
  retain(): this {
    this.#holders++
    return this
  }

  /** Gives up one hold (opening is the first); the last one closes the file. */
  async release(): Promise<void> {
    if (--this.#holders === 0) await this.#file.close()
  }

  async #read(start: number, end: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(end - start)
    const count = await this.#file.read(bytes, 0, bytes.length, start)
    if (count < bytes.length) throw this.#corrupt(start + count, 'it ends early')
    return bytes
  }

  #check(index: OperatorIndex, block: number, bytes: Uint8Array, start: number): void {
    const from = index.offsets[block] as number
    const to = index.offsets[block + 1] as number
    if (crc32(bytes.subarray(from - start, to - start)) !== index.checksums[block])
      throw this.#corrupt(from, 'the checksum of a block is wrong')
  }

  #entries(bytes: Uint8Array, offset: number, prefix: Uint8Array): EntryRef[] {
    const reader = new DeltaReader(bytes)
    const entries: EntryRef[] = []
    const hasPrefix = prefix.length > 0
    try {
      while (reader.next()) {
        if (
          hasPrefix &&
          comparePrefix(bytes.subarray(reader.keyStart, reader.keyEnd), prefix) !== 0
        )
          continue
        entries.push(new EntryRef(reader, 0))
      }
    } catch (error) {
      throw this.#corrupt(offset + reader.start, 'an entry is malformed', error)
    }
    return entries
  }

  #corrupt(offset: number, reason: string, cause?: unknown): StateCorruptError {
    return new StateCorruptError({ file: this.path, offset, reason, cause })
  }
}

/** Moves on to the key, never past a greater one; the reader stands on an entry. */
function seek(reader: DeltaReader, key: Uint8Array): EntryRef | undefined {
  for (;;) {
    const order = compareRanges(reader.bytes, reader.keyStart, reader.keyEnd, key, 0, key.length)
    if (order === 0) return new EntryRef(reader, 0)
    if (order > 0 || !reader.next()) return undefined
  }
}

/** The last block whose first key is not above `key`; -1 when all are. */
function lastBlockBefore({ firstKeys }: OperatorIndex, key: Uint8Array): number {
  let low = 0
  let high = firstKeys.length
  while (low < high) {
    const middle = (low + high) >> 1
    const first = firstKeys[middle] as Uint8Array
    if (compareRanges(first, 0, first.length, key, 0, key.length) <= 0) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Order of the first bytes of `key` and the prefix. */
function comparePrefix(key: Uint8Array, prefix: Uint8Array): number {
  const end = Math.min(key.length, prefix.length)
  return compareRanges(key, 0, end, prefix, 0, prefix.length)
}

async function readIndex(
  path: string,
  size: number,
  file: FileHandle,
): Promise<Map<string, OperatorIndex>> {
  const corrupt = (offset: number, reason: string, cause?: unknown) =>
    new StateCorruptError({ file: path, offset, reason, cause })
  const at = size - RUN_TRAILER_BYTES
  if (at < RUN_HEADER.length) throw corrupt(0, 'it is too short')
  const header = new Uint8Array(RUN_HEADER.length)
  await file.read(header, 0, header.length, 0)
  if (RUN_HEADER.some((b, i) => header[i] !== b)) throw corrupt(0, 'the header is wrong')
  const trailer = new Uint8Array(RUN_TRAILER_BYTES)
  await file.read(trailer, 0, trailer.length, at)
  const view = new DataView(trailer.buffer)
  if (view.getUint32(16) !== RUN_END || view.getUint32(20) !== crc32(trailer.subarray(0, 20)))
    throw corrupt(at, 'the checksum of the trailer is wrong')
  const offset = view.getFloat64(0)
  const index = new Uint8Array(view.getUint32(8))
  if (offset + index.length !== at) throw corrupt(at, 'the index is not where it should be')
  await file.read(index, 0, index.length, offset)
  if (crc32(index) !== view.getUint32(12))
    throw corrupt(offset, 'the checksum of the index is wrong')
  try {
    return parseIndex(index)
  } catch (error) {
    throw corrupt(offset, 'the index is malformed', error)
  }
}

function parseIndex(index: Uint8Array): Map<string, OperatorIndex> {
  const input = new BinaryReader(index)
  const operators = new Map<string, OperatorIndex>()
  let offset = RUN_HEADER.length
  for (let left = input.varint(); left > 0; left--) {
    const id = input.text()
    const isCleared = input.u8() === 1
    const deletedSlices = new Set<string>()
    for (let n = input.varint(); n > 0; n--) deletedSlices.add(input.text())
    const offsets = [offset]
    const checksums: number[] = []
    const firstKeys: Uint8Array[] = []
    for (let n = input.varint(); n > 0; n--) {
      offset += input.varint()
      offsets.push(offset)
      checksums.push(input.u32())
      firstKeys.push(input.view(input.varint()))
    }
    operators.set(id, { isCleared, deletedSlices, offsets, checksums, firstKeys })
  }
  return operators
}
