// Which options are secrets, and texts without them.

import { expect, it } from 'vitest'
import { excerpt } from '../../src/types/text/excerpt.ts'
import { isSensitive, withoutSecrets } from '../../src/types/text/sensitive-names.ts'

it.each([
  'password',
  'properties.ssl.key.password',
  'properties.sasl.jaas.config',
  'properties.ssl.keystore.key',
  'properties.sasl.oauthbearer.client.credentials.client.secret',
  'value.avro-confluent.basic-auth.user-info',
  'avro-confluent.bearer-auth.token',
])('%s is one', option => {
  expect(isSensitive(option)).toBe(true)
})

it.each([
  'connector',
  'topic',
  'key.fields',
  'properties.ssl.keystore.location',
  'properties.ssl.keystore.type',
  'properties.sasl.oauthbearer.token.endpoint.url',
  'properties.sasl.oauthbearer.client.credentials.client.id',
  'avro-confluent.basic-auth.credentials-source',
])('%s is none', option => {
  expect(isSensitive(option)).toBe(false)
})

it('leaves everything else of a text in its place', () => {
  const text = "WITH ('a' = 'it''s', 'my.password'='o''pen\nsesame', 'b' = 'password')"
  const masked = "WITH ('a' = 'it''s', 'my.password'='******\n******', 'b' = 'password')"
  expect(withoutSecrets(text)).toBe(masked)
})

it('shows the line of an error without them', () => {
  const text = "('password' = 'sesame', 'formt' = 'csv')"
  const start = text.indexOf("'formt'")
  expect(excerpt(text, { start, end: start + 7, line: 1, column: start + 1 })).toBe(
    "1 | ('password' = '******', 'formt' = 'csv')\n                            ^^^^^^^",
  )
})
