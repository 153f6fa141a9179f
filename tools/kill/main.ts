// npm run test:kill -- --kills N [--seed S] [--only SCENARIO] [--at FAILPOINT]: kill -9 of real processes, again and again; nothing may be lost or doubled.

import { mkdtempSync, rmSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const RESOLVER = resolve(import.meta.dirname, '..', 'testing', 'resolve-sources.ts')

process.exitCode = await main()

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
      at: { type: 'string' },
    },
  })
  // The packages are read from their sources, whose compiled form the many short lives share.
  await import(RESOLVER)
  const cache = mkdtempSync(join(tmpdir(), 'millrace-kill-cache-'))
  process.env['NODE_COMPILE_CACHE'] = cache
  enableCompileCache(cache)
  try {
    const { killAll } = await import('./kill-all.ts')
    const { kills, seed, only, at } = values
    return await killAll({ kills: Number(kills), seed: Number(seed), only, at })
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
}
