// npm run kafka:up -- [--port 9092] [--data FOLDER] [--fresh] [--from jars|container] [--topics a,b]: a real Kafka broker on 127.0.0.1, and waits until it answers.

import { parseArgs } from 'node:util'
import {
  askForTopics,
  BrokerMissingError,
  type BrokerOrigin,
  BrokerStartError,
  startBroker,
} from '@millrace/testing'
import { KAFKA_FOLDER } from './kafka-folder.ts'

/** As Kafka comes: a topic that a program writes to is made when it is not there. */
const SETTINGS = { 'auto.create.topics.enable': 'true' }
const HEAP_MIB = 1024

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '9092' },
    data: { type: 'string', default: KAFKA_FOLDER },
    fresh: { type: 'boolean', default: false },
    from: { type: 'string' },
    topics: { type: 'string', default: '' },
  },
})

try {
  const { bootstrap, pid, folder } = await startBroker({
    folder: values.data,
    port: portOf(values.port),
    isFresh: values.fresh,
    settings: SETTINGS,
    heapMiB: HEAP_MIB,
    ...originOf(values.from),
  })
  const topics = values.topics.split(',').filter(name => name !== '')
  if (topics.length > 0 && !(await askForTopics(bootstrap, topics)))
    throw new BrokerStartError(`The broker made no topics: ${topics.join(', ')}`)
  console.log(`Kafka answers on ${bootstrap} (process ${pid}, data in ${folder})`)
  console.log('Stop it with: npm run kafka:down')
} catch (error) {
  if (!(error instanceof BrokerMissingError || error instanceof BrokerStartError)) throw error
  console.error(error.message)
  process.exitCode = 1
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new BrokerStartError(`--port ${text} is no port: give a number from 1 to 65535`)
}

function originOf(text: string | undefined): { readonly from?: BrokerOrigin } {
  if (text === undefined) return {}
  if (text === 'jars' || text === 'container') return { from: text }
  throw new BrokerStartError(`--from ${text}: give jars or container`)
}
