// npm run demo: New York's flights, live. Ctrl-C stops it; the next start goes on where it was.

import { hostPrograms } from '@millrace/cli'
import { parseOptions, USAGE } from './options.ts'
import { createFlights } from './pipeline.ts'
import { PreparationStoppedError } from './prepare.ts'
import { openWorkspace } from './workspace.ts'

const DEFAULT_PORT = 4280

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2))
  if (options === 'help') {
    process.stdout.write(USAGE)
    return 0
  }
  const host = hostPrograms({
    ...(options.server && {
      server: { port: options.port ?? DEFAULT_PORT, isChosen: options.port !== undefined },
    }),
  })
  try {
    const { paths, stateDir, counts, isNew } = await openWorkspace(
      options.stateDir,
      options.data,
      options.fresh,
      host,
    )
    process.stderr.write(
      `${isNew ? 'Prepared' : 'Found'} ${counts.flights} flights: ${counts.departures} departures, ${counts.arrivals} arrivals, ` +
        `${counts.cancelled} cancelled, ${counts.duplicates} delivered twice.\n`,
    )
    const app = createFlights(paths, {
      ...(options.fast ? {} : { speed: options.speed }),
      settings: { stateDir },
    })
    const { finished } = await app.start()
    await finished
    await host.finished()
    process.stderr.write(`Warehouse: ${paths.warehouse}\nAlerts: ${paths.alerts}\n`)
    return 0
  } finally {
    await host.close()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  const { message, remedy } = error as Error & { remedy?: string }
  process.stderr.write(`${message}\n${remedy ? `${remedy}\n` : ''}`)
  process.exitCode = error instanceof PreparationStoppedError ? 0 : 1
}
