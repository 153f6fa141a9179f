// Answers requests from a topic in another one: exactly once, however often it is killed.

import { kafka } from '@millrace/kafka'
import { json, Millrace } from 'millrace'
import { numbered, price, request } from './functions.ts'

const brokers = kafka({ brokers: '127.0.0.1:9092' })
const topic = { format: json(), metadata: { headers: 'headers' }, start: 'earliest' } as const
const app = new Millrace('prices', { stateDir: '.millrace/prices' })

numbered(app.table('requests', { source: brokers.topic('requests', topic), schema: request }))
  .select(r => ({ product: r.product, price: price(r.product), nth: r.nth, headers: r.headers }))
  .into(brokers.topic('replies', { ...topic, guarantee: 'exactly-once' }))

await app.run()
