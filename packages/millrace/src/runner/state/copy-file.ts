// Copies a file through the Disk port, durably but for its folder entry.

import type { Disk } from '../../types/ports.ts'

const CHUNK_BYTES = 1024 * 1024

export async function copyFile(disk: Disk, from: string, to: string): Promise<void> {
  const source = await disk.open(from, 'read')
  try {
    const target = await disk.open(to, 'write')
    try {
      const buffer = new Uint8Array(CHUNK_BYTES)
      for (let at = 0; ; ) {
        const count = await source.read(buffer, 0, buffer.length, at)
        if (count === 0) break
        await target.write(buffer.subarray(0, count), at)
        at += count
      }
      await target.sync()
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}
