// The walk over the record batches of a fetch response, in place: from bytes to frames.
//
//     batch  = base offset i64, length i32, leader epoch i32, magic i8, crc u32, attributes i16, last offset delta i32,
//              base timestamp i64, max timestamp i64, producer id i64, producer epoch i16, base sequence i32, count i32, records
//     record = varint length, attributes i8, varint timestamp delta, varint offset delta, bytes key, bytes value, headers
//
// @see Kafka's documentation, "Record Batch"

import { crc32c } from '@node-rs/crc32'
import { MalformedBatchError, type TopicPlace } from '../kafka-errors.ts'
import type { AbortFilter } from './abort-filter.ts'
import { COMPRESSIONS, decompress } from './compression.ts'
import type { RecordFrames } from './record-frames.ts'

export const BATCH_HEADER_BYTES = 61
/** Base offset and length, which the length does not count. */
const LENGTH_FROM = 12
const CRC_FROM = 21
const MAGIC = 2
const HIGH = 2 ** 32

const COMPRESSION_BITS = 0x07
const LOG_APPEND_TIME = 0x08
const TRANSACTIONAL = 0x10
const CONTROL = 0x20

/** Frames of one buffer stay below this, so that batches of the engine are of a good size. */
const MOST_RECORDS = 16_384

export interface WalkSettings {
  readonly place: TopicPlace
  /** Of `read_committed`; absent: every record counts. */
  readonly aborts?: AbortFilter | undefined
  readonly verifiesCrc: boolean
  /** What a compressed batch may grow to. */
  readonly maxBatchBytes: number
}

/** The time of a batch's first record, epoch ms; where the broker gives the time, that of all. @param at where its header begins */
export function batchTimeMs(bytes: Uint8Array, at: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, BATCH_HEADER_BYTES)
  const isBrokers = (view.getInt16(21) & LOG_APPEND_TIME) !== 0
  return Number(view.getBigInt64(isBrokers ? 35 : 27))
}

/** Walks over the records of one partition's answer. */
export class BatchWalker {
  readonly #settings: WalkSettings
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at: number
  readonly #end: number
  /** Where to read on: behind all batches walked over, whether their records count or not. */
  nextOffset: number
  /** The leader's that wrote the batch before it. */
  lastEpoch: number | undefined

