// The files of the commit log.
//
//     segment = "MRLOG" u8 version, u16 0, u32 number, f64 epoch that it follows, u32 crc32 of the 20 bytes before; then record*
//     record  = u32 "MREC", u32 length, u32 crc32 of the payload, u32 crc32 of the 12 bytes before; payload
//
// A record is written by one write and synced before the next one is written, so at most the last record of the last segment can
// be incomplete after a crash. What was never synced reads as missing or as zeros, from a sector on; anything else was damaged later.

import { crc32 } from 'node:zlib'
import { BinaryWriter } from '../../state/binary-writer.ts'
import { StateCorruptError } from '../../state/state-errors.ts'
import { commitSizeBound, readCommit, type StoredCommit, writeCommit } from './commit-codec.ts'

export const SEGMENT_HEADER_BYTES = 24
const RECORD_HEADER_BYTES = 16
const FORMAT_VERSION = 1
const MARKER = 0x4d524543
const SECTOR_BYTES = 512

/** What a segment holds. */
export interface SegmentContent {
  /** The epoch up to which the segments before must be intact; 0 when the header was never completed. */
  readonly afterEpoch: number
  readonly commits: readonly StoredCommit[]
  /** Where the intact records end. */
  readonly validBytes: number
  /** Bytes after that. */
  readonly tornBytes: number
}

/** The name of a segment's file. */
export const segmentName = (number: number) => `log-${String(number).padStart(10, '0')}`

/** The number in a segment's file name. */
export function segmentNumber(name: string): number | undefined {
  return /^log-\d{10,}$/.test(name) ? Number(name.slice(4)) : undefined
}

/** @param afterEpoch the segments before hold everything up to this epoch */
export function encodeSegmentHeader(number: number, afterEpoch: number): Uint8Array {
  const bytes = new Uint8Array(SEGMENT_HEADER_BYTES)
  bytes.set([0x4d, 0x52, 0x4c, 0x4f, 0x47, FORMAT_VERSION])
  const view = new DataView(bytes.buffer)
  view.setUint32(8, number)
  view.setFloat64(12, afterEpoch)
  view.setUint32(20, crc32(bytes.subarray(0, 20)))
  return bytes
}

/** The whole record of a commit, in a buffer of its own. */
export function encodeRecord(commit: StoredCommit): Uint8Array {
  const out = new BinaryWriter(RECORD_HEADER_BYTES + commitSizeBound(commit))
  out.length = RECORD_HEADER_BYTES
  writeCommit(out, commit)
  const record = out.view()
  const view = new DataView(record.buffer)
  view.setUint32(0, MARKER)
  view.setUint32(4, record.length - RECORD_HEADER_BYTES)
  view.setUint32(8, crc32(record.subarray(RECORD_HEADER_BYTES)))
  view.setUint32(12, crc32(record.subarray(0, 12)))
  return record
}

/** The commit in a record made by `encodeRecord`, as views of it. */
export function decodeRecord(record: Uint8Array): StoredCommit {
  return readCommit(record, RECORD_HEADER_BYTES, record.length)
}

/**
 * Reads a segment's bytes.
 *
 * @throws {StateCorruptError} when a record is damaged and cannot be the one that a crash cut short
 */
export function readSegment(path: string, number: number, bytes: Uint8Array): SegmentContent {
  const corrupt = (offset: number, reason: string, cause?: unknown) =>
    new StateCorruptError({ file: path, offset, reason, cause })
  const afterEpoch = readHeader(bytes, number)
  if (afterEpoch === undefined) {
    if (bytes.length < SEGMENT_HEADER_BYTES || isTorn(bytes, 0))
      return { afterEpoch: 0, commits: [], validBytes: 0, tornBytes: bytes.length }
    throw corrupt(0, 'the header of the log segment is wrong')
  }
  const commits: StoredCommit[] = []
  let at = SEGMENT_HEADER_BYTES
  while (at < bytes.length) {
    const length = payloadLength(bytes, at)
    if (length === undefined) {
      if (isTorn(bytes, at)) break
      throw corrupt(at, 'the checksum of a record or its header is wrong')
    }
    const start = at + RECORD_HEADER_BYTES
    try {
      commits.push(readCommit(bytes, start, start + length))
    } catch (error) {
      throw corrupt(at, 'a record is malformed though its checksum holds', error)
    }
    at = start + length
  }
  return { afterEpoch, commits, validBytes: at, tornBytes: bytes.length - at }
}

function readHeader(bytes: Uint8Array, number: number): number | undefined {
  if (bytes.length < SEGMENT_HEADER_BYTES) return undefined
  const afterEpoch = new DataView(bytes.buffer, bytes.byteOffset).getFloat64(12)
  const expected = encodeSegmentHeader(number, afterEpoch)
  return expected.every((b, i) => bytes[i] === b) ? afterEpoch : undefined
}

/** The length of the intact record at `at`; undefined when it is not intact. */
function payloadLength(bytes: Uint8Array, at: number): number | undefined {
  const length = headerLength(bytes, at)
  if (length === undefined) return undefined
  const start = at + RECORD_HEADER_BYTES
  const end = start + length
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  if (end > bytes.length || crc32(bytes.subarray(start, end)) !== view.getUint32(at + 8))
    return undefined
  return length
}

function headerLength(bytes: Uint8Array, at: number): number | undefined {
  if (at + RECORD_HEADER_BYTES > bytes.length) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const isIntact =
    view.getUint32(at) === MARKER && view.getUint32(at + 12) === crc32(bytes.subarray(at, at + 12))
  return isIntact ? view.getUint32(at + 4) : undefined
}

/** Whether the broken record at `at` is what a crash leaves of the last write. */
function isTorn(bytes: Uint8Array, at: number): boolean {
  const length = headerLength(bytes, at)
  if (length === undefined) {
    if (bytes.length - at < RECORD_HEADER_BYTES) return true
  } else if (at + RECORD_HEADER_BYTES + length > bytes.length) return true
  // A record that ends before the file does was followed by another: it had been synced.
  else if (at + RECORD_HEADER_BYTES + length < bytes.length) return false
  return hasZeroSector(bytes, at) && !hasIntactRecordAfter(bytes, at)
}

/** Whether some sector's part of `[at, end)` is all zeros. */
function hasZeroSector(bytes: Uint8Array, at: number): boolean {
  for (let start = at; start < bytes.length; ) {
    const end = Math.min(bytes.length, (Math.floor(start / SECTOR_BYTES) + 1) * SECTOR_BYTES)
    let i = start
    while (i < end && bytes[i] === 0) i++
    if (i === end) return true
    start = end
  }
  return false
}

function hasIntactRecordAfter(bytes: Uint8Array, at: number): boolean {
  for (let i = bytes.indexOf(0x4d, at + 1); i >= 0; i = bytes.indexOf(0x4d, i + 1))
    if (payloadLength(bytes, i) !== undefined) return true
  return false
}
