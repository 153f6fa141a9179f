// The preparation as a process of its own: node prepare-main.ts <data> <feed>. Prints what it found as JSON.

import { hostPrograms } from '@millrace/cli'
import { PreparationStoppedError, prepareFeed } from './prepare.ts'
import { STOPPED } from './prepare-apart.ts'

const [data = '', feed = ''] = process.argv.slice(2)
const host = hostPrograms({})
try {
  process.stdout.write(JSON.stringify(await prepareFeed(data, feed)))
} catch (error) {
  process.exitCode = error instanceof PreparationStoppedError ? STOPPED : 1
  process.stderr.write(`${(error as Error).message}\n`)
} finally {
  await host.close()
}
