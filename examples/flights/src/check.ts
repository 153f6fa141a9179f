// npm run check: replays everything at full speed and compares the result with the oracle. `--data <folder>` takes the full year.

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { compareWithOracle } from './compare.ts'
import { EXAMPLE_DATA } from './options.ts'
import { createFlights } from './pipeline.ts'
import { openWorkspace } from './workspace.ts'

const at = process.argv.indexOf('--data')
const data = at < 0 ? EXAMPLE_DATA : resolve(process.argv[at + 1] ?? '')
const folder = await mkdtemp(join(tmpdir(), 'millrace-flights-'))
try {
  const { paths, stateDir, counts } = await openWorkspace(folder, data, true)
  console.log(counts)
  const app = createFlights(paths, { settings: { stateDir } })
  console.log(await app.run())
  let failed = 0
  for (const { table, rows, missing, extra, samples } of await compareWithOracle(paths, counts)) {
    const isEqual = missing === 0 && extra === 0
    if (!isEqual) failed++
    console.log(
      `${isEqual ? 'equal  ' : 'DIFFERS'} ${table}: ${rows} rows, ${missing} missing, ${extra} extra`,
    )
    for (const sample of samples) console.log(`  ${sample}`)
  }
  process.exitCode = failed === 0 ? 0 : 1
} finally {
  await rm(folder, { recursive: true, force: true })
}
