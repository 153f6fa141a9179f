// The payload of a commit's log record.
//
//     payload = f64 epoch
//               varint n, (text sink, varint applied epoch)*          trims
//               varint n, (text name, u8 present, [varint length, bytes])*   blobs
//               varint n, (text sink, f64 epoch, varint length, bytes)*      outboxes
//               varint n, (text operator, varint length, bytes)*      deltas
//
// The manifest holds what all folded commits left in the same form, without deltas; so outboxes carry their own epoch.

import { BinaryReader } from '../../state/binary-reader.ts'
import type { BinaryWriter } from '../../state/binary-writer.ts'
import type {
  BlobChange,
  OperatorDelta,
  OutboxTrim,
  RecoveredOutbox,
} from '../../state/state-backend.ts'

/** A commit as stored. */
export interface StoredCommit {
  readonly epoch: number
  readonly trims: readonly OutboxTrim[]
  readonly blobs: readonly BlobChange[]
  readonly outboxes: readonly RecoveredOutbox[]
  readonly deltas: readonly OperatorDelta[]
}

/** Appends the payload. */
export function writeCommit(out: BinaryWriter, commit: StoredCommit): void {
  out.f64(commit.epoch)
  out.varint(commit.trims.length)
  for (const { sink, appliedEpoch } of commit.trims) {
    out.text(sink)
    out.varint(appliedEpoch)
  }
  out.varint(commit.blobs.length)
  for (const { name, bytes } of commit.blobs) {
    out.text(name)
    out.u8(bytes ? 1 : 0)
    if (bytes) writeBytes(out, bytes)
  }
  out.varint(commit.outboxes.length)
  for (const { sink, epoch, bytes } of commit.outboxes) {
    out.text(sink)
    out.f64(epoch)
    writeBytes(out, bytes)
  }
  out.varint(commit.deltas.length)
  for (const { operator, bytes } of commit.deltas) {
    out.text(operator)
    writeBytes(out, bytes)
  }
}

/** An upper bound of the payload's size, to allocate once. */
export function commitSizeBound(commit: StoredCommit): number {
  let size = 64
  for (const { sink } of commit.trims) size += sink.length * 3 + 16
  for (const { name, bytes } of commit.blobs) size += name.length * 3 + 24 + (bytes?.length ?? 0)
  for (const { sink, bytes } of commit.outboxes) size += sink.length * 3 + 32 + bytes.length
  for (const { operator, bytes } of commit.deltas) size += operator.length * 3 + 24 + bytes.length
  return size
}

/**
 * Reads a payload; all byte arrays are views of `bytes`.
 *
 * @throws {MalformedStateError}
 */
export function readCommit(bytes: Uint8Array, start: number, end: number): StoredCommit {
  const input = new BinaryReader(bytes, start, end)
  const commit: StoredCommit = {
    epoch: input.f64(),
    trims: readList(input, () => ({ sink: input.text(), appliedEpoch: input.varint() })),
    blobs: readList(input, () => ({
      name: input.text(),
      bytes: input.u8() === 1 ? readBytes(input) : undefined,
    })),
    outboxes: readList(input, () => ({
      sink: input.text(),
      epoch: input.f64(),
      bytes: readBytes(input),
    })),
    deltas: readList(input, () => ({ operator: input.text(), bytes: readBytes(input) })),
  }
  if (input.remaining > 0) throw input.malformed('bytes are left over')
  return commit
}

function writeBytes(out: BinaryWriter, bytes: Uint8Array): void {
  out.varint(bytes.length)
  out.append(bytes)
}

function readBytes(input: BinaryReader): Uint8Array {
  return input.view(input.varint())
}

function readList<T>(input: BinaryReader, read: () => T): T[] {
  const count = input.varint()
  input.need(count)
  const items: T[] = []
  for (let i = 0; i < count; i++) items.push(read())
  return items
}