  /** @param offset the first one asked for; records before it, which may share its batch, are left out */
  constructor(
    bytes: Uint8Array,
    start: number,
    end: number,
    offset: number,
    settings: WalkSettings,
  ) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.#at = start
    this.#end = end
    this.nextOffset = offset
    this.#settings = settings
  }

  /**
   * Fills `frames` with the next records that lie in one buffer, and gives that: batches that are not compressed together, a
   * compressed one alone. Undefined at the end; `frames` may come back empty where records do not count.
   *
   * @throws {MalformedBatchError}
   */
  next(frames: RecordFrames): Uint8Array | undefined {
    frames.count = 0
    let isAny = false
    while (this.#end - this.#at >= BATCH_HEADER_BYTES) {
      const at = this.#at
      const end = at + LENGTH_FROM + this.#view.getInt32(at + 8)
      // The broker cuts answers by size: the last batch comes again, whole.
      if (end > this.#end) break
      if (end < at + BATCH_HEADER_BYTES) throw this.#malformed('its length is too small')
      const magic = this.#view.getInt8(at + 16)
      if (magic !== MAGIC)
        throw this.#malformed(
          `it is of format ${magic}, which Kafka wrote before 0.11 and no longer reads itself`,
        )
      const attributes = this.#view.getInt16(at + 21)
      const isCompressed = (attributes & COMPRESSION_BITS) !== 0
      if (isAny && (isCompressed || frames.count >= MOST_RECORDS)) break
      isAny = true
      this.#at = end
      const buffer = this.#take(at, end, attributes, frames)
      if (buffer) return buffer
    }
    return isAny ? this.#bytes : undefined
  }

  /** Adds the records of a batch; gives the buffer when it is one of its own. */
  #take(at: number, end: number, attributes: number, frames: RecordFrames): Uint8Array | undefined {
    const view = this.#view
    const { aborts, verifiesCrc, maxBatchBytes } = this.#settings
    const baseOffset = view.getInt32(at) * HIGH + view.getUint32(at + 4)
    const lastOffset = baseOffset + view.getInt32(at + 23)
    if (verifiesCrc && crc32c(this.#bytes.subarray(at + CRC_FROM, end)) !== view.getUint32(at + 17))
      throw this.#malformed('its checksum is wrong', baseOffset)
    const isCounted = this.#isCounted(at, attributes, lastOffset, aborts)
    const from = this.nextOffset
    this.nextOffset = Math.max(from, lastOffset + 1)
    if (lastOffset >= from) this.lastEpoch = view.getInt32(at + 12)
    if (!isCounted || lastOffset < from) return undefined
    const compression = COMPRESSIONS[attributes & COMPRESSION_BITS]
    if (compression === undefined) throw this.#malformed('its compression is not known', baseOffset)
    const header: BatchHeader = {
      baseOffset,
      from,
      count: view.getInt32(at + 57),
      leaderEpoch: view.getInt32(at + 12),
      isLogAppendTime: (attributes & LOG_APPEND_TIME) !== 0,
      baseTimestamp: view.getInt32(at + 27) * HIGH + view.getUint32(at + 31),
      maxTimestamp: view.getInt32(at + 35) * HIGH + view.getUint32(at + 39),
    }
    const records = at + BATCH_HEADER_BYTES
    let buffer = this.#bytes
    let start = records
    let stop = end
    if (compression !== 'none') {
      try {
        buffer = decompress(this.#bytes.subarray(records, end), compression, maxBatchBytes)
      } catch (error) {
        throw this.#malformed(`${compression}: ${(error as Error).message}`, baseOffset)
      }
      start = 0
      stop = buffer.length
    }
    const problem = readRecords(buffer, start, stop, header, frames)
    if (problem !== undefined) throw this.#malformed(problem, baseOffset)
    return compression === 'none' ? undefined : buffer
  }

  /** Whether a batch's records are ones to be read; takes note of what it says of transactions. */
  #isCounted(
    at: number,
    attributes: number,
    lastOffset: number,
    aborts: AbortFilter | undefined,
  ): boolean {
    const isControl = (attributes & CONTROL) !== 0
    if (!aborts || (attributes & TRANSACTIONAL) === 0) return !isControl
    const producerId = this.#view.getBigInt64(at + 43)
    if (!isControl) return !aborts.isAborted(producerId, lastOffset)
    if (this.#isAbortMarker(at)) aborts.ended(producerId, lastOffset)
    return false
  }

  /** The key of a control record: version i16, type i16; 0 is ABORT. Control batches are never compressed. */
  #isAbortMarker(at: number): boolean {
    let p = at + BATCH_HEADER_BYTES
    const bytes = this.#bytes
    const skipVarint = (): void => {
      while ((bytes[p++] as number) > 127);
    }
    skipVarint()
    p++
    skipVarint()
    skipVarint()
    skipVarint()
    return p + 4 <= this.#end && this.#view.getInt16(p + 2) === 0
  }

  #malformed(reason: string, offset = this.nextOffset): MalformedBatchError {
    return new MalformedBatchError({ ...this.#settings.place, offset, reason })
  }
}

interface BatchHeader {
  readonly baseOffset: number
  /** The first offset that counts. */
  readonly from: number
  readonly count: number
  readonly leaderEpoch: number
  readonly isLogAppendTime: boolean
  readonly baseTimestamp: number
  readonly maxTimestamp: number
}

/** Adds all records of a batch to the frames. Gives what is wrong, if anything is. */
function readRecords(
  bytes: Uint8Array,
  start: number,
  end: number,
  header: BatchHeader,
  frames: RecordFrames,
): string | undefined {
  const { baseOffset, from, count, leaderEpoch, isLogAppendTime } = header
  if (count < 0 || count > end - start) return `it says that it has ${count} records`
  frames.reserve(count)
  const { valueStarts, valueEnds, keyStarts, keyEnds, headerStarts } = frames
  const { offsets, timestamps, leaderEpochs, timestampTypes } = frames
  let n = frames.count
  let p = start
  for (let i = 0; i < count; i++) {
    // Numbers are zigzag varints of at most 5 bytes; the timestamp's delta may have 10.
    let b = bytes[p++] as number
    let u = b & 0x7f
    for (let shift = 7; b > 127 && shift < 35; shift += 7) {
      b = bytes[p++] as number
      u |= (b & 0x7f) << shift
    }
    const recordEnd = p + ((u >>> 1) ^ -(u & 1))
    if (!(recordEnd <= end && recordEnd > p)) return `record ${i} of ${count} ends outside of it`
    p++
    b = bytes[p++] as number
    let delta = b & 0x7f
    for (let unit = 128; b > 127 && unit < 2 ** 64; unit *= 128) {
      b = bytes[p++] as number
      delta += (b & 0x7f) * unit
    }
    b = bytes[p++] as number
    u = b & 0x7f
    for (let shift = 7; b > 127 && shift < 35; shift += 7) {
      b = bytes[p++] as number
      u |= (b & 0x7f) << shift
    }
    const offset = baseOffset + ((u >>> 1) ^ -(u & 1))
    b = bytes[p++] as number
    u = b & 0x7f
    for (let shift = 7; b > 127 && shift < 35; shift += 7) {
      b = bytes[p++] as number
      u |= (b & 0x7f) << shift
    }
    const keyLength = (u >>> 1) ^ -(u & 1)
    keyStarts[n] = keyLength < 0 ? -1 : p
    if (keyLength > 0) p += keyLength
    keyEnds[n] = p
    b = bytes[p++] as number
    u = b & 0x7f
    for (let shift = 7; b > 127 && shift < 35; shift += 7) {
      b = bytes[p++] as number
      u |= (b & 0x7f) << shift
    }
    const valueLength = (u >>> 1) ^ -(u & 1)
    valueStarts[n] = valueLength < 0 ? -1 : p
    if (valueLength > 0) p += valueLength
    valueEnds[n] = p
    if (!(p < recordEnd)) return `the value of record ${i} of ${count} ends outside of it`
    headerStarts[n] = p
    p = recordEnd
    if (offset < from) continue
    offsets[n] = offset
    timestamps[n] = isLogAppendTime
      ? header.maxTimestamp
      : header.baseTimestamp + (delta % 2 === 1 ? -(delta + 1) / 2 : delta / 2)
    leaderEpochs[n] = leaderEpoch
    timestampTypes[n] = isLogAppendTime ? 1 : 0
    n++
  }
  if (p !== end) return `${end - p} bytes follow its last record`
  frames.count = n
  return undefined
}
