// How a file is known again after a restart, whatever its name is then.

import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'

/** Where reading goes on: which file it was, and the offset in its decompressed content. */
export interface FilePosition {
  readonly device: string
  readonly inode: string
  /** Digest of the first `headLength` bytes of the file as stored. */
  readonly headHash: string
  readonly headLength: number
  readonly offset: number
}

const HEAD_BYTES = 1024

/** What tells a file from another at the same path. */
export class FileHead {
  readonly #path: string
  readonly #device: string
  readonly #inode: string
  readonly #hash: string
  readonly #length: number
  /** Bytes of the byte order mark that a file may begin with. */
  readonly markLength: number

  private constructor(path: string, device: string, inode: string, head: Uint8Array) {
    this.#path = path
    this.#device = device
    this.#inode = inode
    this.#hash = digest(head)
    this.#length = head.length
    this.markLength = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
  }

  static async read(path: string): Promise<FileHead> {
    const { dev, ino } = await stat(path)
    return new FileHead(path, String(dev), String(ino), await readHead(path, HEAD_BYTES))
  }

  position(offset: number): FilePosition {
    return {
      device: this.#device,
      inode: this.#inode,
      headHash: this.#hash,
      headLength: this.#length,
      offset,
    }
  }

  /** Whether the position was taken in this file: it begins with the same bytes. A copy on another disk counts. */
  async continues(position: FilePosition): Promise<boolean> {
    if (position.headLength === 0) return position.inode === this.#inode
    const head = await readHead(this.#path, position.headLength)
    return head.length === position.headLength && digest(head) === position.headHash
  }
}

const digest = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 32)

async function readHead(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r')
  try {
    const bytes = new Uint8Array(length)
    const { bytesRead } = await file.read(bytes, 0, length, 0)
    return bytes.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
