// Builds record batches as bytes: records are appended as they come, the header is put before them at the end.

import { crc32c } from '@node-rs/crc32'
import { ByteWriter } from 'millrace'
import { BATCH_HEADER_BYTES } from './batch-walker.ts'
import { COMPRESSIONS, type Compression, compress } from './compression.ts'

/** Whose records they are; without one, they are neither idempotent nor part of a transaction. */
export interface BatchProducer {
  readonly id: bigint
  readonly epoch: number
  /** Sequence number of the first record in its partition. */
  readonly sequence: number
  readonly isTransactional: boolean
}

/** Bytes of a key or value; undefined: NULL. */
export type RecordPart = Uint8Array | undefined

/** A header's value may be NULL. */
export type RecordHeader = readonly [name: Uint8Array, value: Uint8Array | null]

const NO_HEADERS: readonly RecordHeader[] = []

/** One batch of one partition; `finish` gives its bytes and begins anew. */
export class BatchWriter {
  readonly #out: ByteWriter
  #count = 0
  #baseTimestamp = 0
  #maxTimestamp = 0

  constructor(capacity = 16_384) {
    this.#out = new ByteWriter(capacity)
    this.#out.length = BATCH_HEADER_BYTES
  }

  /** Records so far. */
  get count(): number {
    return this.#count
  }

  /** Bytes so far, not compressed, header included. */
  get bytes(): number {
    return this.#out.length
  }

  /** Bytes that a record takes at most. */
  static sizeOf(key: RecordPart, value: RecordPart, headers = NO_HEADERS): number {
    let size = 36 + (key?.length ?? 0) + (value?.length ?? 0)
    for (const [n, v] of headers) size += n.length + (v?.length ?? 0) + 10
    return size
  }

  /** @param timestamp epoch ms */
  append(
    key: RecordPart,
    value: RecordPart,
    timestamp: number,
    headers: readonly RecordHeader[] = NO_HEADERS,
  ): void {
    const out = this.#out
    if (this.#count === 0) {
      this.#baseTimestamp = timestamp
      this.#maxTimestamp = timestamp
    } else if (timestamp > this.#maxTimestamp) this.#maxTimestamp = timestamp
    const delta = timestamp - this.#baseTimestamp
    const offsetDelta = this.#count++
    const length =
      1 +
      varintSize(delta) +
      varintSize(offsetDelta) +
      partSize(key?.length) +
      partSize(value?.length) +
      headersSize(headers)
    out.reserve(length + 5)
    writeVarint(out, length)
    out.bytes[out.length++] = 0
    writeVarint(out, delta)
    writeVarint(out, offsetDelta)
    writePart(out, key)
    writePart(out, value)
    writeVarint(out, headers.length)
    for (const [name, content] of headers) {
      writeVarint(out, name.length)
      out.append(name)
      writeVarint(out, content === null ? -1 : content.length)
      if (content !== null) out.append(content)
    }
  }

  /** The batch's bytes, to be stamped before they are sent. The writer is empty afterwards. */
  finish(compression: Compression): Uint8Array {
    const count = this.#count
    const plain = this.#out.take()
    this.#out.reserve(BATCH_HEADER_BYTES)
    this.#out.length = BATCH_HEADER_BYTES
    this.#count = 0
    const batch = compression === 'none' ? plain : compressed(plain, compression)
    const view = new DataView(batch.buffer, batch.byteOffset, batch.length)
    view.setInt32(8, batch.length - 12)
    view.setInt32(12, -1)
    view.setInt8(16, 2)
    view.setInt16(21, COMPRESSIONS.indexOf(compression))
    view.setInt32(23, count - 1)
    view.setBigInt64(27, BigInt(this.#baseTimestamp))
    view.setBigInt64(35, BigInt(this.#maxTimestamp))
    view.setInt32(57, count)
    return batch
  }
}

/** Records in a finished batch. */
export function recordCount(batch: Uint8Array): number {
  return new DataView(batch.buffer, batch.byteOffset).getInt32(57)
}

/** Says whose batch it is, or that it is nobody's, and seals it with its checksum. It can be done again. */
export function stampBatch(batch: Uint8Array, producer?: BatchProducer): Uint8Array {
  const view = new DataView(batch.buffer, batch.byteOffset, batch.length)
  const transactional = producer?.isTransactional ? 0x10 : 0
  view.setInt16(21, (view.getInt16(21) & ~0x10) | transactional)
  view.setBigInt64(43, producer?.id ?? -1n)
  view.setInt16(51, producer?.epoch ?? -1)
  view.setInt32(53, producer?.sequence ?? -1)
  view.setUint32(17, crc32c(batch.subarray(21)))
  return batch
}

/** The same batch with its records compressed; the header is still to be written. */
function compressed(plain: Uint8Array, compression: Compression): Uint8Array {
  const records = compress(plain.subarray(BATCH_HEADER_BYTES), compression)
  const batch = new Uint8Array(BATCH_HEADER_BYTES + records.length)
  batch.set(records, BATCH_HEADER_BYTES)
  return batch
}

function writePart(out: ByteWriter, part: RecordPart): void {
  if (part === undefined) {
    writeVarint(out, -1)
    return
  }
  writeVarint(out, part.length)
  out.append(part)
}

/** A zigzag varint; room is reserved. */
function writeVarint(out: ByteWriter, value: number): void {
  const { bytes } = out
  let at = out.length
  let rest = zigzag(value)
  while (rest > 127) {
    bytes[at++] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  bytes[at++] = rest
  out.length = at
}

const zigzag = (value: number): number => (value < 0 ? -value * 2 - 1 : value * 2)

function varintSize(value: number): number {
  let size = 1
  for (let rest = zigzag(value); rest > 127; rest = Math.floor(rest / 128)) size++
  return size
}

const partSize = (length: number | undefined): number =>
  length === undefined ? 1 : varintSize(length) + length

function headersSize(headers: readonly RecordHeader[]): number {
  let size = varintSize(headers.length)
  for (const [name, value] of headers)
    size += partSize(name.length) + partSize(value === null ? undefined : value.length)
  return size
}
