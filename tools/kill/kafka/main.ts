// npm run test:kill:kafka [-- --kills N --lost-disks N --zombies N --faults N --broker-kills N --seed S --only WORKLOAD]: programs from topic
// to topic over a real broker, through everything that may happen to them; nothing may be lost or doubled.

import { mkdtempSync, rmSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const RESOLVER = resolve(import.meta.dirname, '..', '..', 'testing', 'resolve-sources.ts')

process.exitCode = await main()

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '30' },
      'lost-disks': { type: 'string', default: '5' },
      zombies: { type: 'string', default: '5' },
      faults: { type: 'string', default: '20' },
      'broker-kills': { type: 'string', default: '3' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string' },
    },
  })
  // The packages are read from their sources, whose compiled form the many short lives share.
  await import(RESOLVER)
  const cache = mkdtempSync(join(tmpdir(), 'millrace-kill-cache-'))
  process.env['NODE_COMPILE_CACHE'] = cache
  enableCompileCache(cache)
  try {
    const { runCampaigns } = await import('./run-campaigns.ts')
    return await runCampaigns({
      steps: {
        kill: Number(values.kills),
        'lost disk': Number(values['lost-disks']),
        zombie: Number(values.zombies),
        fault: Number(values.faults),
        'broker kill': Number(values['broker-kills']),
      },
      seed: Number(values.seed),
      only: values.only,
    })
  } finally {
    rmSync(cache, { recursive: true, force: true })
  }
}
