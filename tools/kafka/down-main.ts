// npm run kafka:down -- [--data FOLDER]: stops the broker of `npm run kafka:up`; its data stay.

import { parseArgs } from 'node:util'
import { findBroker } from '@millrace/testing'
import { KAFKA_FOLDER } from './kafka-folder.ts'

const { values } = parseArgs({ options: { data: { type: 'string', default: KAFKA_FOLDER } } })

const broker = await findBroker(values.data)
await broker?.stop()
console.log(broker ? `stopped process ${broker.pid}` : `no broker runs in ${values.data}`)
