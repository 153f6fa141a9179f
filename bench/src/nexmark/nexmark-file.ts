// The generated events as a file, made once per count and kept in the benchmarks' cache folder.

import { existsSync } from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { NEXMARK_MAX_BYTES, NexmarkGenerator } from './nexmark-generator.ts'

const CACHE = join(dirname(fileURLToPath(import.meta.url)), '../../.cache')
const SEED = 1
const CHUNK_BYTES = 8 << 20

/** Changes with what is generated, so that no file of another shape is taken for it. */
const SHAPE = 1

/** The path of a file with `events` events; generates it when it is not there. */
export async function nexmarkFile(events: number): Promise<string> {
  const path = join(CACHE, `nexmark-${events}-v${SHAPE}.ndjson`)
  if (existsSync(path)) return path
  await mkdir(CACHE, { recursive: true })
  const unfinished = `${path}.unfinished`
  const file = await open(unfinished, 'w')
  try {
    const generator = new NexmarkGenerator(SEED)
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES + NEXMARK_MAX_BYTES)
    let filled = 0
    for (let n = 0; n < events; n++) {
      filled += chunk.write(generator.next(n), filled, 'latin1')
      if (filled < CHUNK_BYTES && n < events - 1) continue
      await file.write(chunk, 0, filled)
      filled = 0
    }
  } finally {
    await file.close()
  }
  await rename(unfinished, path)
  return path
}
