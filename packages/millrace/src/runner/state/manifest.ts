// The root of a state folder: which files count. Replaced as a whole by write, sync, rename, sync of the folder.
//
//     manifest = "MRMAN" u8 version, u16 0, u32 crc32 of the rest, rest
//     rest     = text program, f64 first segment, f64 next file number,
//                varint n, (text file, f64 bytes)* runs, newest first; commit payload (commit-codec.ts) of the folded state

import { crc32 } from 'node:zlib'
import { BinaryReader } from '../../state/binary-reader.ts'
import { BinaryWriter } from '../../state/binary-writer.ts'
import { StateCorruptError, StateIncompatibleError } from '../../state/state-errors.ts'
import type { Disk } from '../../types/ports.ts'
import { readCommit, type StoredCommit, writeCommit } from './commit-codec.ts'

export const MANIFEST_NAME = 'manifest'
export const MANIFEST_DRAFT_NAME = 'manifest.draft'
const HEADER_BYTES = 12
const FORMAT_VERSION = 1
const MAGIC = [0x4d, 0x52, 0x4d, 0x41, 0x4e]

/** A file of the base, by name. */
export interface RunFile {
  readonly name: string
  readonly bytes: number
}

export interface Manifest {
  readonly program: string
  /** Older segments are folded. */
  readonly firstSegment: number
  /** Greater than the number of any run. */
  readonly nextRun: number
  /** Newest first. */
  readonly runs: readonly RunFile[]
  /** Epoch, blobs and outboxes as of the last folded commit. */
  readonly folded: StoredCommit
}

/** Makes the manifest durable. */
export async function writeManifest(disk: Disk, folder: string, manifest: Manifest): Promise<void> {
  const draft = `${folder}/${MANIFEST_DRAFT_NAME}`
  const file = await disk.open(draft, 'write')
  try {
    await file.write(encodeManifest(manifest), 0)
    await file.sync()
  } finally {
    await file.close()
  }
  await disk.rename(draft, `${folder}/${MANIFEST_NAME}`)
  await disk.syncDirectory(folder)
}

/** Reads the manifest; undefined when the folder has none. */
export async function readManifest(disk: Disk, folder: string): Promise<Manifest | undefined> {
  const path = `${folder}/${MANIFEST_NAME}`
  if ((await disk.info(path)) === undefined) return undefined
  return decodeManifest(folder, path, await disk.readFile(path))
}

function encodeManifest(manifest: Manifest): Uint8Array {
  const out = new BinaryWriter(1024)
  out.append(Uint8Array.from([...MAGIC, FORMAT_VERSION, 0, 0, 0, 0, 0, 0]))
  out.text(manifest.program)
  out.f64(manifest.firstSegment)
  out.f64(manifest.nextRun)
  out.varint(manifest.runs.length)
  for (const run of manifest.runs) {
    out.text(run.name)
    out.f64(run.bytes)
  }
  writeCommit(out, manifest.folded)
  const bytes = out.take()
  new DataView(bytes.buffer).setUint32(8, crc32(bytes.subarray(HEADER_BYTES)))
  return bytes
}

function decodeManifest(folder: string, path: string, bytes: Uint8Array): Manifest {
  const corrupt = (reason: string, cause?: unknown) =>
    new StateCorruptError({ file: path, offset: 0, reason, cause })
  if (bytes.length < HEADER_BYTES || MAGIC.some((b, i) => bytes[i] !== b))
    throw corrupt('it is no manifest')
  if (bytes[5] !== FORMAT_VERSION)
    throw new StateIncompatibleError({
      folder,
      what: 'format version',
      stored: String(bytes[5]),
      expected: String(FORMAT_VERSION),
    })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (crc32(bytes.subarray(HEADER_BYTES)) !== view.getUint32(8)) throw corrupt('wrong checksum')
  try {
    const input = new BinaryReader(bytes, HEADER_BYTES)
    const program = input.text()
    const firstSegment = input.f64()
    const nextRun = input.f64()
    const runs: RunFile[] = []
    for (let left = input.varint(); left > 0; left--)
      runs.push({ name: input.text(), bytes: input.f64() })
    const folded = readCommit(bytes, input.offset, bytes.length)
    return { program, firstSegment, nextRun, runs, folded }
  } catch (error) {
    throw corrupt('it is malformed though its checksum holds', error)
  }
}
