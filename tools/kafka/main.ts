// npm run kafka:up | kafka:down -- [--port 9092] [--folder F] [--fresh]: a broker on this machine, for development.

import { rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startBroker, stopBroker } from './broker.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    port: { type: 'string', default: '9092' },
    folder: { type: 'string' },
    fresh: { type: 'boolean', default: false },
  },
})
const port = Number(values.port)
const folder = values.folder ?? join(tmpdir(), `millrace-kafka-${userInfo().username}-${port}`)

try {
  if (positionals[0] === 'down') {
    const stopped = await stopBroker(folder)
    console.log(stopped ? 'The broker has stopped.' : `No broker runs in ${folder}.`)
  } else {
    if (values.fresh) {
      await stopBroker(folder)
      await rm(folder, { recursive: true, force: true })
    }
    const pid = await startBroker({ folder, port })
    console.log(`Kafka listens on 127.0.0.1:${port} (process ${pid}, data in ${folder}).`)
    console.log('npm run kafka:down stops it.')
  }
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
