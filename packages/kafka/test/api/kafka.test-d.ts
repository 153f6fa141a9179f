// What the compiler refuses of connections to Kafka.

import { json, Millrace, raw, secret, t } from 'millrace'
import { expectTypeOf } from 'vitest'
import { kafka } from '../../src/index.ts'

const brokers = 'kafka:9092'
const cluster = kafka({ brokers })
const app = new Millrace('types')

// Misspelt options
// @ts-expect-error: it is "brokers"
kafka({ brokrs: brokers })
// @ts-expect-error: it is "earliest"
cluster.topic('orders', { format: json(), start: 'earlest' })
// @ts-expect-error: it is "guarantee"
cluster.topic('orders', { format: json(), guaranty: 'exactly-once' })
// @ts-expect-error: there is no such metadata
cluster.topic('orders', { format: json(), metadata: { at: 'time' } })
// @ts-expect-error: an upsert table is always read from its beginning
cluster.upsertTopic('orders', { key: raw(), format: json(), start: 'latest' })
// @ts-expect-error: records have values of some format
cluster.topic('orders', {})
// @ts-expect-error: reading ends nowhere before it began
cluster.topic('orders', { format: json(), end: 'earliest' })

// Secrets are no texts
kafka({
  brokers,
  // @ts-expect-error: a password is a secret
  security: { sasl: { mechanism: 'PLAIN', username: 'alice', password: 'text' } },
})
kafka({
  brokers,
  security: { tls: true, sasl: { mechanism: 'PLAIN', username: 'alice', password: secret('x') } },
})
// @ts-expect-error: a token has no user
kafka({ brokers, security: { sasl: { mechanism: 'OAUTHBEARER', username: 'alice' } } })

// Rows have the types of the schema
const orders = app.table('orders', {
  source: cluster.topic('orders', { format: json(), metadata: { offset: 'offset' } }),
  schema: { id: t.int(), offset: t.bigint() },
})
expectTypeOf(orders.Row).toEqualTypeOf<{ readonly id: number; readonly offset: bigint }>()
