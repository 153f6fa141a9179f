// Passwords and tokens of registries are marked as secret, by names that are masked wherever options are printed.

import { isSensitive } from 'millrace'
import { expect, it } from 'vitest'
import { registryFormats } from '../../src/registry-formats.ts'

it.each(registryFormats.map(f => [f.format, f] as const))(
  'marks the secrets of %s and nothing else',
  (name, { options }) => {
    for (const option of options)
      expect([option.name, option.secret ?? false]).toEqual([
        option.name,
        isSensitive(`value.${name}.${option.name}`),
      ])
  },
)

it('has a secret for each way to say who one is', () => {
  const options = registryFormats.flatMap(f => f.options)
  const secrets = new Set(options.flatMap(o => (o.secret ? [o.name] : [])))
  expect([...secrets].sort()).toEqual([
    'basic-auth.user-info',
    'bearer-auth.token',
    'ssl.keystore.password',
    'ssl.truststore.password',
  ])
})
