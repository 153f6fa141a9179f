// The bytes of a file from an offset on, decompressed where its name says so.

import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import type { Transform } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { MillraceError } from '../../../types/errors.ts'

/** Sequential bytes. `read` answers 0 at the end that there is now; a plain file may have more later. */
export interface FileInput {
  /** How far the file itself has been read. */
  readonly fileOffset: number
  read(into: Uint8Array, at: number, length: number): Promise<number>
  /** Goes back to the start of a plain file that was truncated in place; answers whether it was. */
  restartIfTruncated?(): Promise<boolean>
  close(): Promise<void>
}

/** Opens `path` so that the first byte read is at `offset` of its (decompressed) content. */
export async function openFileInput(path: string, offset: number): Promise<FileInput> {
  const file = await open(path, 'r')
  try {
    if (/\.(gz|gzip)$/i.test(path))
      return await skipped(
        new CompressedInput(path, file, createGunzip({ chunkSize: CHUNK })),
        offset,
      )
    if (/\.zst$/i.test(path))
      return await skipped(
        new CompressedInput(path, file, createZstdDecompress({ chunkSize: CHUNK })),
        offset,
      )
    return new PlainInput(file, offset)
  } catch (error) {
    await file.close()
    throw error
  }
}

const CHUNK = 128 << 10
/** Small, since what one read inflates to is held in memory: 16 KiB become 16 MiB at worst (gzip's ratio is below 1,032). */
const COMPRESSED_READ = 16 << 10

async function skipped(input: FileInput, offset: number): Promise<FileInput> {
  const scratch = new Uint8Array(CHUNK)
  for (let left = offset; left > 0; ) {
    const count = await input.read(scratch, 0, Math.min(left, CHUNK))
    if (count === 0) break
    left -= count
  }
  return input
}

class PlainInput implements FileInput {
  readonly #file: FileHandle
  #position: number

  constructor(file: FileHandle, offset: number) {
    this.#file = file
    this.#position = offset
  }

  get fileOffset(): number {
    return this.#position
  }

  async read(into: Uint8Array, at: number, length: number): Promise<number> {
    const { bytesRead } = await this.#file.read(into, at, length, this.#position)
    this.#position += bytesRead
    return bytesRead
  }

  async restartIfTruncated(): Promise<boolean> {
    const { size } = await this.#file.stat()
    if (size >= this.#position) return false
    this.#position = 0
    return true
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}

/**
 * Feeds the decompressor piece by piece and keeps what it gave, so that everything before a damaged place is delivered before
 * the error is thrown (a piped stream would drop it).
 */
class CompressedInput implements FileInput {
  readonly #path: string
  readonly #file: FileHandle
  readonly #inflater: Transform
  readonly #chunks: Uint8Array[] = []
  readonly #compressed = new Uint8Array(COMPRESSED_READ)
  fileOffset = 0
  #taken = 0
  #delivered = 0
  #failure: Error | undefined
  #hasEnded = false
  #isAtEnd = false
  #wake: () => void = () => {}

  constructor(path: string, file: FileHandle, inflater: Transform) {
    this.#path = path
    this.#file = file
    this.#inflater = inflater
    inflater.on('data', (chunk: Uint8Array) => this.#chunks.push(chunk))
    inflater.on('error', error => {
      this.#failure = error
      this.#wake()
    })
    inflater.on('end', () => {
      this.#hasEnded = true
      this.#wake()
    })
  }

  async read(into: Uint8Array, at: number, length: number): Promise<number> {
    while (this.#chunks.length === 0) {
      if (this.#failure) throw this.#malformed(this.#failure)
      if (this.#hasEnded) return 0
      await this.#feed()
    }
    let count = 0
    while (count < length) {
      const chunk = this.#chunks[0]
      if (!chunk) break
      const part = chunk.subarray(this.#taken, this.#taken + length - count)
      into.set(part, at + count)
      count += part.length
      this.#taken += part.length
      if (this.#taken === chunk.length) {
        this.#chunks.shift()
        this.#taken = 0
      }
    }
    this.#delivered += count
    return count
  }

  async #feed(): Promise<void> {
    const { bytesRead } = this.#isAtEnd
      ? { bytesRead: 0 }
      : await this.#file.read(this.#compressed, 0, COMPRESSED_READ, null)
    this.fileOffset += bytesRead
    await new Promise<void>(resolve => {
      this.#wake = resolve
      if (bytesRead > 0) {
        this.#inflater.write(this.#compressed.slice(0, bytesRead), () => resolve())
      } else if (!this.#isAtEnd) {
        this.#isAtEnd = true
        this.#inflater.end()
      } else if (this.#failure || this.#hasEnded) resolve()
    })
  }

  #malformed(cause: Error): MillraceError {
    return new MillraceError(
      'MR_DATA_MALFORMED',
      `file "${this.#path}" cannot be decompressed behind byte ${this.#delivered} of its content: ${cause.message}`,
      {
        domain: 'external',
        cause,
        remedy: 'Complete or replace the file; all whole lines before that place were read.',
      },
    )
  }

  async close(): Promise<void> {
    this.#inflater.destroy()
    await this.#file.close()
  }
}
