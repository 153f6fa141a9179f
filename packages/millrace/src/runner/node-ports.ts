// The ports on Node: the real clock, randomness and file system.

import { constants, type Stats } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { failpointOf } from './failpoint.ts'
import type { Clock, Disk, FileHandle, FileInfo, Random, RuntimePorts } from '../types/ports.ts'

const FILE_MODE = 0o600
const FOLDER_MODE = 0o700

/** The ports that production runs on; for crash tests with the failpoints that the environment asks for. */
export function nodePorts(environment: NodeJS.ProcessEnv = process.env): RuntimePorts {
  const failpoint = failpointOf(environment)
  const ports = { clock: nodeClock, random: nodeRandom, disk: nodeDisk }
  return failpoint ? { ...ports, failpoint } : ports
}

const nodeClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  async sleep(ms, signal) {
    if (ms <= 0) {
      await new Promise<void>(resolve => setImmediate(resolve))
      return
    }
    // Node's own promised timers make an error of each abort, thousands of times a second.
    await new Promise<void>(resolve => {
      const end = (): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', end)
        resolve()
      }
      const timer = setTimeout(end, ms)
      if (signal?.aborted) end()
      else signal?.addEventListener('abort', end)
    })
  },
}

const nodeRandom: Random = { next: () => Math.random() }

const OPEN_FLAGS = {
  read: constants.O_RDONLY,
  write: constants.O_RDWR | constants.O_CREAT | constants.O_TRUNC,
  'append-or-create': constants.O_RDWR | constants.O_CREAT,
} as const

/** Node's file system; files are made 0600, folders 0700. */
export const nodeDisk: Disk = {
  open: openFile,
  async readFile(path) {
    // Not a Buffer: its slices are views, where those of bytes are copies.
    const { buffer, byteOffset, byteLength } = await readFile(path)
    return new Uint8Array(buffer, byteOffset, byteLength)
  },
  list: path => readdir(path),
  async info(path) {
    try {
      return infoOf(await stat(path))
    } catch (error) {
      if (isMissing(error)) return undefined
      throw error
    }
  },
  async makeDirectory(path) {
    await mkdir(path, { recursive: true, mode: FOLDER_MODE })
  },
  rename,
  remove: path => rm(path, { recursive: true }),
  async syncDirectory(path) {
    // Windows cannot open a folder; there a rename is durable with the journal.
    if (process.platform === 'win32') return
    const handle = await open(path, constants.O_RDONLY)
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  },
}

async function openFile(path: string, mode: keyof typeof OPEN_FLAGS): Promise<FileHandle> {
  const file = await open(path, OPEN_FLAGS[mode], FILE_MODE)
  return {
    async read(buffer, offset, length, position) {
      let total = 0
      while (total < length) {
        const { bytesRead } = await file.read(
          buffer,
          offset + total,
          length - total,
          position + total,
        )
        if (bytesRead === 0) break
        total += bytesRead
      }
      return total
    },
    async write(bytes, position) {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done)
        done += bytesWritten
      }
    },
    truncate: length => file.truncate(length),
    sync: () => file.datasync(),
    size: async () => (await file.stat()).size,
    close: () => file.close(),
  }
}

function infoOf(stats: Stats): FileInfo {
  return {
    kind: stats.isDirectory() ? 'directory' : 'file',
    size: stats.size,
    device: stats.dev,
    inode: stats.ino,
    modifiedMs: stats.mtimeMs,
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code
  return code === 'ENOENT' || code === 'ENOTDIR'
}
