// Writes payments to the topic, at a pace: node src/generate.ts --payments 20000 --rate 500 --seed 1

import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { kafka } from '@millrace/kafka'
import { json, Millrace, push, raw, t } from 'millrace'
import { createPayments } from './payments.ts'

const { values } = parseArgs({
  options: {
    payments: { type: 'string', default: '20000' },
    rate: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    brokers: { type: 'string', default: '127.0.0.1:9092' },
    topic: { type: 'string', default: 'payments' },
  },
})

const app = new Millrace('payments-generator')
const made = push()
app
  .table('made', {
    source: made,
    schema: {
      id: t.bigint(),
      card: t.string(),
      amount: t.decimal(10, 2),
      city: t.string(),
      latitude: t.double(),
      longitude: t.double(),
      paid: t.timestamp(),
    },
  })
  .into(
    // By card: the payments of a card stay in order.
    kafka({ brokers: values.brokers }).topic(values.topic, {
      format: json(),
      key: { fields: 'card', format: raw() },
    }),
  )

const job = await app.start()
const rate = Number(values.rate)
const startedMs = performance.now()
let sent = 0
for (const payment of createPayments({
  count: Number(values.payments),
  seed: Number(values.seed),
})) {
  await made.send(payment)
  const aheadMs = (++sent / rate) * 1000 - (performance.now() - startedMs)
  if (aheadMs > 10) await sleep(aheadMs)
}
made.end()
await job.finished
console.log(`${sent} payments written to ${values.topic}`)
